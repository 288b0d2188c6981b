// Days on which points are multiplied, and how that meets a tier's own multiplier.
import { BlockStack, Card, ChoiceList, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { STACKINGS } from "../../capabilities/loyalty/model/programme.ts";
import type { Day } from "../../values/day.ts";
import { NumberField, TextLine } from "../forms/fields.tsx";
import { freshId } from "../forms/fresh-id.ts";
import { AddButton, Framed } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { append, items, part, put, removeAt, type Slot } from "../forms/slot.ts";
import type { ProgrammeDraft } from "./programme-draft.ts";

const USUAL_PERCENT = 200;

export function BonusCard({ slot, today }: { slot: Slot<ProgrammeDraft>; today: Day }) {
  const { t } = useTranslation();
  const [windows, stacking] = [part(slot, "windows"), part(slot, "stacking")];
  const choices = STACKINGS.map((value) => ({ value, label: t(`loyalty.editor.bonus.stacking.${value}`), helpText: t(`loyalty.editor.bonus.stacking.${value}Help`) }));
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.editor.bonus.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.editor.bonus.body")}</Text>
        </BlockStack>
        {items(windows).map((window, index) => <BonusWindow key={window.value.id} slot={window} onRemove={() => removeAt(windows, index)} />)}
        <AddButton label={t("loyalty.editor.bonus.add")} onAdd={() => append(windows, { id: freshId("bonus", windows.value), title: "", from: today, to: today, percent: USUAL_PERCENT })} />
        <ChoiceList title={t("loyalty.editor.bonus.stacking.title")} choices={choices} selected={[stacking.value]} onChange={([said]) => put(stacking, STACKINGS.find((one) => one === said) ?? stacking.value)} />
      </BlockStack>
    </Card>
  );
}

function BonusWindow({ slot, onRemove }: { slot: Slot<ProgrammeDraft["windows"][number]>; onRemove: () => void }) {
  const { t } = useTranslation();
  const name = slot.value.title || t("loyalty.editor.bonus.window");
  return (
    <Framed title={name} removeLabel={t("frame.form.remove", { name })} onRemove={onRemove}>
      <TextLine slot={part(slot, "title")} label={t("loyalty.editor.bonus.name")} />
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <TextLine slot={part(slot, "from")} label={t("loyalty.editor.bonus.from")} type="date" />
        <TextLine slot={part(slot, "to")} label={t("loyalty.editor.bonus.to")} type="date" />
      </InlineGrid>
      <Sentence text={t("loyalty.editor.bonus.rule", marks("percent"))} fields={{ percent: <NumberField slot={part(slot, "percent")} suffix="%" label={t("loyalty.editor.percent")} isLabelHidden /> }} />
    </Framed>
  );
}
