// What became of those contacted and of those not, with how little that proves.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Outcome, Outcomes } from "../../capabilities/followups/model.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

const GROUPS = ["contacted", "notContacted"] as const;

export function OutcomesCard({ outcomes }: { outcomes: Outcomes }) {
  const { t } = useTranslation();
  const isEmpty = outcomes.contacted.customers === 0;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("followups.outcomes.title")}</Text>
        {isEmpty ? <Text as="p" tone="subdued">{t("followups.outcomes.none")}</Text> : (
          <>
            <Text as="p" tone="subdued">{t("followups.outcomes.body")}</Text>
            <Table outcomes={outcomes} />
            <Text as="p">{t("followups.outcomes.warning")}</Text>
          </>
        )}
        {outcomes.stillRunning > 0 && <Text as="p" tone="subdued">{t("followups.outcomes.running", { count: outcomes.stillRunning })}</Text>}
      </BlockStack>
    </Card>
  );
}

function Table({ outcomes }: { outcomes: Outcomes }) {
  const { t } = useTranslation();
  return (
    <ScrollRegion label={t("followups.outcomes.caption")}>
      <table className="regulars-table">
        <caption className="regulars-hidden">{t("followups.outcomes.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("followups.outcomes.group")}</th>
            <th scope="col">{t("followups.outcomes.ordered")}</th>
            <th scope="col">{t("followups.outcomes.share")}</th>
            <th scope="col">{t("followups.outcomes.range")}</th>
            <th scope="col">{t("followups.outcomes.expected")}</th>
          </tr>
        </thead>
        <tbody>{GROUPS.map((group) => <Group key={group} name={t(`followups.outcomes.${group}`)} outcome={outcomes[group]} />)}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Group({ name, outcome: { customers, ordered, low, high, expected } }: { name: string; outcome: Outcome }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{t("followups.outcomes.orderedOf", { ordered, customers })}</td>
      <td>{customers === 0 ? "–" : formats.shareShort(ordered / customers)}</td>
      <td>{customers === 0 ? "–" : t("followups.outcomes.between", { low: formats.shareShort(low), high: formats.shareShort(high) })}</td>
      <td>{expected === null || customers === 0 ? "–" : formats.shareShort(expected / customers)}</td>
    </tr>
  );
}
