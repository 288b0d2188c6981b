// One question of the shop's after a purchase: asked once, answered in a tap, thanked for with the points that were promised.
/** @jsxImportSource preact */
import { render } from "preact";
import { formatCount, t } from "./page.ts";
import { Question, Writing } from "./question.tsx";
import type { Survey } from "./survey.ts";
import { useAnswering, useSurvey, type Answering } from "./use-survey.ts";

export default function drawBlock(): void {
  render(<Block />, document.body);
}

/** Nothing, until there is something to ask: whoever is asked nothing should not see it flicker. */
function Block() {
  const survey = useSurvey();
  return survey && <Asking survey={survey} />;
}

function Asking({ survey }: { survey: Survey }) {
  const answering = useAnswering(survey);
  const { stage, sending, answer, addText, change } = answering;
  return (
    <s-section heading={survey.text}>
      <s-stack gap="base">
        {stage === "question" && survey.points > 0 && <s-text color="subdued">{t("promise", { points: formatCount(survey.points) })}</s-text>}
        {stage === "question" && <Question survey={survey} sending={sending} onAnswer={answer} />}
        <s-stack gap="small-200" accessibilityRole="status"><News survey={survey} answering={answering} /></s-stack>
        {stage === "more" && survey.followUp !== null && <Writing label={survey.followUp} isSending={sending !== null} onWrite={addText} onSkip={() => addText("")} />}
        {change !== null && <s-button variant="secondary" onClick={change}>{t("change")}</s-button>}
      </s-stack>
    </s-section>
  );
}

/** What became of it, read out as it comes. */
function News({ survey: { thanks }, answering: { stage, refusal, points } }: { survey: Survey; answering: Answering }) {
  if (refusal === "failed") return <s-text tone="critical">{t("failed")}</s-text>;
  if (refusal !== null) return <s-text>{t(refusal === "not_live" ? "closed" : "already")}</s-text>;
  if (stage === "question") return null;
  return (
    <>
      <s-text>{thanks ?? t("thanks")}</s-text>
      {points > 0 && <s-text type="strong">{t("earned", { points: formatCount(points) })}</s-text>}
    </>
  );
}
