// A survey while it is being written: what a change of one part means for the others, and what is wrong with it.
import { CHOICES_MIN, definitionSchema, type AnswerStep, type Choice, type Definition, type QuestionKind } from "../../capabilities/surveys/model/survey.ts";
import { keysOf } from "../../capabilities/surveys/rules/answers.ts";
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

type FollowUp = NonNullable<SurveyDraft["followUp"]>;
type Stop = SurveyDraft["stop"];
type Popup = NonNullable<SurveyDraft["popup"]>;

/** Kinds whose answers are counted under the same keys. */
type Family = "choices" | Exclude<QuestionKind, "single" | "several">;
const familyOf = (kind: QuestionKind): Family => (kind === "single" || kind === "several" ? "choices" : kind);
type KindParts = Pick<SurveyDraft["question"], "choices" | "isShuffled" | "lowLabel" | "highLabel"> & Pick<SurveyDraft, "steps"> & Pick<FollowUp, "after">;

/** What switches took out of the draft: switched back, it is there again, until the draft is saved or dropped. */
export type LeftBehind = {
  kinds: Partial<Record<Family, KindParts>>;
  /** a text has no follow-up, and no share to be known */
  beforeText: Pick<SurveyDraft, "followUp" | "stop"> | null;
  stops: Partial<Record<Stop["kind"], Stop>>;
  popup: Popup | null;
  seconds: Popup["seconds"];
  followUp: FollowUp | null;
  after: string[];
};
export const NOTHING_LEFT: LeftBehind = { kinds: {}, beforeText: null, stops: {}, popup: null, seconds: null, followUp: null, after: [] };

/** Before it becomes another kind. */
export const leaveKind = (left: LeftBehind, { question: { kind, choices, isShuffled, lowLabel, highLabel }, steps, followUp, stop }: SurveyDraft): LeftBehind => ({
  ...left, kinds: { ...left.kinds, [familyOf(kind)]: { choices, isShuffled, lowLabel, highLabel, steps, after: followUp?.after ?? null } }, beforeText: kind === "text" ? left.beforeText : { followUp, stop },
});

const blankChoice = (taken: readonly Choice[]): Choice => ({ id: freshId("choice", taken), text: {}, imageUrl: null });
export const withMoreChoices = (choices: readonly Choice[], count: number): Choice[] => (choices.length >= count ? [...choices] : withMoreChoices([...choices, blankChoice(choices)], count));

/** What follows from answers goes where the answers go, and comes back with them. */
export function withKind(draft: SurveyDraft, kind: QuestionKind, { kinds, beforeText }: LeftBehind): SurveyDraft {
  const { question, followUp, stop } = draft;
  if (familyOf(kind) === familyOf(question.kind)) return { ...draft, question: { ...question, kind } };
  const known = kinds[familyOf(kind)];
  const labels = isScale(kind) && isScale(question.kind) ? {} : { lowLabel: known?.lowLabel ?? null, highLabel: known?.highLabel ?? null };
  const choices = takesChoices(kind) ? withMoreChoices(known?.choices ?? question.choices, CHOICES_MIN) : [];
  const asked = { ...question, kind, ...labels, choices, isShuffled: takesChoices(kind) && (known?.isShuffled ?? false) };
  const changed = { ...draft, steps: known?.steps ?? [], question: asked };
  if (kind === "text") return { ...changed, followUp: null, stop: stop.kind === "precision" ? { kind: "never" } : stop };
  const before = question.kind === "text" ? beforeText : null;
  const reason = before?.followUp ?? followUp;
  return { ...changed, followUp: reason && fitted({ ...reason, after: known?.after ?? null }, asked), stop: stop.kind === "never" && before?.stop.kind === "precision" ? before.stop : stop };
}

/** Asked after answers that can be given, or after any. */
export function fitted(followUp: FollowUp, question: SurveyDraft["question"]): FollowUp {
  const after = followUp.after?.filter((key) => keysOf(question).includes(key)) ?? [];
  return { ...followUp, after: after.length === 0 ? null : after };
}

export function withoutChoice(draft: SurveyDraft, gone: string): SurveyDraft {
  const { question, followUp, steps } = draft;
  const after = followUp?.after?.filter((key) => key !== gone) ?? null;
  return {
    ...draft, question: { ...question, choices: question.choices.filter(({ id }) => id !== gone) }, steps: steps.filter(({ key }) => key !== gone),
    followUp: followUp && { ...followUp, after: after?.length === 0 ? null : after },
  };
}

export type StepName = "hasTag" | "hasSegment" | "opensTask" | "startsFlow";

/** An answer nothing follows from has no step. */
export function withStep(steps: readonly AnswerStep[], key: string, change: Partial<Record<StepName, boolean>>): AnswerStep[] {
  const before = steps.find((step) => step.key === key) ?? { key, hasTag: false, hasSegment: false, opensTask: false, startsFlow: false };
  const after = { ...before, ...change };
  const others = steps.filter((step) => step.key !== key);
  return after.hasTag || after.hasSegment || after.opensTask || after.startsFlow === true ? [...others, after] : others;
}
