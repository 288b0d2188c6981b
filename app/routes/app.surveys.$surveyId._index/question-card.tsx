// The question: what is asked, which answers it takes, and in which languages it is written.
import { Banner, BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { QUESTION_KINDS, type QuestionKind } from "../../capabilities/surveys/model/survey.ts";
import { missingIn } from "../../capabilities/surveys/rules/missing.ts";
import { Choice, TextLine } from "../../ui/forms/fields.tsx";
import { part, put, type Slot } from "../../ui/forms/slot.ts";
import { orEmpty, orNone, WordsField } from "../../ui/forms/words-field.tsx";
import { ChoicesEditor } from "./choices-editor.tsx";
import { isScale, leaveKind, takesChoices, withKind, type LeftBehind, type SurveyDraft } from "./survey-draft.ts";

/** `isFixed`: it has been answered, so that its kind and choices stay; their wording may be mended. */
export function QuestionCard({ slot, left, isFixed }: { slot: Slot<SurveyDraft>; left: Slot<LeftBehind>; isFixed: boolean }) {
  const { t } = useTranslation();
  const question = part(slot, "question");
  const { kind } = question.value;
  const turnTo = (wanted: QuestionKind): void => {
    put(slot, withKind(slot.value, wanted, left.value));
    put(left, leaveKind(left.value, slot.value));
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.editor.question.title")}</Text>
        <MissingWords draft={slot.value} />
        <TextLine slot={part(slot, "name")} label={t("surveys.editor.question.name")} help={t("surveys.editor.question.nameHelp")} />
        <Choice
          slot={{ at: "question.kind", value: kind, change: (update) => turnTo(update(kind)) }}
          label={t("surveys.editor.question.kind")} help={isFixed ? t("surveys.editor.question.fixed") : t(`surveys.kindHelp.${kind}`)} isDisabled={isFixed}
          options={QUESTION_KINDS.map((value) => ({ value, label: t(`surveys.kinds.${value}`) }))}
        />
        <WordsField slot={orEmpty(part(question, "text"))} label={t("surveys.editor.question.text")} />
        {takesChoices(kind) && <ChoicesEditor slot={slot} isFixed={isFixed} />}
        {isScale(kind) && (
          <>
            <WordsField slot={orNone(part(question, "lowLabel"))} label={t("surveys.editor.question.low", { number: kind === "nps" ? "0" : "1" })} usual={t(kind === "nps" ? "surveys.preview.shopper.unlikely" : "surveys.preview.shopper.low")} />
            <WordsField slot={orNone(part(question, "highLabel"))} label={t("surveys.editor.question.high", { number: kind === "nps" ? "10" : "5" })} usual={t(kind === "nps" ? "surveys.preview.shopper.likely" : "surveys.preview.shopper.high")} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function MissingWords({ draft }: { draft: SurveyDraft }) {
  const { t, i18n } = useTranslation();
  const missing = missingIn(draft);
  if (missing.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction", style: "narrow" });
  return (
    <Banner tone="warning" title={t("surveys.missing.title")}>
      <BlockStack gap="200">
        <List>
          {missing.map(({ language, parts }) => <List.Item key={language}>{t("surveys.missing.line", { language: t(`profiles.languages.${language}`), parts: list.format(parts.map((one) => t(`surveys.missing.parts.${one}`))) })}</List.Item>)}
        </List>
        <p>{t("surveys.missing.body")}</p>
      </BlockStack>
    </Banner>
  );
}
