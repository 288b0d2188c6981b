// The pop-up as somebody answers in it: question, reason, thanks. Nothing is sent.
import type { TFunction } from "i18next";
import { useId, useState } from "react";
import { asksOn, optionsOf } from "../../capabilities/surveys/rules/answers.ts";
import { wordsIn, type Language } from "../../values/words.ts";
import type { Visible } from "./preview.tsx";

type Voice = { /** in the shopper's language */ t: TFunction; language: Language };
type Step = "question" | "reason" | "end";
type CardProps = { survey: Visible; voice: Voice };

export function PreviewCard({ survey, voice }: CardProps) {
  const { t, language } = voice;
  const [step, setStep] = useState<Step>("question");
  const answer = (choices: readonly string[]): void => setStep(asksOn(survey, choices) ? "reason" : "end");
  return (
    <>
      <span className="regulars-popup-close" aria-hidden="true">×</span>
      {step === "question" && <Question survey={survey} voice={voice} onAnswer={answer} />}
      {step === "reason" && <Reason text={survey.followUp === null ? "" : wordsIn(survey.followUp.text, language)} voice={voice} onEnd={() => setStep("end")} />}
      {step === "end" && (
        <>
          <p className="regulars-popup-question">{survey.thanks === null ? t("surveys.preview.shopper.thanks") : wordsIn(survey.thanks, language)}</p>
          {survey.points > 0 && <p className="regulars-popup-quiet">{t("surveys.preview.shopper.got", { count: survey.points })}</p>}
        </>
      )}
    </>
  );
}

type Answering = CardProps & { onAnswer: (choices: readonly string[]) => void };

function Question({ survey, voice, onAnswer }: Answering) {
  const { t, language } = voice;
  return (
    <>
      <p className="regulars-popup-question">{wordsIn(survey.question.text, language) || t("surveys.preview.shopper.empty")}</p>
      {survey.points > 0 && <p className="regulars-popup-quiet">{t("surveys.preview.shopper.promise", { count: survey.points })}</p>}
      <Answers survey={survey} voice={voice} onAnswer={onAnswer} />
    </>
  );
}

function Answers({ survey, voice, onAnswer }: Answering) {
  const { question } = survey;
  switch (question.kind) {
    case "single": return <div className="regulars-popup-choices">{question.choices.map((choice) => <button key={choice.id} type="button" className="regulars-popup-choice" onClick={() => onAnswer([choice.id])}><Said choice={choice} voice={voice} /></button>)}</div>;
    case "several": return <Several survey={survey} voice={voice} onAnswer={onAnswer} />;
    case "scale":
    case "nps": return <Scale survey={survey} voice={voice} onAnswer={onAnswer} />;
    case "yes_no": return <div className="regulars-popup-pair">{(["yes", "no"] as const).map((one) => <button key={one} type="button" className="regulars-popup-choice" onClick={() => onAnswer([one])}>{voice.t(`surveys.preview.shopper.${one}`)}</button>)}</div>;
    case "text": return <Writing label={wordsIn(question.text, voice.language)} voice={voice} onSend={() => onAnswer([])} />;
  }
}

type Question = Visible["question"];
/** Not yet while it is typed. */
const isShown = (imageUrl: string | null): imageUrl is string => imageUrl !== null && /^https:\/\/[^/]+\/./.test(imageUrl);

function Said({ choice: { text, imageUrl }, voice: { t, language } }: { choice: Question["choices"][number]; voice: Voice }) {
  return (
    <>
      {isShown(imageUrl) && <img src={imageUrl} alt="" width="64" height="48" loading="lazy" />}
      <span>{wordsIn(text, language) || t("surveys.preview.shopper.empty")}</span>
    </>
  );
}

function Several({ survey: { question }, voice, onAnswer }: Answering) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const toggle = (id: string): void => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <>
      <p className="regulars-popup-quiet">{voice.t("surveys.preview.shopper.several")}</p>
      <div className="regulars-popup-choices">
        {question.choices.map((choice) => (
          <label key={choice.id} className="regulars-popup-choice">
            <input type="checkbox" checked={chosen.includes(choice.id)} onChange={() => toggle(choice.id)} />
            <Said choice={choice} voice={voice} />
          </label>
        ))}
      </div>
      <div className="regulars-popup-doors"><button type="button" className="regulars-popup-button is-strong" disabled={chosen.length === 0} onClick={() => onAnswer(chosen)}>{voice.t("surveys.preview.shopper.send")}</button></div>
    </>
  );
}

function Scale({ survey: { question }, voice: { t, language }, onAnswer }: Answering) {
  const options = optionsOf(question);
  const isNps = question.kind === "nps";
  const low = question.lowLabel === null ? t(isNps ? "surveys.preview.shopper.unlikely" : "surveys.preview.shopper.low") : wordsIn(question.lowLabel, language);
  const high = question.highLabel === null ? t(isNps ? "surveys.preview.shopper.likely" : "surveys.preview.shopper.high") : wordsIn(question.highLabel, language);
  return (
    <>
      <div className={`regulars-popup-scale${isNps ? "" : " is-short"}`}>{options.map((score) => <button key={score} type="button" className="regulars-popup-choice" onClick={() => onAnswer([score])}>{score}</button>)}</div>
      <p className="regulars-popup-ends"><span>{`${options[0] ?? ""} ${low}`}</span><span>{`${options.at(-1) ?? ""} ${high}`}</span></p>
    </>
  );
}

function Reason({ text, voice, onEnd }: { text: string; voice: Voice; onEnd: () => void }) {
  return (
    <>
      <p className="regulars-popup-question">{text || voice.t("surveys.preview.shopper.empty")}</p>
      <Writing label={text} voice={voice} onSend={onEnd} onSkip={onEnd} />
    </>
  );
}

function Writing({ label, voice: { t }, onSend, onSkip }: { label: string; voice: Voice; onSend: () => void; onSkip?: () => void }) {
  const id = useId();
  return (
    <>
      <label className="regulars-hidden" htmlFor={id}>{label || t("surveys.preview.shopper.empty")}</label>
      <textarea id={id} className="regulars-popup-text" rows={3} />
      <div className="regulars-popup-doors">
        <button type="button" className="regulars-popup-button is-strong" onClick={onSend}>{t("surveys.preview.shopper.send")}</button>
        {onSkip && <button type="button" className="regulars-popup-button" onClick={onSkip}>{t("surveys.preview.shopper.skip")}</button>}
      </div>
    </>
  );
}
