// A survey while it is being written: what a change of one part means for the others, and what is wrong with it.
import { CHOICES_MIN, definitionSchema, type AnswerStep, type Choice, type Definition, type QuestionKind } from "../../capabilities/surveys/model/survey.ts";
import { faultsOf, firstDayFault, lastDayFault, type Loose, type OwnFault, type ReadDraft } from "../../ui/forms/faults.ts";
import { freshId } from "../../ui/forms/fresh-id.ts";

export type SurveyDraft = Loose<Definition>;

export function readSurvey(draft: unknown): ReadDraft<Definition> {
  const read = definitionSchema.safeParse(draft);
  return read.success ? { ok: true, value: read.data } : { ok: false, faults: faultsOf(read.error.issues, draft, ownFault) };
}

const ownFault: OwnFault = ({ code, path }, found) => {
  const { place, value, plain } = found;
  if (code === "invalid_format") return place.endsWith(".imageUrl") ? plain("not_an_address") : place.includes(".paths.") ? plain("not_a_path", null, "popup.paths") : plain(value === "" ? "missing" : "bad_id");
  switch (path.at(-1)) {
    case "from": return firstDayFault(found);
    case "to": return lastDayFault(found);
    case "choices": return plain("not_enough", CHOICES_MIN);
    case "popup": return plain("nowhere");
    case "text": case "lowLabel": case "highLabel": case "thanks": return plain("no_words");
    default: return plain(value === "" ? "missing" : "wrong");
  }
};

export const takesChoices = (kind: QuestionKind): boolean => kind === "single" || kind === "several";
export const isScale = (kind: QuestionKind): boolean => kind === "scale" || kind === "nps";

const blankChoice = (taken: readonly Choice[]): Choice => ({ id: freshId("choice", taken), text: {}, imageUrl: null });
export const withMoreChoices = (choices: readonly Choice[], count: number): Choice[] => (choices.length >= count ? [...choices] : withMoreChoices([...choices, blankChoice(choices)], count));

/** What follows from answers goes where the answers go. */
export function withKind(draft: SurveyDraft, kind: QuestionKind): SurveyDraft {
  const { question, followUp, stop } = draft;
  if (takesChoices(kind) && takesChoices(question.kind)) return { ...draft, question: { ...question, kind } };
  const labels = isScale(kind) && isScale(question.kind) ? {} : { lowLabel: null, highLabel: null };
  return {
    ...draft, steps: [], question: { ...question, kind, ...labels, choices: takesChoices(kind) ? withMoreChoices(question.choices, CHOICES_MIN) : [], isShuffled: false },
    followUp: kind === "text" ? null : followUp && { ...followUp, after: null },
    stop: kind === "text" && stop.kind === "precision" ? { kind: "never" } : stop,
  };
}

export function withoutChoice(draft: SurveyDraft, gone: string): SurveyDraft {
  const { question, followUp, steps } = draft;
  const after = followUp?.after?.filter((key) => key !== gone) ?? null;
  return {
    ...draft, question: { ...question, choices: question.choices.filter(({ id }) => id !== gone) }, steps: steps.filter(({ key }) => key !== gone),
    followUp: followUp && { ...followUp, after: after?.length === 0 ? null : after },
  };
}

export type StepName = "hasTag" | "hasSegment" | "opensTask";

/** An answer nothing follows from has no step. */
export function withStep(steps: readonly AnswerStep[], key: string, change: Partial<Record<StepName, boolean>>): AnswerStep[] {
  const before = steps.find((step) => step.key === key) ?? { key, hasTag: false, hasSegment: false, opensTask: false };
  const after = { ...before, ...change };
  const others = steps.filter((step) => step.key !== key);
  return after.hasTag || after.hasSegment || after.opensTask ? [...others, after] : others;
}
