// The whole survey as a form, the pop-up beside it as it will look, and the way to start it.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Definition, KeyField, SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";
import { useAddress } from "../../ui/address.ts";
import { part, type Slot } from "../../ui/forms/slot.ts";
import { useDraft, type Desk } from "../../ui/forms/use-draft.ts";
import { WritingDesk } from "../../ui/forms/writing.tsx";
import { SurveyPreview } from "../../ui/surveys/preview.tsx";
import { StateBadge } from "../../ui/surveys/state-badge.tsx";
import { showToast } from "../../ui/toast.ts";
import { UnsavedBar } from "../../ui/unsaved-bar.tsx";
import { useAnswer } from "../../ui/use-answer.ts";
import { AudienceCard } from "./audience-card.tsx";
import type { EditorData } from "./editor-view.ts";
import { editorPath, type EditorAnswer } from "./editor-wish.ts";
import { FollowUpCard } from "./follow-up-card.tsx";
import { PointsCard } from "./points-card.tsx";
import { QuestionCard } from "./question-card.tsx";
import { StateModals, useStateActions } from "./state-actions.tsx";
import { StepsCard } from "./steps-card.tsx";
import { NOTHING_LEFT, readSurvey, type LeftBehind } from "./survey-draft.ts";
import { TimeCard } from "./time-card.tsx";
import { WhereCard } from "./where-card.tsx";
import "./editor.css";

export function EditorPage({ data }: { data: EditorData }) {
  const { t } = useTranslation();
  const address = useAddress();
  const { id, state, definition, points, currency, titles } = data;
  const desk = useDraft<Definition>(definition, { read: readSurvey, currency, titles });
  const [left, setLeft] = useState(NOTHING_LEFT);
  const forget = (): void => setLeft(NOTHING_LEFT);
  const { isSaving, save, refusal } = useSaving(desk, id, forget);
  const discard = (): void => {
    desk.discard();
    forget();
  };
  const actions = useStateActions(data, { isUnsaved: desk.isUnsaved, isSaving, save });
  const draft = desk.slot.value;
  const isOver = state === "ended";
  return (
    <Page
      title={draft.name.trim() || t("surveys.editor.newTitle")} subtitle={state === null ? t("surveys.editor.notSaved") : t(`surveys.stateBody.${state}`)} {...(state !== null && { titleMetadata: <StateBadge state={state} /> })}
      backAction={{ content: t("surveys.list.title"), url: address("/app/surveys") }} {...actions.page}
    >
      <WritingDesk {...desk.writing}>
        <BlockStack gap="400">
          {desk.faultCount > 0 && <Banner tone="critical"><p>{t("frame.form.faulty", { count: desk.faultCount })}</p></Banner>}
          {[refusal, actions.refusal && { reason: actions.refusal }].map((refused) => refused && <Refusal key={refused.reason} {...refused} />)}
          {(isOver || data.isFixed) && (
            <Banner tone="info" title={t(isOver ? "surveys.editor.over" : "surveys.editor.fixed")} action={{ content: t("surveys.actions.duplicate"), onAction: actions.duplicate }}>
              <p>{t(isOver ? "surveys.editor.overBody" : "surveys.editor.fixedBody")}</p>
            </Banner>
          )}
          <div className="regulars-beside">
            <fieldset className="regulars-plain-set" disabled={isOver}><Sections desk={desk} left={{ at: "", value: left, change: setLeft }} data={data} /></fieldset>
            <div className="regulars-beside-fixed">
              <Card><SurveyPreview survey={{ question: draft.question, followUp: draft.followUp, thanks: draft.thanks, points: draft.earnsPoints ? points : 0 }} /></Card>
            </div>
          </div>
        </BlockStack>
      </WritingDesk>
      <StateModals data={data} actions={actions} />
      <UnsavedBar isUnsaved={desk.isUnsaved} isSaving={isSaving} savedPath={`/app/surveys/${id}`} onSave={save} onDiscard={discard} />
    </Page>
  );
}

function useSaving({ attempt, keep }: Desk<Definition>, id: string, onKept: () => void) {
  const { t } = useTranslation();
  const fetcher = useFetcher<EditorAnswer>();
  const [sent, setSent] = useState("");
  useAnswer(fetcher.data, () => {
    keep(sent);
    onKept();
    showToast(t("surveys.editor.saved"));
  });
  const save = (): void => {
    const written = attempt();
    if (written === null) return;
    setSent(written);
    void fetcher.submit({ survey: written }, { method: "post", action: editorPath(id) });
  };
  const isSaving = fetcher.state !== "idle";
  return { isSaving, save, refusal: !isSaving && fetcher.data?.ok === false && fetcher.data.reason !== null ? { ...fetcher.data, reason: fetcher.data.reason } : null };
}

function Refusal({ reason, field = "steps" }: { reason: SurveyRefusal; field?: KeyField }) {
  const { t } = useTranslation();
  return <Banner tone="critical"><p>{t(`surveys.refused.${reason}`, { field: t(field === "steps" ? "surveys.editor.steps.title" : "surveys.editor.followUp.after") })}</p></Banner>;
}

function Sections({ desk: { slot }, left, data }: { desk: Desk<Definition>; left: Slot<LeftBehind>; data: EditorData }) {
  return (
    <BlockStack gap="400">
      <QuestionCard slot={slot} left={left} isFixed={data.isFixed} />
      <FollowUpCard slot={slot} left={left} />
      <WhereCard slot={slot} left={left} link={data.link} />
      <AudienceCard slot={part(slot, "audience")} data={data} />
      <TimeCard slot={slot} left={left} />
      <PointsCard slot={part(slot, "earnsPoints")} points={data.points} />
      <StepsCard slot={slot} />
    </BlockStack>
  );
}
