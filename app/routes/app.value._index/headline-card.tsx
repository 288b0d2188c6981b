// Lifetime value in a sentence, and what the page shows of whom.
import { BlockStack, Card, InlineGrid, InlineStack, Select, Tag, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BASES, BLENDS, TRAITS, type TraitKind } from "../../capabilities/cohorts/model.ts";
import { blendedValueToCost } from "../../capabilities/cohorts/rules/acquisition.ts";
import { newestValue } from "../../capabilities/cohorts/rules/value.ts";
import { writeTraitValue, type TraitVoice } from "../../ui/cohort-words.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { TraitPicker } from "../../ui/trait-picker.tsx";
import type { ValueQuery } from "../../ui/value-query.ts";
import { writeCohorts, type ShownValue } from "./shown-value.ts";
import "./value.css";

const RULES = ["cohort", "age", "together", "margin", "cost", "times", "payback", "excluded"] as const;

type HeadlineProps = { shown: ShownValue; query: ValueQuery; voice: TraitVoice; onChange: (query: ValueQuery) => void };

export function HeadlineCard({ shown, query, voice, onChange }: HeadlineProps) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="start" gap="300">
          <div className="value-headline"><Headline shown={shown} /></div>
          <HowPopover title={t("cohorts.value.title")} rules={RULES.map((rule) => t(`cohorts.value.how.${rule}`))} />
        </InlineStack>
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
          <Select label={t("cohorts.value.controls.basis")} options={BASES.map((value) => ({ value, label: t(`cohorts.value.bases.${value}`) }))} value={shown.basis} onChange={(chosen) => onChange({ ...query, basis: BASES.find((known) => known === chosen) ?? query.basis })} />
          <Select label={t("cohorts.value.controls.blend")} options={BLENDS.map((value) => ({ value, label: t(`cohorts.value.blends.${value}`) }))} value={shown.blend} onChange={(chosen) => onChange({ ...query, blend: BLENDS.find((known) => known === chosen) ?? query.blend })} />
          <Who query={query} voice={voice} onChange={onChange} />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

const NEWEST_COHORTS = 12;

function Headline({ shown: { table, basis, costs } }: { shown: ShownValue }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const newest = newestValue(table, basis, NEWEST_COHORTS);
  if (newest === null || newest.age === 0) return <Text as="p" variant="headingMd">{t(table.rows.length === 0 ? "cohorts.nobody" : basis === "margin" ? "cohorts.value.headline.noMargin" : "cohorts.value.headline.early")}</Text>;
  const rows = table.rows.filter(({ cohort }) => newest.cohorts.includes(cohort));
  const times = costs === null ? null : blendedValueToCost({ rows }, newest.at, { basis, costs });
  return (
    <BlockStack gap="150">
      <Text as="p" variant="headingMd">{t(`cohorts.value.headline.${basis}`, { money: formats.money(Math.round(newest.value)), days: formats.count(newest.age) })}</Text>
      <Text as="p" tone="subdued">{t("cohorts.value.headline.who", { customers: formats.count(newest.customers), cohorts: writeCohorts(newest.cohorts, { t, formats }) })}</Text>
      {times?.times != null && <Text as="p">{t("cohorts.value.headline.cost", { cost: formats.money(Math.round(times.cost)), value: formats.money(Math.round(times.brought)), times: formats.decimal(times.times), cohorts: writeCohorts(times.cohorts, { t, formats }) })}</Text>}
    </BlockStack>
  );
}

/** Everybody, or who began with one trait: sums know no more than one. */
function Who({ query, voice, onChange }: Omit<HeadlineProps, "shown">) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<TraitKind | "">("");
  const { trait } = query;
  return (
    <BlockStack gap="200">
      <Select
        label={t("cohorts.controls.who")} value={kind} onChange={(chosen) => setKind(TRAITS.find((known) => known === chosen) ?? "")}
        options={[{ value: "", label: t(trait === null ? "cohorts.everybody" : "cohorts.controls.narrow") }, ...TRAITS.map((value) => ({ value, label: t(`cohorts.kinds.${value}`) }))]}
      />
      {kind !== "" && <TraitPicker key={kind} kind={kind} voice={voice} onPick={(picked) => { setKind(""); onChange({ ...query, trait: picked }); }} />}
      {trait !== null && <InlineStack><Tag onRemove={() => onChange({ ...query, trait: null })}>{t("cohorts.trait", { kind: t(`cohorts.kinds.${trait.kind}`), value: writeTraitValue(trait, voice) })}</Tag></InlineStack>}
    </BlockStack>
  );
}
