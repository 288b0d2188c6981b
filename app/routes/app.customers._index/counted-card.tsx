// Whom the figure counted that led here, in words, with what can be done with them.
import { Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Rule, RuleNames } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { writeRule } from "../../ui/rule-sentence.ts";
import type { AskedQuestion } from "../../ui/survey-answers.ts";
import { useRuleVoice, useSurveyAnswers } from "../../ui/use-rule-voice.ts";

/** `names` and `surveys`: those the rule may name. */
export type Counted = { rule: Rule; names: RuleNames; surveys: AskedQuestion[] };

export function CountedCard({ counted: { rule, names, surveys } }: { counted: Counted }) {
  const { t } = useTranslation();
  const address = useAddress();
  const voice = useRuleVoice(names, useSurveyAnswers(surveys));
  return (
    <Card>
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Text as="p">{writeRule(rule, voice)}</Text>
        <InlineStack gap="200">
          <Button url={address("/app/customers")} variant="tertiary">{t("segments.list.counted.everybody")}</Button>
          <Button url={address("/app/segments/new", { rule: JSON.stringify(rule) })}>{t("segments.list.counted.keep")}</Button>
        </InlineStack>
      </InlineStack>
    </Card>
  );
}
