// What follows from each answer, by itself.
import { BlockStack, Card, Checkbox, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { keysOf } from "../../capabilities/surveys/rules/answers.ts";
import { writeAnswerKey } from "../../ui/answer-words.ts";
import { Check } from "../../ui/forms/fields.tsx";
import { part, type Slot } from "../../ui/forms/slot.ts";
import { withStep, type StepName, type SurveyDraft } from "./survey-draft.ts";

const TRIGGER = "Survey answered"; // as extensions/flow-survey-answered is called to every merchant
const STEPS = ["hasTag", "hasSegment", "opensTask", "startsFlow"] as const satisfies StepName[];

export function StepsCard({ slot }: { slot: Slot<SurveyDraft> }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("surveys.editor.steps.title")}</Text>
          <Text as="p" tone="subdued">{t("surveys.editor.steps.body")}</Text>
        </BlockStack>
        <StepsTable slot={slot} />
        <Check slot={part(slot, "startsFlow")} label={t("surveys.editor.steps.startsFlow")} help={t("surveys.editor.steps.startsFlowHelp", { trigger: TRIGGER })} />
      </BlockStack>
    </Card>
  );
}

function StepsTable({ slot }: { slot: Slot<SurveyDraft> }) {
  const { t, i18n } = useTranslation();
  const { question, steps, startsFlow } = slot.value;
  const isForAll = (name: StepName): boolean => name === "startsFlow" && startsFlow;
  const change = (key: string, name: StepName, isOn: boolean): void => part(slot, "steps").change((before) => withStep(before, key, { [name]: isOn }));
  return (
    <table className="regulars-table regulars-stacked regulars-checks">
      <caption className="regulars-hidden">{t("surveys.editor.steps.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("surveys.editor.steps.answer")}</th>
          {STEPS.map((name) => <th key={name} scope="col">{t(`surveys.editor.steps.names.${name}`)}</th>)}
        </tr>
      </thead>
      <tbody>
        {keysOf(question).map((key) => {
          const said = writeAnswerKey(t, question, key, i18n.language) || t("surveys.editor.choices.unnamed");
          return (
            <tr key={key}>
              <th scope="row">{said}</th>
              {STEPS.map((name) => (
                <td key={name} data-label={t(`surveys.editor.steps.names.${name}`)}>
                  <Checkbox label={t("surveys.editor.steps.named", { answer: said, step: t(`surveys.editor.steps.names.${name}`) })} labelHidden disabled={isForAll(name)} checked={isForAll(name) || (steps.find((step) => step.key === key)?.[name] ?? false)} onChange={(isOn) => change(key, name, isOn)} />
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
