// From when to when a survey asks, and when it knows enough.
import { BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { NumberField, Radios, TextLine } from "../../ui/forms/fields.tsx";
import { marks, Sentence } from "../../ui/forms/sentence.tsx";
import { narrow, part, put, type Slot } from "../../ui/forms/slot.ts";
import type { LeftBehind, SurveyDraft } from "./survey-draft.ts";

type Stop = SurveyDraft["stop"];
const USUAL: Record<Stop["kind"], Stop> = { never: { kind: "never" }, answers: { kind: "answers", count: 300 }, precision: { kind: "precision", points: 5 } };

export function TimeCard({ slot, left }: { slot: Slot<SurveyDraft>; left: Slot<LeftBehind> }) {
  const { t } = useTranslation();
  const stop = part(slot, "stop");
  const stops = part(left, "stops");
  const turnTo = (kind: Stop["kind"]): void => {
    put(stops, { ...stops.value, [stop.value.kind]: stop.value });
    put(stop, stops.value[kind] ?? USUAL[kind]);
  };
  const counted = narrow(stop, (value) => value.kind === "answers");
  const precise = narrow(stop, (value) => value.kind === "precision");
  const kinds = slot.value.question.kind === "text" ? (["never", "answers"] as const) : (["never", "answers", "precision"] as const); // a text has no share to be known
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.editor.time.title")}</Text>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <TextLine slot={orOpen(part(slot, "from"))} type="date" label={t("surveys.editor.time.from")} help={t("surveys.editor.time.fromHelp")} />
          <TextLine slot={orOpen(part(slot, "to"))} type="date" label={t("surveys.editor.time.to")} help={t("surveys.editor.time.toHelp")} />
        </InlineGrid>
        <BlockStack gap="200">
          <Radios<Stop["kind"]>
            slot={{ at: stop.at, value: stop.value.kind, change: (update) => turnTo(update(stop.value.kind)) }}
            label={t("surveys.editor.time.stop")} options={kinds.map((value) => ({ value, label: t(`surveys.editor.time.stops.${value}`) }))}
          />
          {counted && <div className="regulars-indented"><Sentence text={t("surveys.editor.time.answersRule", marks("count"))} fields={{ count: <NumberField slot={part(counted, "count")} label={t("surveys.editor.time.count")} isLabelHidden /> }} /></div>}
          {precise && (
            <div className="regulars-indented">
              <Sentence text={t(slot.value.question.kind === "nps" ? "surveys.editor.time.scoreRule" : "surveys.editor.time.precisionRule", marks("points"))} fields={{ points: <NumberField slot={part(precise, "points")} label={t("surveys.editor.time.points")} isLabelHidden /> }} />
            </div>
          )}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

/** No day is an open end. */
const orOpen = ({ at, value, change }: Slot<string | null>): Slot<string> => ({ at, value: value ?? "", change: (update) => change((before) => update(before ?? "") || null) });
