// Surveys in the shape their list shows them.
import type { EndReason, Survey, SurveyState } from "../../capabilities/surveys/model/survey.ts";
import { dayAt, type Day } from "../../values/day.ts";
import type { Words } from "../../values/words.ts";

export type SurveyRow = {
  id: string;
  state: SurveyState;
  name: string;
  question: Words;
  /** where it asks; a pop-up, inside a page, on Shopify's pages after an order. Words: `surveys.places.<place>` */
  places: ("popup" | "page" | "order")[];
  asked: number;
  answered: number;
  /** it has been live */
  isStarted: boolean;
  /** while it is not over: its first and last day */
  from: Day | null;
  to: Day | null;
  ended: { on: Day; reason: EndReason } | null;
};

export const toSurveyRow = ({ id, state, asked, answered, startedAt, endedAt, endReason, definition: { name, question, popup, isInPage, isOnOrder, from, to } }: Survey, timeZone: string): SurveyRow => ({
  id, state, name, question: question.text, asked, answered, isStarted: startedAt !== null, from, to,
  ended: endedAt === null || endReason === null ? null : { on: dayAt(endedAt, timeZone), reason: endReason },
  places: [...(popup ? ["popup" as const] : []), ...(isInPage ? ["page" as const] : []), ...(isOnOrder ? ["order" as const] : [])],
});
