// What the theme is told of surveys. Shapes: docs/storefront.md.
import type { Day } from "../../../values/day.ts";
import { inEachLanguage } from "../../../values/words.ts";
import type { Definition, Survey } from "../model/survey.ts";

type Known = { /** what the programme gives for an answer; 0: nothing */ points: number; /** what Shopify's customers of the audience's segment are tagged with; null: the app says who is in it */ segmentTag: string | null };

/** One live survey as Liquid reads it. */
export function toPublicSurvey({ id, definition }: Pick<Survey, "id" | "definition">, { points, segmentTag }: Known) {
  const { question, followUp, thanks, audience, popup, isInPage, from, to, earnsPoints } = definition;
  return {
    id, kind: question.kind, text: inEachLanguage(question.text), isShuffled: question.isShuffled,
    choices: question.choices.map(({ id: choice, text, imageUrl }) => ({ id: choice, text: inEachLanguage(text), image: imageUrl })),
    low: question.lowLabel && inEachLanguage(question.lowLabel), high: question.highLabel && inEachLanguage(question.highLabel),
    followUp: followUp && { text: inEachLanguage(followUp.text), after: followUp.after },
    thanks: thanks && inEachLanguage(thanks), points: earnsPoints ? points : 0,
    who: audience.who, orders: audience.orders, tierIds: audience.tierIds, hasSegment: audience.segmentId !== null, tag: audience.segmentId === null ? null : segmentTag, languages: audience.languages, countries: audience.countries,
    from, to, popup, isInPage,
  };
}

/** At the customer: whom the theme need not ask. `done`: surveys they have been asked; `quietUntil`: no pop-up before this day. */
export type AskedDocument = { done: string[]; quietUntil: Day | null };

export const isBlockedByDates = ({ from, to }: Pick<Definition, "from" | "to">, today: Day): boolean => (from !== null && today < from) || (to !== null && today > to);
