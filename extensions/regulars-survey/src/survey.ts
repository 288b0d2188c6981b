// What the app asks here, and what it says to an answer; anything else than that is as if there were no survey.
import { askApp, countOf, fieldsOf, textOf } from "../../regulars-account/src/app.ts";
import type { Shown } from "./page.ts";

const KINDS = ["single", "several", "scale", "nps", "yes_no", "text"] as const;
export type Kind = (typeof KINDS)[number];

/** `asksMore`: after it the follow-up is asked. */
export type Choice = { id: string; text: string; image: string | null; asksMore: boolean };
/** `choices`: all that may be chosen, of a scale its numbers. `thanks`, `low` and `high` null: our own words. `points` 0: none are promised. */
export type Survey = { id: string; kind: Kind; text: string; choices: Choice[]; isShuffled: boolean; low: string | null; high: string | null; followUp: string | null; thanks: string | null; points: number };

type Token = () => Promise<string>;

const OPEN_MS = 1_800_000; // as long as the app holds a customer's

/** `shown`: by this browser before, the newest last. */
export type Visit = { locale: string; country: string | null; shown: readonly Shown[]; /** by the clock they were noted by */ now: number };

/** Null: nothing is asked. */
export async function readSurvey({ locale, country, shown, now }: Visit, token: Token): Promise<Survey | null> {
  const query = new URLSearchParams({ locale, ...(country !== null && { country }), ...toQuery(shown, now) });
  return parseSurvey(fieldsOf(await askApp(`survey?${query.toString()}`, { token })).survey);
}

function toQuery(shown: readonly Shown[], now: number): Record<string, string> {
  const last = shown.at(-1);
  if (last === undefined) return {};
  const ago = now - last.at;
  return { seen: shown.map(({ id }) => id).join(), ago: String(ago), ...(!last.isAnswered && ago < OPEN_MS && { open: last.id }) };
}

/** `answerId` is kept while the page is open: what is sent again, or sent with more to it, is the same answer. */
export type Answer = { surveyId: string; answerId: string; choices: readonly string[]; text: string; language: string; order: string | null };
/** `failed`: it may be sent again. */
export type Refusal = "failed" | "not_live" | "already_answered";
export type Outcome = { ok: true; points: number } | { ok: false; reason: Refusal };

export async function sendAnswer(answer: Answer, token: Token): Promise<Outcome> {
  const { ok, points, reason } = fieldsOf(await askApp("survey", { token, body: answer }));
  if (ok === true) return { ok, points: countOf(points) };
  return { ok: false, reason: reason === "not_live" || reason === "already_answered" ? reason : "failed" };
}

function parseSurvey(said: unknown): Survey | null {
  const { id, kind: given, text: question, choices, isShuffled, low, high, followUp, thanks, points } = fieldsOf(said);
  const [known, text, kind] = [textOf(id), textOf(question), KINDS.find((one) => one === given)];
  if (known === null || text === null || kind === undefined) return null;
  return {
    id: known, kind, text, choices: Array.isArray(choices) ? choices.map(toChoice) : [], isShuffled: isShuffled === true,
    low: textOf(low), high: textOf(high), followUp: textOf(followUp), thanks: textOf(thanks), points: countOf(points),
  };
}

function toChoice(said: unknown): Choice {
  const { id, text, image, asksMore } = fieldsOf(said);
  return { id: textOf(id) ?? "", text: textOf(text) ?? "", image: textOf(image), asksMore: asksMore === true };
}
