// The choices of a question: worded, pictured, put in order.
import { BlockStack, Button, ButtonGroup, InlineError, InlineStack, Text, TextField, Thumbnail } from "@shopify/polaris";
import { ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CHOICES_MAX, type Choice } from "../../capabilities/surveys/model/survey.ts";
import { Check } from "../../ui/forms/fields.tsx";
import { AddButton, Framed } from "../../ui/forms/listed.tsx";
import { items, moveAt, part, put, type Slot } from "../../ui/forms/slot.ts";
import { orEmpty, WordsField } from "../../ui/forms/words-field.tsx";
import { useFault } from "../../ui/forms/writing.tsx";
import { withMoreChoices, withoutChoice, type SurveyDraft } from "./survey-draft.ts";

export function ChoicesEditor({ slot, isFixed }: { slot: Slot<SurveyDraft>; isFixed: boolean }) {
  const { t } = useTranslation();
  const question = part(slot, "question");
  const choices = part(question, "choices");
  const fault = useFault(choices.at);
  const add = (): void => choices.change((before) => withMoreChoices(before, before.length + 1));
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">{t("surveys.editor.choices.title")}</Text>
      {items(choices).map((choice, index) => (
        <ChoiceFrame
          key={choice.value.id} slot={choice} isFixed={isFixed} at={{ index, count: choices.value.length }}
          onMove={(by) => moveAt(choices, index, by)} onRemove={() => slot.change((before) => withoutChoice(before, choice.value.id))}
        />
      ))}
      {fault !== undefined && <InlineError message={fault} fieldID={choices.at} />}
      {!isFixed && choices.value.length < CHOICES_MAX && <AddButton label={t("surveys.editor.choices.add")} onAdd={add} />}
      <Check slot={part(question, "isShuffled")} label={t("surveys.editor.choices.isShuffled")} help={t("surveys.editor.choices.isShuffledHelp")} />
    </BlockStack>
  );
}

const SCHEME = "https://";

type ChoiceFrameProps = { slot: Slot<Choice>; isFixed: boolean; at: { index: number; count: number }; onMove: (by: -1 | 1) => void; onRemove: () => void };

function ChoiceFrame({ slot, isFixed, at: { index, count }, onMove, onRemove }: ChoiceFrameProps) {
  const { t } = useTranslation();
  const name = t("surveys.editor.choices.numbered", { number: String(index + 1) });
  const [isPictured, setPictured] = useState(false);
  const image = part(slot, "imageUrl");
  const moves = (
    <ButtonGroup variant="segmented">
      <Button icon={ChevronUpIcon} size="slim" disabled={index === 0} accessibilityLabel={t("surveys.list.up", { name })} onClick={() => onMove(-1)} />
      <Button icon={ChevronDownIcon} size="slim" disabled={index === count - 1} accessibilityLabel={t("surveys.list.down", { name })} onClick={() => onMove(1)} />
    </ButtonGroup>
  );
  return (
    <Framed title={name} action={moves} {...(!isFixed && { removeLabel: t("frame.form.remove", { name }), onRemove })}>
      <WordsField
        slot={orEmpty(part(slot, "text"))} label={name} isLabelHidden
        action={image.value === null && !isPictured && <Button variant="plain" onClick={() => setPictured(true)}>{t("surveys.editor.choices.addImage")}</Button>}
      />
      {(image.value !== null || isPictured) && <ImageField slot={image} />}
    </Framed>
  );
}

/** By its address: a merchant's pictures are already in Shopify's files. */
function ImageField({ slot }: { slot: Slot<string | null> }) {
  const { t } = useTranslation();
  const fault = useFault(slot.at);
  return (
    <InlineStack gap="300" blockAlign="start" wrap={false}>
      {slot.value?.startsWith("https://") && <Thumbnail source={slot.value} alt="" size="small" />}
      <div className="regulars-grow">
        <TextField
          label={t("surveys.editor.choices.image")} type="url" autoComplete="off" value={slot.value ?? ""} placeholder={SCHEME} helpText={t("surveys.editor.choices.imageHelp")}
          onChange={(text) => put(slot, text === "" ? null : text)} {...(fault !== undefined && { error: fault })}
        />
      </div>
    </InlineStack>
  );
}
