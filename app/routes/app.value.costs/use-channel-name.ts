// A channel of costs in the merchant's words.
import { useTranslation } from "react-i18next";
import { toLocale } from "../../i18n/locales.ts";
import { writeTraitValue } from "../../ui/cohort-words.ts";

/** Sales channels as elsewhere, any other by its own name; "" is not divided. */
export function useChannelName(): (channel: string) => string {
  const { t, i18n } = useTranslation();
  return (channel) => (channel === "" ? t("cohorts.costs.undivided") : writeTraitValue({ kind: "channel", value: channel }, { t, locale: toLocale(i18n.language) ?? "en", titles: NO_TITLES }));
}

const NO_TITLES = { product: {}, collection: {} };
