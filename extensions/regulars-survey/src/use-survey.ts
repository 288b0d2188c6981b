// One survey on one page: asked once, answered, perhaps with a reason, thanked for.
import { useEffect, useState } from "preact/hooks";
import { findCountry, findOrderId, listShown, noteShown, onceAllowed, readNow, readToken, t } from "./page.ts";
import { readSurvey, sendAnswer, type Refusal, type Survey } from "./survey.ts";

/** Null, until there is something to ask. */
export function useSurvey(): Survey | null {
  const [survey, setSurvey] = useState<Survey | null>(null);
  useEffect(() => {
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const shown = await listShown();
      const read = await readSurvey({ locale: t("locale"), country: findCountry(), shown, now: readNow() }, readToken);
      if (read === null || !isWanted) return;
      setSurvey(read.isShuffled ? { ...read, choices: shuffled(read.choices) } : read);
      if (shown.at(-1)?.id !== read.id) await noteShown({ id: read.id, at: readNow(), isAnswered: false });
    };
    const stop = onceAllowed(() => void ask());
    return () => {
      isWanted = false;
      stop();
    };
  }, []);
  return survey;
}

const shuffled = <T>(all: readonly T[]): T[] =>
  all.map((one) => ({ one, at: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0 })).sort((a, b) => a.at - b.at).map(({ one }) => one);

/** `more`: the follow-up is on the screen; `over`: nothing is asked any more, and `refusal` says why if it was not heard. */
export type Stage = "question" | "more" | "over";
export type Answering = {
  stage: Stage;
  /** what is on its way; null: nothing */
  sending: readonly string[] | null;
  refusal: Refusal | null;
  points: number;
  answer: (choices: readonly string[], text?: string) => void;
  /** the follow-up's; empty: skipped */
  addText: (text: string) => void;
  /** back to the question, of which another answer takes the place of the first; null: the time for it is over */
  change: (() => void) | null;
};

const CHANGE_MS = 3_600_000; // within so long the app takes another answer

export function useAnswering({ id: surveyId, choices: all, followUp }: Survey): Answering {
  const [answerId] = useState(() => crypto.randomUUID());
  const [stage, setStage] = useState<Stage>("question");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [sending, setSending] = useState<readonly string[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [points, setPoints] = useState(0);
  const [isChangeable, setIsChangeable] = useState(false);
  useEffect(() => {
    if (!isChangeable) return;
    const timer = setTimeout(() => setIsChangeable(false), CHANGE_MS);
    return () => clearTimeout(timer);
  }, [isChangeable]);

  const send = async (choices: readonly string[], text: string, next: Stage): Promise<void> => {
    setSending(choices);
    setRefusal(null);
    const outcome = await sendAnswer({ surveyId, answerId, choices, text, language: t("locale"), order: findOrderId() }, readToken);
    setSending(null);
    if (outcome.ok) {
      setPoints((before) => Math.max(before, outcome.points)); // given once: the reason that comes later brings none
      setIsChangeable(true);
      setStage(next);
      await noteShown({ id: surveyId, at: readNow(), isAnswered: true });
    } else {
      setRefusal(outcome.reason);
      if (outcome.reason === "failed") return;
      setIsChangeable(false);
      setStage("over");
    }
  };
  return {
    stage, sending, refusal, points,
    answer: (choices, text = "") => {
      setChosen(choices);
      void send(choices, text, followUp !== null && all.some(({ id, asksMore }) => asksMore && choices.includes(id)) ? "more" : "over");
    },
    addText: (text) => {
      if (text !== "") return void send(chosen, text, "over");
      setRefusal(null);
      setStage("over");
    },
    change: isChangeable && stage === "over" ? () => setStage("question") : null,
  };
}
