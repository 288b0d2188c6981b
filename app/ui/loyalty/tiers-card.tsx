// Tiers: what counts towards them and over which time, how one comes in, stays and comes back, and what they bring.
import { BlockStack, Card, Checkbox, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { wordsIn } from "../../values/words.ts";
import { Check, Choice, NumberField, OptionalNumberField } from "../forms/fields.tsx";
import { freshId } from "../forms/fresh-id.ts";
import { AddButton, Framed, Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { append, items, part, present, type Slot } from "../forms/slot.ts";
import { orEmpty, WordsField } from "../forms/words-field.tsx";
import type { ProgrammeDraft } from "./programme-draft.ts";

type TiersDraft = NonNullable<ProgrammeDraft["tiers"]>;
type LevelDraft = TiersDraft["levels"][number];

/** `usual`: to begin with, where there are none. */
export function TiersCard({ slot, usual, isShort = false }: { slot: Slot<ProgrammeDraft>; usual: TiersDraft; isShort?: boolean }) {
  const { t } = useTranslation();
  const tiers = present(part(slot, "tiers"));
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.editor.tiers.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.editor.tiers.body")}</Text>
        </BlockStack>
        <Checkbox label={t("loyalty.editor.tiers.isOn")} checked={tiers !== null} onChange={(isOn) => slot.change((before) => (isOn ? { ...before, tiers: usual } : withoutTiers(before)))} />
        {tiers && <TiersFields slot={tiers} onLevelGone={(id) => slot.change((before) => withoutLevel(before, id))} isShort={isShort} />}
      </BlockStack>
    </Card>
  );
}

const withoutTiers = (draft: ProgrammeDraft): ProgrammeDraft => ({ ...draft, tiers: null, rewards: draft.rewards.map((reward) => ({ ...reward, tierIds: [] })) });

/** A reward for a tier that is gone is for the others it names. */
const withoutLevel = (draft: ProgrammeDraft, gone: string): ProgrammeDraft => ({
  ...draft, tiers: draft.tiers && { ...draft.tiers, levels: draft.tiers.levels.filter(({ id }) => id !== gone) }, rewards: draft.rewards.map((reward) => ({ ...reward, tierIds: reward.tierIds.filter((id) => id !== gone) })),
});

function TiersFields({ slot, onLevelGone, isShort }: { slot: Slot<TiersDraft>; onLevelGone: (id: string) => void; isShort: boolean }) {
  const { t } = useTranslation();
  const levels = part(slot, "levels");
  return (
    <BlockStack gap="400">
      <Sentence
        text={t("loyalty.editor.tiers.rule", marks("basis", "period"))}
        fields={{
          basis: <Choice slot={part(slot, "basis")} label={t("loyalty.editor.tiers.basis")} isLabelHidden options={(["spend", "points", "orders"] as const).map((value) => ({ value, label: t(`loyalty.editor.tiers.bases.${value}`) }))} />,
          period: <Choice slot={part(slot, "period")} label={t("loyalty.editor.tiers.period")} isLabelHidden options={(["rolling", "calendar", "lifetime"] as const).map((value) => ({ value, label: t(`loyalty.editor.tiers.periods.${value}`) }))} />,
        }}
      />
      {!isShort && slot.value.period !== "lifetime" && (
        <Section title={t("loyalty.editor.tiers.grace")} body={t("loyalty.editor.tiers.graceHelp")}>
          <Sentence text={t("loyalty.editor.tiers.graceRule", marks("days"))} fields={{ days: <NumberField slot={part(slot, "graceDays")} label={t("loyalty.editor.days")} isLabelHidden /> }} />
        </Section>
      )}
      {items(levels).map((level) => <Level key={level.value.id} slot={level} tiers={slot.value} isShort={isShort} onRemove={() => onLevelGone(level.value.id)} />)}
      <AddButton label={t("loyalty.editor.tiers.add")} onAdd={() => append(levels, nextLevel(levels.value))} />
    </BlockStack>
  );
}

function nextLevel(levels: readonly LevelDraft[]): LevelDraft {
  const entry = 2 * (Number(levels.at(-1)?.entry) || 0) || 1;
  return { id: freshId("tier", levels), title: {}, entry, keep: entry, reenter: null, percent: 100, hasFreeShipping: false, percentOff: 0, giftPoints: 0 };
}

function Level({ slot, tiers: { basis, period }, isShort, onRemove }: { slot: Slot<LevelDraft>; tiers: TiersDraft; isShort: boolean; onRemove: () => void }) {
  const { t, i18n } = useTranslation();
  const name = wordsIn(slot.value.title, i18n.language) || t("loyalty.editor.tiers.level");
  const look = basis === "spend" ? ({ unit: "money" } as const) : { suffix: t(`loyalty.editor.tiers.units.${basis}`) };
  return (
    <Framed title={name} removeLabel={t("frame.form.remove", { name })} onRemove={onRemove}>
      <WordsField slot={orEmpty(part(slot, "title"))} label={t("loyalty.editor.tiers.name")} />
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        <NumberField slot={part(slot, "entry")} {...look} label={t("loyalty.editor.tiers.entry")} />
        {!isShort && period !== "lifetime" && <NumberField slot={part(slot, "keep")} {...look} label={t("loyalty.editor.tiers.keep")} />}
        {!isShort && period !== "lifetime" && <OptionalNumberField slot={part(slot, "reenter")} {...look} label={t("loyalty.editor.tiers.reenter")} placeholder={t("loyalty.editor.tiers.asEntry")} />}
        <NumberField slot={part(slot, "percent")} suffix="%" label={t("loyalty.editor.tiers.percent")} help={t("loyalty.editor.tiers.percentHelp")} />
        {!isShort && <NumberField slot={part(slot, "percentOff")} suffix="%" label={t("loyalty.editor.tiers.percentOff")} help={t("loyalty.editor.tiers.percentOffHelp")} />}
        {!isShort && <NumberField slot={part(slot, "giftPoints")} label={t("loyalty.editor.tiers.giftPoints")} />}
      </InlineGrid>
      <Check slot={part(slot, "hasFreeShipping")} label={t("loyalty.editor.tiers.hasFreeShipping")} />
    </Framed>
  );
}
