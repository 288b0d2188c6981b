// Which days a page is about, and what they are compared with: usual periods, or two days of one's own, by mouse or by keyboard.
import { useNavigate } from "@remix-run/react";
import { Button, Divider, OptionList, Popover } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { useState, type ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { COMPARISONS, RANGE_PRESETS, type Comparison, type Overview } from "../capabilities/analytics/model.ts";
import { useAddress } from "./address.ts";
import { OwnDates } from "./own-dates.tsx";
import { choiceOf, toParameters, type RangeChoice } from "./range-choice.ts";
import { useFormats } from "./shop-formats.tsx";
import { yearBefore } from "../capabilities/analytics/rules.ts";
import type { Day, DayRange } from "../values/day.ts";

type ControlProps = { overview: Pick<Overview, "range" | "preset" | "comparison" | "comparedWith">; today: Day; /** of the page that is about these days */ path: string };

/** What is compared with stays as it was. */
export function RangeControl({ overview, today, path }: ControlProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const choose = useChoose(path);
  const { preset, range, comparison } = overview;
  const name = preset === null ? t("analytics.ranges.custom") : t(`analytics.ranges.presets.${preset}`);
  return (
    <DaysPopover
      label={t("analytics.ranges.label")} button={t("analytics.ranges.button", { name, range: formats.range(range) })} icon={CalendarIcon} today={today} dates={range}
      options={RANGE_PRESETS.map((known) => ({ value: known, label: t(`analytics.ranges.presets.${known}`) }))} selected={preset}
      onChoose={(chosen) => choose({ preset: RANGE_PRESETS.find((known) => known === chosen) ?? "all_time", comparison })}
      onDates={(dates) => choose({ range: dates, comparison })}
    />
  );
}

/** The days stay as they were. Over all time there is nothing to choose. */
export function ComparisonControl({ overview, today, path }: ControlProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const choose = useChoose(path);
  const { comparison, comparedWith, range } = overview;
  const compareWith = (chosen: Comparison): void => choose({ ...choiceOf(overview), comparison: chosen });
  const name = t(`analytics.comparisons.${typeof comparison === "string" ? comparison : "own"}`);
  return (
    <DaysPopover
      label={t("analytics.comparisons.label")} today={today} dates={comparedWith ?? yearBefore(range)} isDisabled={overview.preset === "all_time"}
      button={overview.preset === "all_time" ? t("analytics.kpi.allTime") : comparedWith === null ? name : t("analytics.comparisons.button", { name, range: formats.range(comparedWith) })}
      options={COMPARISONS.map((known) => ({ value: known, label: t(`analytics.comparisons.${known}`) }))} selected={typeof comparison === "string" ? comparison : null}
      onChoose={(chosen) => compareWith(COMPARISONS.find((known) => known === chosen) ?? "previous")}
      onDates={compareWith}
    />
  );
}

function useChoose(path: string): (choice: RangeChoice) => void {
  const navigate = useNavigate();
  const address = useAddress();
  return (choice) => navigate(address(path, toParameters(choice)), { preventScrollReset: true });
}

type DaysPopoverProps = {
  label: string;
  button: string;
  icon?: ComponentProps<typeof Button>["icon"];
  options: { value: string; label: string }[];
  /** null: own dates */
  selected: string | null;
  dates: DayRange;
  today: Day;
  isDisabled?: boolean;
  onChoose: (value: string) => void;
  onDates: (dates: DayRange) => void;
};

function DaysPopover({ label, button, icon, options, selected, dates, today, isDisabled = false, onChoose, onDates }: DaysPopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const activator = <Button {...(icon !== undefined && { icon })} disclosure={isOpen ? "up" : "down"} disabled={isDisabled} onClick={() => setOpen(!isOpen)}>{button}</Button>;
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} ariaHaspopup="dialog" autofocusTarget="first-node" preferredAlignment="left" fluidContent>
      <div className="regulars-ranges" role="dialog" aria-label={label}>
        <OptionList
          title={label} options={options} selected={selected === null ? [] : [selected]}
          onChange={([chosen]) => {
            setOpen(false);
            onChoose(chosen ?? selected ?? "");
          }}
        />
        <Divider />
        <OwnDates
          range={dates} today={today} onCancel={() => setOpen(false)}
          onChoose={(chosen) => {
            setOpen(false);
            onDates(chosen);
          }}
        />
      </div>
    </Popover>
  );
}
