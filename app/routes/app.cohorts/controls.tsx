// What the table shows, and of whom.
import { BlockStack, Button, InlineGrid, InlineStack, Select, Tag, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GRAINS, MEASURES, TRAITS, VIEWS, type Selection, type TraitKind } from "../../capabilities/cohorts/model.ts";
import { SMALL_SIZES, writeTrait, type CohortQuery } from "../../ui/cohort-query.ts";
import { writeTraitValue, type TraitVoice } from "../../ui/cohort-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { TraitPicker } from "../../ui/trait-picker.tsx";

type ControlsProps = { query: CohortQuery; voice: TraitVoice; onChange: (query: CohortQuery) => void };

export function Controls({ query, voice, onChange }: ControlsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { selection, against } = query;
  const writeSize = (size: number): string => (size === 0 ? t("cohorts.controls.smallSizes.none") : size === SMALL_SIZES.at(-1) ? t("cohorts.controls.smallSizes.all") : t("cohorts.controls.smallSizes.below", { size: formats.count(size) }));
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="300">
        <Select label={t("cohorts.controls.measure")} options={MEASURES.map((value) => ({ value, label: t(`cohorts.measures.${value}`) }))} value={query.measure} onChange={(measure) => onChange({ ...query, measure: MEASURES.find((known) => known === measure) ?? query.measure })} />
        <Select label={t("cohorts.controls.grain")} options={GRAINS.map((value) => ({ value, label: t(`cohorts.grains.${value}`) }))} value={query.grain} onChange={(grain) => onChange({ ...query, grain: GRAINS.find((known) => known === grain) ?? query.grain })} />
        <Select label={t("cohorts.controls.view")} options={VIEWS.map((value) => ({ value, label: t(`cohorts.views.${value}`) }))} value={query.view} onChange={(view) => onChange({ ...query, view: VIEWS.find((known) => known === view) ?? query.view })} />
        <Select label={t("cohorts.controls.small")} options={SMALL_SIZES.map((size) => ({ value: String(size), label: writeSize(size) }))} value={String(query.smallTo)} onChange={(size) => onChange({ ...query, smallTo: SMALL_SIZES.find((known) => String(known) === size) ?? query.smallTo })} />
      </InlineGrid>
      <InlineGrid columns={{ xs: 1, md: against === null ? 1 : 2 }} gap="400">
        <Who key="with" label={t("cohorts.controls.who")} nobody={t("cohorts.everybody")} selection={selection} voice={voice} onChange={(chosen) => onChange({ ...query, selection: chosen })} />
        {against !== null && <Who key="against" label={t("cohorts.controls.against")} nobody={selection.length === 0 ? t("cohorts.controls.chooseFirst") : t("cohorts.others")} selection={against} voice={voice} onChange={(chosen) => onChange({ ...query, against: chosen })} />}
      </InlineGrid>
      <InlineStack gap="200">
        {against === null
          ? <Button onClick={() => onChange({ ...query, against: [] })}>{t("cohorts.controls.compare")}</Button>
          : <Button onClick={() => onChange({ ...query, against: null })}>{t("cohorts.controls.alone")}</Button>}
      </InlineStack>
    </BlockStack>
  );
}

/** Everybody, or who began with all of some traits. */
function Who({ label, nobody, selection, voice, onChange }: { label: string; /** who they are while nothing is chosen */ nobody: string; selection: Selection; voice: TraitVoice; onChange: (selection: Selection) => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<TraitKind | "">("");
  return (
    <div role="group" aria-label={label}>
      <BlockStack gap="200">
        <Text as="p" fontWeight="medium">{label}</Text>
        {selection.length === 0
          ? <Text as="p" tone="subdued">{nobody}</Text>
          : <InlineStack gap="100">{selection.map((trait) => <Tag key={writeTrait(trait)} onRemove={() => onChange(selection.filter((one) => one !== trait))}>{t("cohorts.trait", { kind: t(`cohorts.kinds.${trait.kind}`), value: writeTraitValue(trait, voice) })}</Tag>)}</InlineStack>}
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
          <Select
            label={t("cohorts.controls.narrow")} labelHidden value={kind} onChange={(chosen) => setKind(TRAITS.find((known) => known === chosen) ?? "")}
            options={[{ value: "", label: t("cohorts.controls.narrow") }, ...TRAITS.map((value) => ({ value, label: t(`cohorts.kinds.${value}`) }))]}
          />
          {kind !== "" && <TraitPicker key={kind} kind={kind} voice={voice} onPick={(trait) => { setKind(""); onChange([...selection.filter((one) => writeTrait(one) !== writeTrait(trait)), trait]); }} />}
        </InlineGrid>
      </BlockStack>
    </div>
  );
}
