// Days in a table; of too few gaps none.
import { useTranslation } from "react-i18next";
import type { Replenishment } from "../../capabilities/cohorts/rules/replenishment.ts";
import { writeDays } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function Days({ days }: { days: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return days === null ? t("cohorts.products.few") : writeDays(t, formats, days);
}

export function Middle({ row: { p25, p75 } }: { row: Replenishment }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return p25 === null || p75 === null ? "–" : t("cohorts.compare.range", { low: writeDays(t, formats, p25), high: writeDays(t, formats, p75) });
}
