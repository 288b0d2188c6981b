// Two days of one's own, typed or picked from a calendar.
import { BlockStack, Box, Button, DatePicker, InlineGrid, InlineStack, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { parseDates, type RangeAnswer } from "./range-choice.ts";
import { parseDay, type Day, type DayRange } from "../values/day.ts";

/** `range`: where the dates begin; none may lie after `today`. */
type OwnDatesProps = { range: DayRange; today: Day; onChoose: (range: DayRange) => void; onCancel: () => void };

export function OwnDates({ range, today, onChoose, onCancel }: OwnDatesProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<{ from: string; to: string }>(range);
  const [refusal, setRefusal] = useState<{ field: string; words: string } | null>(null);
  const errorOf = (field: "from" | "to") => refusal?.field === field && refusal.words;
  const type = (field: "from" | "to") => (value: string) => {
    setTyped({ ...typed, [field]: value.trim() });
    setRefusal(null);
  };
  const show = (): void => {
    const answer = checkDates(typed, today);
    if (answer.ok && answer.range) onChoose(answer.range);
    else if (!answer.ok) setRefusal({ field: answer.field, words: t(`analytics.ranges.${WORDS[answer.reason]}`, { example: today, today }) });
  };
  return (
    <Box padding="400">
      <form onSubmit={(event) => { event.preventDefault(); show(); }} aria-label={t("analytics.ranges.custom")}>
        <BlockStack gap="300">
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <TextField label={t("analytics.ranges.from")} value={typed.from} onChange={type("from")} error={errorOf("from")} autoComplete="off" />
            <TextField label={t("analytics.ranges.to")} value={typed.to} onChange={type("to")} error={errorOf("to")} autoComplete="off" />
          </InlineGrid>
          <Calendar typed={typed} today={today} onPick={(picked) => { setTyped(picked); setRefusal(null); }} />
          <InlineStack gap="200" align="end">
            <Button onClick={onCancel}>{t("analytics.ranges.cancel")}</Button>
            <Button variant="primary" submit>{t("analytics.ranges.apply")}</Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Box>
  );
}

const WORDS = { unknown: "notADay", missing: "notADay", not_a_day: "notADay", reversed: "reversed", ahead: "ahead" } as const;

function checkDates(typed: { from: string; to: string }, today: Day): RangeAnswer {
  const answer = parseDates(typed);
  return answer.ok && answer.range && answer.range.to > today ? { ok: false, field: "to", reason: "ahead" } : answer;
}

/** Polaris' calendar speaks of the browser's own days; ours are text, so a zone can never shift them. */
function Calendar({ typed, today, onPick }: { typed: { from: string; to: string }; today: Day; onPick: (picked: { from: Day; to: Day }) => void }) {
  const answer = parseDates(typed);
  const selected = answer.ok && answer.range ? answer.range : null;
  const [shown, setShown] = useState(() => monthShown(selected?.to ?? today));
  return (
    <DatePicker
      {...shown}
      onMonthChange={(month, year) => setShown({ month, year })}
      {...(selected ? { selected: { start: toLocal(selected.from), end: toLocal(selected.to) } } : {})}
      disableDatesAfter={toLocal(today)}
      allowRange
      onChange={({ start, end }) => onPick({ from: fromLocal(start), to: fromLocal(end) })}
    />
  );
}

const monthShown = (day: Day) => ({ month: Number(day.slice(5, 7)) - 1, year: Number(day.slice(0, 4)) });
const toLocal = (day: Day): Date => new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8)));
const fromLocal = (date: Date): Day =>
  parseDay(`${String(date.getFullYear()).padStart(4, "0")}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`);
