// A page of VIPs, the most profitable first, or those first who are slipping away.
import { useNavigate } from "@remix-run/react";
import { BlockStack, Box, Checkbox, IndexTable, InlineStack, Link, Text, useBreakpoints } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { writeDaysAgo } from "../../ui/days-ago.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import type { VipRow } from "./vips-view.ts";

type Order = { by: "margin" | "revenue"; isLeavingFirst: boolean };

export function VipTable({ by, isLeavingFirst, page, rows, hasNext, isLoading }: Order & { page: number; rows: VipRow[]; hasNext: boolean; isLoading: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const { smDown } = useBreakpoints();
  const show = (wanted: { isLeavingFirst: boolean; page: number }) =>
    navigate(address("/app/customers/vips", { ...(wanted.isLeavingFirst && { order: "leaving" }), ...(wanted.page > 1 && { page: String(wanted.page) }) }), { preventScrollReset: true });
  const columns = ["customer", "stage", ...(by === "margin" ? ["margin"] as const : []), "revenue", "orders", "last_order", "stake"] as const;
  const [first, ...others] = columns.map((column) => ({ title: t(`profiles.vips.columns.${column}`), ...(["margin", "revenue", "orders", "stake"].includes(column) && { alignment: "end" as const }) }));
  if (first === undefined) return null;
  return (
    <>
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="p" tone="subdued">{t(by === "margin" ? "profiles.vips.byMargin" : "profiles.vips.byRevenue")}</Text>
          <Checkbox label={t("profiles.vips.leavingFirst")} checked={isLeavingFirst} onChange={(isFirst) => show({ isLeavingFirst: isFirst, page: 1 })} />
        </BlockStack>
      </Box>
      <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
        <IndexTable
          resourceName={{ singular: t("profiles.vips.customer"), plural: t("profiles.vips.customers") }}
          itemCount={rows.length}
          selectable={false}
          condensed={smDown}
          headings={[first, ...others]}
          {...((page > 1 || hasNext) && {
            pagination: {
              hasPrevious: page > 1, hasNext, onPrevious: () => show({ isLeavingFirst, page: page - 1 }), onNext: () => show({ isLeavingFirst, page: page + 1 }),
              label: t("profiles.vips.page", { page }), accessibilityLabel: t("profiles.vips.pages"),
            },
          })}
        >
          {rows.map((row, index) => <IndexTable.Row key={row.id} id={row.id} position={index}>{smDown ? <SmallRow row={row} by={by} /> : <WideRow row={row} by={by} />}</IndexTable.Row>)}
        </IndexTable>
      </div>
    </>
  );
}

type RowProps = { row: VipRow; by: Order["by"] };

function Name({ row: { id, name, email } }: Pick<RowProps, "row">) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <div className="regulars-name">
      <BlockStack gap="050">
        <Link url={address(`/app/customers/${id}`)} dataPrimaryLink monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("profiles.vips.nameless")}</Text></Link>
        {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
      </BlockStack>
    </div>
  );
}

function WideRow({ row, by }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const end = (words: string) => <IndexTable.Cell><Text as="span" alignment="end" numeric>{words}</Text></IndexTable.Cell>;
  return (
    <>
      <IndexTable.Cell><Name row={row} /></IndexTable.Cell>
      <IndexTable.Cell><StageBadge stage={row.stage} /></IndexTable.Cell>
      {by === "margin" && end(row.marginMinor === null ? t("profiles.vips.unknownMargin") : formats.money(row.marginMinor))}
      {end(formats.money(row.revenueMinor))}
      {end(formats.count(row.orderCount))}
      <IndexTable.Cell>
        <BlockStack gap="050">
          <Text as="span">{row.lastOrderOn === null ? "–" : formats.day(row.lastOrderOn)}</Text>
          {row.daysSince !== null && <Text as="span" tone="subdued" variant="bodySm">{writeDaysAgo(t, row.daysSince)}</Text>}
        </BlockStack>
      </IndexTable.Cell>
      {end(formats.money(row.stakeMinor))}
    </>
  );
}

function SmallRow({ row, by }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    ...(by === "margin" && row.marginMinor !== null ? [t("profiles.vips.small.margin", { money: formats.money(row.marginMinor) })] : []),
    t("profiles.vips.small.money", { money: formats.money(row.revenueMinor) }),
    ...(row.daysSince === null ? [] : [t("profiles.vips.small.lastOrder", { ago: writeDaysAgo(t, row.daysSince) })]),
    ...(row.stakeMinor > 0 ? [t("profiles.vips.small.stake", { money: formats.money(row.stakeMinor) })] : []),
  ];
  return (
    <div className="regulars-small-row">
      <BlockStack gap="150">
        <InlineStack align="space-between" blockAlign="start" gap="200"><Name row={row} /><StageBadge stage={row.stage} /></InlineStack>
        <BlockStack gap="050">{facts.map((fact) => <Text key={fact} as="span" variant="bodySm" numeric>{fact}</Text>)}</BlockStack>
      </BlockStack>
    </div>
  );
}
