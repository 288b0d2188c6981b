// How far a goal has come: from its start to its target, with the place where its line runs today.
import { Badge, BlockStack, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Track } from "../../capabilities/targets/model.ts";
import { useFormats } from "../shop-formats.tsx";
import { writeMeasure, writeStanding, writeValue } from "./target-words.ts";
import "./targets.css";

const TONES = { ahead: "success", reached: "success", level: "info", behind: "warning", missed: "critical", unknown: "new" } as const;

export function TrackLine({ track }: { track: Track }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { goal, value, asOf, lineValue, standing } = track;
  const write = (figure: number): string => writeValue(goal.name, figure, formats);
  return (
    <BlockStack gap="150">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <Text as="h3" variant="bodyMd" fontWeight="semibold">{writeMeasure(t, goal)}</Text>
        <Badge {...(standing === "unknown" ? {} : { tone: TONES[standing] })}>{writeStanding(t, track, formats)}</Badge>
      </InlineStack>
      <Bar track={track} />
      <Text as="p" tone="subdued">
        {value === null ? t("targets.track.noFigure", { target: write(goal.target), day: formats.day(goal.dueOn) }) : t(standing === "missed" || standing === "reached" ? "targets.track.stood" : "targets.track.stands", { value: write(value), asOf: formats.day(asOf), line: write(lineValue), target: write(goal.target), day: formats.day(goal.dueOn) })}
      </Text>
    </BlockStack>
  );
}

/** The words beside it say the same. */
function Bar({ track: { goal, value, lineValue } }: { track: Track }) {
  const span = goal.target - goal.startValue;
  const percent = (figure: number): number => (span === 0 ? 100 : Math.min(100, Math.max(0, ((figure - goal.startValue) / span) * 100)));
  return (
    <div className="target-bar" aria-hidden="true">
      <div className="target-bar-done" style={{ inlineSize: `${value === null ? 0 : percent(value)}%` }} />
      <div className="target-bar-line" style={{ insetInlineStart: `${percent(lineValue)}%` }} />
    </div>
  );
}
