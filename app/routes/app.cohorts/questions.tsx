// What merchants ask about retention, each a link to its answer.
import { BlockStack, Card, InlineGrid, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { ANY_CODE } from "../../capabilities/cohorts/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toCohortParameters, USUAL_COHORTS } from "../../ui/cohort-query.ts";

const DISCOUNT = toCohortParameters({ ...USUAL_COHORTS, selection: [{ kind: "code", value: ANY_CODE }], against: [{ kind: "code", value: "" }] });

export const COMPARISON_ID = "comparison";

export function Questions() {
  const { t } = useTranslation();
  const address = useAddress();
  const questions = [
    [t("cohorts.questions.product"), address("/app/first-products")],
    [t("cohorts.questions.moment"), address("/app/rhythm")],
    [t("cohorts.questions.better"), `${address("/app/cohorts")}#${COMPARISON_ID}`],
    [t("cohorts.questions.discount"), address("/app/cohorts", DISCOUNT)],
    [t("cohorts.questions.shopify"), address("/app/definitions")],
    [t("cohorts.questions.worth"), address("/app/value")],
  ] as const;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">{t("cohorts.questions.title")}</Text>
        <nav aria-label={t("cohorts.questions.title")}>
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">{questions.map(([question, to]) => <Link key={to} url={to} removeUnderline>{question}</Link>)}</InlineGrid>
        </nav>
      </BlockStack>
    </Card>
  );
}
