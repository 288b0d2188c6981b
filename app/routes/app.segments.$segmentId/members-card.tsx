// Who is in a segment now, who came and went lately, and the whole list as a file.
import { useNavigate } from "@remix-run/react";
import { BlockStack, Box, Card, InlineStack, Link, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { Facts } from "../../ui/facts.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import type { SampleRow } from "../../ui/rule-preview.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import type { SegmentPageData, ShownSegment } from "./segment-page.tsx";

type Members = NonNullable<SegmentPageData["members"]>;

export function MembersCard({ segment, members }: { segment: ShownSegment; members: Members }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    [t("segments.page.members"), segment.isPopulated && !segment.isRefilling ? formats.count(segment.memberCount) : t("segments.page.counting")],
    [t("segments.builder.entered"), formats.count(members.entered)],
    [t("segments.builder.left"), formats.count(members.left)],
  ] as const;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("segments.builder.members")}</Text>
          <DownloadButton address={`/app/reports/segment_members.csv?segment=${segment.id}`}>{t("frame.downloadCsv")}</DownloadButton>
        </InlineStack>
        <Facts facts={facts} />
        {members.rows.length === 0 ? <Text as="p" tone="subdued">{t(segment.isPopulated && !segment.isRefilling ? "segments.builder.nobody" : "segments.builder.notYet")}</Text> : <MemberTable rows={members.rows} caption={t("segments.builder.members")} />}
        {(members.page > 1 || members.hasNext) && <Pages segment={segment} members={members} />}
      </BlockStack>
    </Card>
  );
}

function Pages({ segment: { id }, members: { page, hasNext } }: { segment: ShownSegment; members: Members }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const turnTo = (wanted: number) => navigate(address(`/app/segments/${id}`, { page: String(wanted) }), { preventScrollReset: true });
  return (
    <InlineStack align="center">
      <Pagination accessibilityLabel={t("segments.builder.pages")} hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => turnTo(page - 1)} onNext={() => turnTo(page + 1)} />
    </InlineStack>
  );
}

export function MemberTable({ rows, caption }: { rows: readonly SampleRow[]; caption: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  return (
    <NamedTable name={caption} className="regulars-members" columns={[t("segments.builder.customer"), t("segments.fields.stage"), t("segments.page.spent"), t("segments.builder.lastOrder")]}>
      {rows.map(({ id, name, stage, revenueMinor, lastOrderOn }) => (
        <tr key={id}>
          <th scope="row"><Box maxWidth="14rem"><Link url={address(`/app/customers/${id}`)} monochrome removeUnderline>{name || t("segments.builder.unnamed", { id })}</Link></Box></th>
          <td><StageBadge stage={stage} /></td>
          <td>{formats.money(revenueMinor)}</td>
          <td>{lastOrderOn === null ? "–" : formats.day(lastOrderOn)}</td>
        </tr>
      ))}
    </NamedTable>
  );
}
