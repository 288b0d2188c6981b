// A list of segments: what each is, how many are in it, what they are worth, and where else it is known.
import { Badge, BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { writeSegmentName } from "../../ui/segment-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { SegmentRow } from "./segment-rows.ts";
import "./segments.css";

const FLOW = "Flow"; // Shopify's name, the same in every language

export function SegmentsCard({ title, body, rows }: { title: string; body: string | null; rows: readonly SegmentRow[] }) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{title}</Text>
          {body !== null && <Text as="p" tone="subdued">{body}</Text>}
        </BlockStack>
      </Box>
      {rows.length > 0 && (
        <table className="regulars-segments regulars-stacked">
          <caption className="regulars-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("segments.page.segment")}</th>
              <th scope="col">{t("segments.page.members")}</th>
              <th scope="col">{t("segments.page.spent")}</th>
              <th scope="col">{t("segments.page.stake")}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
        </table>
      )}
    </Card>
  );
}

function Row({ row }: { row: SegmentRow }) {
  const { t } = useTranslation();
  const address = useAddress();
  const formats = useFormats();
  const figures = [
    [t("segments.page.members"), formats.count(row.memberCount)],
    [t("segments.page.spent"), formats.money(row.revenueMinor)],
    [t("segments.page.stake"), formats.money(row.stakeMinor)],
  ] as const;
  return (
    <tr>
      <th scope="row">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Link url={address(`/app/segments/${row.id}`)} monochrome removeUnderline><Text as="span" fontWeight="semibold">{writeSegmentName(t, row)}</Text></Link>
            <Badges row={row} />
          </InlineStack>
          {row.readyKey !== null && <Text as="span" tone="subdued" fontWeight="regular">{t(`segments.ready.${row.readyKey}.body`)}</Text>}
        </BlockStack>
      </th>
      {figures.map(([label, figure]) => <td key={label} data-label={label}>{row.isPopulated && !row.isRefilling ? figure : t("segments.page.counting")}</td>)}
    </tr>
  );
}

function Badges({ row: { isMirrored, isFlowOn, waitingCount, refusedCount } }: { row: SegmentRow }) {
  const { t } = useTranslation();
  return (
    <>
      {isMirrored && <Badge tone="success">{t("segments.page.tagged")}</Badge>}
      {isFlowOn && <Badge tone="info">{FLOW}</Badge>}
      {waitingCount > 0 && <Badge tone="attention" progress="incomplete">{t("segments.page.waiting", { count: waitingCount })}</Badge>}
      {refusedCount > 0 && <Badge tone="critical">{t("segments.page.refused", { count: refusedCount })}</Badge>}
    </>
  );
}
