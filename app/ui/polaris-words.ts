// Polaris' own strings in the reader's language.
import type { AppProviderProps } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

type PolarisWords = AppProviderProps["i18n"];

export function usePolarisWords(): PolarisWords {
  const { i18n } = useTranslation();
  const words = i18n.getResourceBundle(i18n.language, "polaris") as PolarisWords; // loaded beside our own words, in Polaris' own shape
  return [shortWeekdays(i18n.language), words].flat();
}

const SUNDAY = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Polaris' Japanese calendar writes whole weekday names over columns of two digits. */
function shortWeekdays(locale: string) {
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return { Polaris: { DatePicker: { daysAbbreviated: Object.fromEntries(WEEKDAYS.map((name, index) => [name, format.format(SUNDAY + index * DAY_MS)])) } } };
}
