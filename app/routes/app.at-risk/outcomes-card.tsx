// What became of customers who came to be at risk, contacted and not, with how little that proves.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { OUTCOME_DAYS, type Outcome, type Outcomes } from "../../capabilities/followups/model.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

const GROUPS = ["contacted", "notContacted"] as const;

export function OutcomesCard({ outcomes }: { outcomes: Outcomes }) {
  const { t } = useTranslation();
  const { contacted, alreadyContacted, stillRunning } = outcomes;
  const days = OUTCOME_DAYS;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("followups.outcomes.title")}</Text>
        {contacted.episodes === 0 ? <Text as="p" tone="subdued">{t("followups.outcomes.none", { days })}</Text> : (
          <>
            <Text as="p" tone="subdued">{t("followups.outcomes.body", { days })}</Text>
            <Table outcomes={outcomes} />
            <Expected outcomes={outcomes} />
            <Text as="p">{t("followups.outcomes.warning")}</Text>
          </>
        )}
        {alreadyContacted > 0 && <Text as="p" tone="subdued">{t("followups.outcomes.already", { count: alreadyContacted, days })}</Text>}
        {stillRunning > 0 && <Text as="p" tone="subdued">{t("followups.outcomes.running", { count: stillRunning, days })}</Text>}
      </BlockStack>
    </Card>
  );
}

/** Of those contacted only: of the others no forecast of the day was kept. */
function Expected({ outcomes: { contacted, expected } }: { outcomes: Outcomes }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const days = OUTCOME_DAYS;
  return <Text as="p">{expected === null ? t("followups.outcomes.expectedUnknown") : t("followups.outcomes.expected", { share: formats.shareShort(expected.share), known: expected.known, episodes: contacted.episodes, days })}</Text>;
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
            <th scope="col">{t("followups.outcomes.ordered", { days: OUTCOME_DAYS })}</th>
            <th scope="col">{t("followups.outcomes.share")}</th>
            <th scope="col">{t("followups.outcomes.range")}</th>
          </tr>
        </thead>
        <tbody>{GROUPS.map((group) => <Group key={group} name={t(`followups.outcomes.${group}`)} outcome={outcomes[group]} />)}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Group({ name, outcome: { episodes, ordered, low, high } }: { name: string; outcome: Outcome }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{t("followups.outcomes.orderedOf", { ordered, episodes })}</td>
      <td>{episodes === 0 ? "–" : formats.shareShort(ordered / episodes)}</td>
      <td>{episodes === 0 ? "–" : t("followups.outcomes.between", { low: formats.shareShort(low), high: formats.shareShort(high) })}</td>
    </tr>
  );
}
