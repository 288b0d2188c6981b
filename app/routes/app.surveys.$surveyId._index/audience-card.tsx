// Whom a survey asks.
import { BlockStack, Card, ChoiceList, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { ORDERS, WHO, type Audience } from "../../capabilities/surveys/model/survey.ts";
import { Checks, Choice, Radios } from "../../ui/forms/fields.tsx";
import { part, put, type Slot } from "../../ui/forms/slot.ts";
import { writeSegmentName } from "../../ui/segment-words.ts";
import { LANGUAGES, wordsIn } from "../../values/words.ts";
import { CountryField } from "./country-field.tsx";
import type { EditorData } from "./editor-view.ts";

const ANY = "";

export function AudienceCard({ slot, data: { segments, tiers, hasProgramme } }: { slot: Slot<Audience>; data: EditorData }) {
  const { t, i18n } = useTranslation();
  const segmentId = part(slot, "segmentId");
  const tierIds = part(slot, "tierIds");
  const leavesGuestsOut = slot.value.who === "everyone" && (slot.value.orders === "returning" || slot.value.segmentId !== null || slot.value.tierIds.length > 0);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.editor.audience.title")}</Text>
        <Radios slot={part(slot, "who")} label={t("surveys.editor.audience.who")} options={WHO.filter((who) => who !== "members" || hasProgramme || slot.value.who === who).map((value) => ({ value, label: t(`surveys.audience.who.${value}`), helpText: t(`surveys.audience.whoHelp.${value}`) }))} />
        <Choice slot={part(slot, "orders")} label={t("surveys.editor.audience.orders")} options={ORDERS.map((value) => ({ value, label: t(`surveys.audience.orders.${value}`) }))} />
        <Choice
          slot={{ at: segmentId.at, value: segmentId.value ?? ANY, change: (update) => segmentId.change((before) => update(before ?? ANY) || null) }} label={t("surveys.editor.audience.segment")}
          options={[{ value: ANY, label: t("surveys.editor.audience.anySegment") }, ...segments.map(({ id, ...segment }) => ({ value: id, label: writeSegmentName(t, segment) }))]}
        />
        {tiers.length > 0 && (
          <ChoiceList
            allowMultiple title={t("surveys.editor.audience.tiers")} selected={tierIds.value} onChange={(said) => put(tierIds, said)}
            choices={tiers.map(({ id, title }) => ({ value: id, label: wordsIn(title, i18n.language) }))}
          />
        )}
        <Checks slot={part(slot, "languages")} label={t("surveys.editor.audience.languages")} options={LANGUAGES.map((value) => ({ value, label: t(`profiles.languages.${value}`) }))} />
        <CountryField slot={part(slot, "countries")} />
        {leavesGuestsOut && <Text as="p" tone="subdued">{t("surveys.editor.audience.known")}</Text>}
      </BlockStack>
    </Card>
  );
}
