// What comes after the answer: one question more where it helps, and the thanks.
import { BlockStack, Card, Checkbox, ChoiceList, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { keysOf } from "../../capabilities/surveys/rules/answers.ts";
import { writeAnswerKey } from "../../ui/answer-words.ts";
import { part, present, put, type Slot } from "../../ui/forms/slot.ts";
import { orEmpty, orNone, WordsField } from "../../ui/forms/words-field.tsx";
import { useFault } from "../../ui/forms/writing.tsx";
import { fitted, type LeftBehind, type SurveyDraft } from "./survey-draft.ts";

const NEW = { text: {}, after: null };

export function FollowUpCard({ slot, left }: { slot: Slot<SurveyDraft>; left: Slot<LeftBehind> }) {
  const { t } = useTranslation();
  const followUp = part(slot, "followUp");
  const asked = present(followUp);
  const turn = (isOn: boolean): void => {
    put(followUp, isOn ? fitted(left.value.followUp ?? NEW, slot.value.question) : null);
    if (!isOn) put(part(left, "followUp"), followUp.value);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.editor.followUp.title")}</Text>
        {slot.value.question.kind !== "text" && (
          <Checkbox label={t("surveys.editor.followUp.isOn")} helpText={t("surveys.editor.followUp.help")} checked={asked !== null} onChange={turn} />
        )}
        {asked && (
          <div className="regulars-indented">
            <BlockStack gap="300">
              <WordsField slot={orEmpty(part(asked, "text"))} label={t("surveys.editor.followUp.text")} />
              <AfterField slot={part(asked, "after")} left={part(left, "after")} question={slot.value.question} />
            </BlockStack>
          </div>
        )}
        <WordsField slot={orNone(part(slot, "thanks"))} label={t("surveys.editor.followUp.thanks")} usual={t("surveys.preview.shopper.thanks")} />
      </BlockStack>
    </Card>
  );
}

function AfterField({ slot, left, question }: { slot: Slot<string[] | null>; left: Slot<string[]>; question: SurveyDraft["question"] }) {
  const { t, i18n } = useTranslation();
  const fault = useFault(slot.at);
  const some = present(slot);
  const keys = keysOf(question);
  const turn = (isSome: boolean): void => {
    put(slot, isSome ? keys.filter((key) => left.value.includes(key)) : null);
    if (slot.value !== null) put(left, slot.value);
  };
  return (
    <BlockStack gap="200">
      <ChoiceList
        title={t("surveys.editor.followUp.after")} selected={[some ? "some" : "any"]} onChange={([said]) => turn(said === "some")}
        choices={[{ value: "any", label: t("surveys.editor.followUp.any") }, { value: "some", label: t("surveys.editor.followUp.some") }]}
      />
      {some && (
        <div className="regulars-indented">
          <ChoiceList
            allowMultiple title={t("surveys.editor.followUp.some")} titleHidden selected={some.value} onChange={(said) => put(some, keys.filter((key) => said.includes(key)))}
            choices={keys.map((key) => ({ value: key, label: writeAnswerKey(t, question, key, i18n.language) || t("surveys.editor.choices.unnamed") }))} {...(fault !== undefined && { error: fault })}
          />
        </div>
      )}
    </BlockStack>
  );
}
