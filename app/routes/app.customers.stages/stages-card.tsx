// Every stage with its customers, what they have spent, and what is at stake with them.
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { StageCount } from "../../capabilities/profiles/profiles.server.ts";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { isApart, STANDING } from "./flow-layout.ts";
import "./stages.css";

const RULES = ["lapse", "one", "more", "vip", "stake", "months"] as const;

export function StagesCard({ stages }: { stages: readonly StageCount[] }) {
  const { t } = useTranslation();
  const total = stages.reduce((sum, { customers }) => sum + customers, 0);
  const rows = STANDING.flatMap((stage) => stages.filter((row) => row.stage === stage));
  const apart = rows.filter(({ stage }) => isApart(stage));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("profiles.flow.now")}</Text>
          <HowPopover title={t("profiles.flow.title")} rules={RULES.map((rule) => t(`profiles.flow.how.${rule}`))} />
        </InlineStack>
        <StageTable name={t("profiles.flow.now")} rows={rows.filter(({ stage }) => !isApart(stage))} total={total} />
        {apart.length > 0 && (
          <>
            <BlockStack gap="100">
              <Text as="h3" variant="headingSm">{t("profiles.flow.apart")}</Text>
              <Text as="p" tone="subdued">{t("profiles.flow.apartBody")}</Text>
            </BlockStack>
            <StageTable name={t("profiles.flow.apart")} rows={apart} total={total} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function StageTable({ name, rows, total }: { name: string; rows: readonly StageCount[]; total: number }) {
  const { t } = useTranslation();
  return (
    <NamedTable name={name} className="regulars-figures regulars-stacked" columns={[t("segments.fields.stage"), t("segments.page.members"), t("segments.page.spent"), t("segments.page.stake")]}>
      {rows.map((row) => <Row key={row.stage} row={row} total={total} />)}
    </NamedTable>
  );
}

function Row({ row: { stage, customers, revenueMinor, stakeMinor }, total }: { row: StageCount; total: number }) {
  const { t } = useTranslation();
  const address = useAddress();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">
        <span className="stage-named">
          <span className={`stage-swatch stage-${stage}`} aria-hidden="true" />
          <span>
            <Link url={address("/app/customers", { stage })} monochrome removeUnderline><Text as="span" fontWeight="semibold">{t(`profiles.stages.${stage}.name`)}</Text></Link>
            <Text as="p" tone="subdued" fontWeight="regular">{t(`profiles.stages.${stage}.body`)}</Text>
          </span>
        </span>
      </th>
      <td data-label={t("segments.page.members")}><span>{formats.count(customers)} <Text as="span" tone="subdued">{total === 0 ? "" : formats.shareShort(customers / total)}</Text></span></td>
      <td data-label={t("segments.page.spent")}>{formats.money(revenueMinor)}</td>
      <td data-label={t("segments.page.stake")}>{formats.money(stakeMinor)}</td>
    </tr>
  );
}
