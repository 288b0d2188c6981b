// How long ago, in words: today, or so many days.
import type { TFunction } from "i18next";

export const writeDaysAgo = (t: TFunction, days: number): string => (days === 0 ? t("segments.list.today") : t("segments.list.daysAgo", { count: days }));
