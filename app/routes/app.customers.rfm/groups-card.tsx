// The eleven groups in words, ours beside Shopify's own.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { GroupRow } from "./rfm-view.ts";

export function GroupsCard({ groups, agreement }: { groups: readonly GroupRow[]; agreement: { agreeing: number; known: number } | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("profiles.rfm.groupsTitle")}</Text>
        <Text as="p" tone="subdued">
          {agreement === null ? t("profiles.rfm.noShopify") : t("profiles.rfm.agreement", { share: formats.shareShort(agreement.agreeing / agreement.known), agreeing: formats.count(agreement.agreeing), known: formats.count(agreement.known) })}
        </Text>
        <NamedTable name={t("profiles.rfm.groupsTitle")} className="regulars-figures regulars-stacked" columns={[t("profiles.rfm.group"), t("profiles.rfm.ours"), t("profiles.rfm.shopifys"), t("profiles.rfm.both"), t("segments.page.spent")]}>
          {groups.map((row) => <Row key={row.group} row={row} />)}
        </NamedTable>
      </BlockStack>
    </Card>
  );
}

function Row({ row: { group, customers, revenueMinor, shopifys, agreeing } }: { row: GroupRow }) {
  const { t } = useTranslation();
  const address = useAddress();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">
        <span className="rfm-named">
          <span className={`rfm-swatch rfm-${group.toLowerCase().replaceAll("_", "-")}`} aria-hidden="true" />
          <span>
            <Link url={address("/app/customers", { group })} monochrome removeUnderline><Text as="span" fontWeight="semibold">{t(`profiles.rfmGroups.${group}`)}</Text></Link>
            <Text as="p" tone="subdued" fontWeight="regular">{t(`profiles.rfm.groups.${group}`)}</Text>
          </span>
        </span>
      </th>
      <td data-label={t("profiles.rfm.ours")}>{formats.count(customers)}</td>
      <td data-label={t("profiles.rfm.shopifys")}>{formats.count(shopifys)}</td>
      <td data-label={t("profiles.rfm.both")}>{formats.count(agreeing)}</td>
      <td data-label={t("segments.page.spent")}>{formats.money(revenueMinor)}</td>
    </tr>
  );
}
