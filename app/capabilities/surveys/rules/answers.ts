// Which answers a question takes, and under which key each is counted.
import type { Definition, Question } from "../model/survey.ts";

export const SCALE = ["1", "2", "3", "4", "5"] as const;
export const NPS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;
export const NPS_GROUPS = ["detractor", "passive", "promoter"] as const;
export type NpsGroup = (typeof NPS_GROUPS)[number];
/** Of a text: somebody wrote one. */
export const WROTE = "wrote";

/** 9 and 10 promote, 7 and 8 do neither, the rest detracts (Reichheld 2003). */
export const npsGroupOf = (score: string): NpsGroup => (Number(score) >= 9 ? "promoter" : Number(score) >= 7 ? "passive" : "detractor");

/** What may be chosen, in order. */
export function optionsOf({ kind, choices }: Question): readonly string[] {
  switch (kind) {
    case "single":
    case "several": return choices.map(({ id }) => id);
    case "scale": return SCALE;
    case "nps": return NPS;
    case "yes_no": return ["yes", "no"];
    case "text": return [];
  }
}

/** Under which keys answers are counted, compared and acted on; of NPS the three groups. */
export const keysOf = (question: Question): readonly string[] => (question.kind === "nps" ? NPS_GROUPS : question.kind === "text" ? [WROTE] : optionsOf(question));

/** The keys of one answer: several, where several may be chosen. */
export function keysOfAnswer({ kind }: Question, choices: readonly string[]): readonly string[] {
  if (kind === "text") return [WROTE];
  return kind === "nps" ? choices.map(npsGroupOf) : choices;
}

/** Null: the question takes no such answer. What is left of it otherwise: choices in the question's order, each once, and the text without blanks around. */
export function toAnswer({ question, followUp }: Pick<Definition, "question" | "followUp">, { choices, text }: { choices: readonly string[]; text: string }): { choices: string[]; text: string } | null {
  const written = text.trim();
  if (question.kind === "text") return choices.length === 0 && written !== "" ? { choices: [], text: written } : null;
  const options = optionsOf(question);
  const chosen = options.filter((option) => choices.includes(option));
  const isWhole = chosen.length === new Set(choices).size && chosen.length > 0 && (question.kind === "several" || chosen.length === 1);
  if (!isWhole) return null;
  return { choices: chosen, text: followUp !== null && asksOn({ question, followUp }, chosen) ? written : "" };
}

/** Whether the follow-up is asked after these. */
export const asksOn = ({ question, followUp }: Pick<Definition, "question" | "followUp">, choices: readonly string[]): boolean =>
  followUp !== null && question.kind !== "text" && (followUp.after === null || keysOfAnswer(question, choices).some((key) => followUp.after?.includes(key)));
