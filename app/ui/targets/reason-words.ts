// Why a target is suggested, in words with the shop's own figures.
import type { TFunction } from "i18next";
import type { Formats } from "../../i18n/formats.ts";
import type { Suggestion } from "../../capabilities/targets/model.ts";
import { writeValue } from "./target-words.ts";

export function writeReason(t: TFunction, { measure, target, reason }: Suggestion, formats: Formats): string {
  switch (reason.code) {
    case "quartile": case "best": case "hold": case "hold_today": {
      return t(`targets.reasons.${reason.code}`, { target: target === null ? "" : writeValue(measure.name, target, formats), reached: formats.count(reason.reached), of: formats.count(reason.of), from: formats.month(reason.from), to: formats.month(reason.to) });
    }
    case "too_short": return t("targets.reasons.too_short", { have: formats.count(reason.have), need: formats.count(reason.need) });
    case "cycle_too_long": return t("targets.reasons.cycle_too_long", { days: formats.count(reason.medianDays) });
    case "no_rhythm": return t("targets.reasons.no_rhythm");
    case "too_few_return": return t("targets.reasons.too_few_return");
  }
}
