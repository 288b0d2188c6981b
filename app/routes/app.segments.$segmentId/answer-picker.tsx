// A survey, and which of its answers.
import { BlockStack, ChoiceList, Select, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SurveyAnswers } from "../../ui/survey-answers.ts";
import type { DraftCondition } from "./draft.ts";
import type { TypingFault } from "./typed-values.ts";

type AnswerPickerProps = { condition: DraftCondition; surveys: readonly SurveyAnswers[]; fault: TypingFault | undefined; onChange: (more: Partial<DraftCondition>) => void };

/** Answers a rule has kept of other surveys, or of those that are gone, can be taken out. */
export function AnswerPicker({ condition: { key, surveyId, marks }, surveys, fault, onChange }: AnswerPickerProps) {
  const { t } = useTranslation();
  if (surveys.length === 0 && surveyId === "") return <Text as="p" tone="subdued">{t("segments.builder.surveys.none")}</Text>;
  const survey = surveys.find(({ id }) => id === surveyId);
  const answers = survey?.answers ?? [];
  const others = marks.filter((mark) => answers.every((answer) => answer.mark !== mark));
  const error = fault === undefined ? undefined : t("segments.builder.faults.choose");
  return (
    <BlockStack gap="200">
      <Select
        label={t("segments.builder.surveys.label")} labelHidden value={surveyId} placeholder={t("segments.builder.surveys.choose")} onChange={(id) => onChange({ surveyId: id, marks: [] })}
        options={[...surveys.map(({ id, name }) => ({ value: id, label: name })), ...(surveyId !== "" && survey === undefined ? [{ value: surveyId, label: t("segments.builder.surveys.gone") }] : [])]}
        {...(surveyId === "" && error !== undefined && { error })}
      />
      {surveyId !== "" && (
        <div className="regulars-choices">
          <ChoiceList
            name={key} title={t("segments.builder.surveys.answers")} titleHidden allowMultiple selected={[...marks]} onChange={(chosen) => onChange({ marks: chosen })}
            choices={[...answers.map(({ mark, words }) => ({ value: mark, label: words })), ...others.map((mark) => ({ value: mark, label: wordsOf(surveys, mark) ?? t("segments.builder.surveys.goneAnswer") }))]} {...(error !== undefined && { error })}
          />
        </div>
      )}
    </BlockStack>
  );
}

const wordsOf = (surveys: readonly SurveyAnswers[], mark: string): string | undefined => surveys.flatMap(({ answers }) => answers).find((answer) => answer.mark === mark)?.words;
