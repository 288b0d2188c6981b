// The rest everybody has between two messages, whichever kind they are.
import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { REST_DAYS } from "../../capabilities/surveys/model/survey.ts";
import { marks, Sentence } from "../../ui/forms/sentence.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import { readNumber } from "../../ui/typed-number.ts";
import "../../ui/forms/forms.css";

export function RestCard({ days }: { days: number }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const [typed, setTyped] = useState(String(days));
  const { send, isSending } = useSurveyWish();
  const read = readNumber(typed, { is: "whole" }, { max: REST_DAYS.max });
  const isWrong = "fault" in read;
  const field = <TextField label={t("surveys.rest.days")} labelHidden autoComplete="off" inputMode="numeric" value={typed} onChange={setTyped} {...(isWrong && { error: t("surveys.rest.fault", { max: count(REST_DAYS.max) }) })} />;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("surveys.rest.title")}</Text>
        <InlineStack gap="300" blockAlign="start">
          <Sentence text={t("surveys.rest.rule", marks("days"))} fields={{ days: field }} />
          {!isWrong && read.value !== days && <Button loading={isSending} onClick={() => send({ intent: "rest", days: String(read.value) })}>{t("surveys.rest.save")}</Button>}
        </InlineStack>
        <Text as="p" tone="subdued">{t("surveys.rest.body")}</Text>
      </BlockStack>
    </Card>
  );
}
