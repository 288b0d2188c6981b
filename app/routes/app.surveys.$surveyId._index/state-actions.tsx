// What can be done with a survey as a whole: started, paused, ended, copied, deleted. The first of them asks before it does.
import { useNavigate } from "@remix-run/react";
import type { PageProps } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyRefusal } from "../../capabilities/surveys/model/survey.ts";
import { useAddress } from "../../ui/address.ts";
import { ConfirmModal } from "../../ui/surveys/confirm-modal.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import type { EditorData } from "./editor-view.ts";
import { StartModal } from "./start-modal.tsx";

type Asked = "start" | "end" | "delete";
type Writing = { isUnsaved: boolean; isSaving: boolean; save: () => void };

export type StateActions = {
  page: Pick<PageProps, "primaryAction" | "secondaryActions">;
  asked: Asked | null;
  close: () => void;
  duplicate: () => void;
  refusal: SurveyRefusal | null;
};

export function useStateActions({ id, state, isStarted, definition: { name } }: EditorData, { isUnsaved, isSaving, save }: Writing): StateActions {
  const { t } = useTranslation();
  const address = useAddress();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { send, isSending, refusal } = useSurveyWish((answer) => void (answer.done === "duplicate" && answer.id !== null && navigate(address(`/app/surveys/${answer.id}`))));
  const duplicate = (): void => send({ intent: "duplicate", id, newId: crypto.randomUUID(), name: t("surveys.copyName", { name }) });
  const change = (to: "live" | "paused") => () => send({ intent: "change", id, to });
  const others = [
    ...(isStarted ? [{ content: t("surveys.actions.results"), url: address(`/app/surveys/${id}/results`) }] : []),
    ...(state === "live" ? [{ content: t("surveys.actions.pause"), loading: isSending, onAction: change("paused") }] : []),
    ...(state === null ? [] : [{ content: t("surveys.actions.duplicate"), onAction: duplicate }]),
    ...(state === "live" || state === "paused" ? [{ content: t("surveys.actions.end"), destructive: true, onAction: () => setAsked("end") }] : []),
    ...(state === "draft" || state === "ended" ? [{ content: t("surveys.actions.delete"), destructive: true, onAction: () => setAsked("delete") }] : []),
  ];
  const first = state === null ? { content: t("surveys.actions.saveDraft"), loading: isSaving, onAction: save }
    : state === "draft" ? { content: t("surveys.actions.start"), disabled: isUnsaved, ...(isUnsaved && { helpText: t("surveys.editor.saveFirst") }), onAction: () => setAsked("start") }
      : state === "paused" ? { content: t("surveys.actions.resume"), disabled: isUnsaved, loading: isSending, onAction: change("live") } : null;
  return { page: { secondaryActions: others, ...(first !== null && { primaryAction: first }) }, asked, close: () => setAsked(null), duplicate, refusal };
}

export function StateModals({ data, actions: { asked, close } }: { data: EditorData; actions: StateActions }) {
  const address = useAddress();
  const navigate = useNavigate();
  if (asked === null) return null;
  if (asked === "start") return <StartModal data={data} onClose={close} />;
  return <ConfirmModal act={asked} survey={{ id: data.id, name: data.definition.name }} onClose={close} onDone={() => void (asked === "delete" && navigate(address("/app/surveys")))} />;
}
