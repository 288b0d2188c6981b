// Which days a page is about: five usual periods, or two days of one's own, by mouse or by keyboard.
import { useNavigate } from "@remix-run/react";
import { BlockStack, Box, Button, DatePicker, Divider, InlineGrid, InlineStack, OptionList, Popover, TextField } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { RANGE_PRESETS, type Overview, type RangePreset } from "../capabilities/analytics/model.ts";
import { useAddress } from "./address.ts";
import { parseDates, toParameters, type RangeAnswer, type RangeChoice } from "./range-choice.ts";
import { useFormats } from "./shop-formats.tsx";
import { parseDay, type Day } from "../values/day.ts";

export function RangeControl({ overview, today, path }: { overview: Pick<Overview, "range" | "preset">; today: Day; /** of the page that is about these days */ path: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const address = useAddress();
  const [isOpen, setOpen] = useState(false);
  const name = overview.preset === null ? t("analytics.ranges.custom") : t(`analytics.ranges.presets.${overview.preset}`);
  const choose = (choice: RangeChoice): void => {
    setOpen(false);
    navigate(address(path, toParameters(choice)), { preventScrollReset: true });
  };
  const activator = (
    <Button icon={CalendarIcon} disclosure={isOpen ? "up" : "down"} onClick={() => setOpen(!isOpen)}>
      {t("analytics.ranges.button", { name, range: formats.range(overview.range) })}
    </Button>
  );
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} ariaHaspopup="dialog" autofocusTarget="first-node" preferredAlignment="left" fluidContent>
      <div className="regulars-ranges" role="dialog" aria-label={t("analytics.ranges.label")}>
        <OptionList
          title={t("analytics.ranges.label")}
          options={RANGE_PRESETS.map((preset) => ({ value: preset, label: t(`analytics.ranges.presets.${preset}`) }))}
          selected={overview.preset === null ? [] : [overview.preset]}
          onChange={([preset]) => {
            const chosen = RANGE_PRESETS.find((known): known is RangePreset => known === preset);
            if (chosen) choose({ preset: chosen });
          }}
        />
        <Divider />
        <OwnDates range={overview.range} today={today} onChoose={choose} onCancel={() => setOpen(false)} />
      </div>
    </Popover>
  );
}

type OwnDatesProps = { range: { from: Day; to: Day }; today: Day; onChoose: (choice: RangeChoice) => void; onCancel: () => void };

function OwnDates({ range, today, onChoose, onCancel }: OwnDatesProps) {
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
    if (answer.ok) onChoose(answer);
    else setRefusal({ field: answer.field, words: t(`analytics.ranges.${WORDS[answer.reason]}`, { example: today, today }) });
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

function checkDates(typed: { from: string; to: string }, today: Day): RangeAnswer | { ok: false; field: "to"; reason: "ahead" } {
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
