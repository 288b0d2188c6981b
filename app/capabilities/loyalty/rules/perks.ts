// Which discounts the tiers of a programme bring.
import type { Programme, ProgrammeState } from "../model/programme.ts";
import { wordsIn } from "../../../values/words.ts";

export type PerkKind = "percent_off" | "free_shipping";
/** `terms`: what it gives, in a form that changes when it changes. `title` is read by shoppers at checkout. */
export type Perk = { tierId: string; kind: PerkKind; percent: number | null; title: string; terms: string };

/** While the programme is not live there are none. */
export function perksOf(programme: Programme, state: ProgrammeState, language: string): Perk[] {
  if (state !== "live") return [];
  return (programme.tiers?.levels ?? []).flatMap(({ id: tierId, title: words, percentOff, hasFreeShipping }): Perk[] => {
    const title = wordsIn(words, language);
    return [
      ...(percentOff > 0 ? [{ tierId, kind: "percent_off" as const, percent: percentOff, title: `${title} −${percentOff}%`, terms: `${percentOff} ${title}` }] : []),
      ...(hasFreeShipping ? [{ tierId, kind: "free_shipping" as const, percent: null, title, terms: title }] : []),
    ];
  });
}
