// Which order is waited for, and what the first order held.
import { BlockStack, InlineGrid, InlineStack, Select, Tag, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { STEP_NAMES } from "../../capabilities/cohorts/model.ts";
import { writeTraitValue, type TraitVoice } from "../../ui/cohort-words.ts";
import type { RhythmQuery } from "../../ui/rhythm-query.ts";
import { TraitPicker } from "../../ui/trait-picker.tsx";

type ControlsProps = { query: RhythmQuery; voice: TraitVoice; onChange: (query: RhythmQuery) => void };

export function Controls({ query, voice, onChange }: ControlsProps) {
  const { t } = useTranslation();
  return (
    <InlineGrid columns={{ xs: 1, sm: 2, lg: 3 }} gap="300">
      <Select label={t("cohorts.rhythm.controls.step")} options={STEP_NAMES.map((value) => ({ value, label: t(`cohorts.rhythm.steps.${value}`) }))} value={query.step} onChange={(chosen) => onChange({ ...query, step: STEP_NAMES.find((known) => known === chosen) ?? query.step })} />
      <div role="group" aria-label={t("cohorts.rhythm.controls.product")}>
        <BlockStack gap="100">
          <Text as="p">{t("cohorts.rhythm.controls.product")}</Text>
          <TraitPicker key={query.productId} kind="product" voice={voice} onPick={({ value }) => onChange({ ...query, productId: value })} />
          {query.productId !== null && <InlineStack><Tag onRemove={() => onChange({ ...query, productId: null })}>{writeTraitValue({ kind: "product", value: query.productId }, voice)}</Tag></InlineStack>}
        </BlockStack>
      </div>
    </InlineGrid>
  );
}
