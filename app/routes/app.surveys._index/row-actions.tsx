// What can be done with one survey of the list.
import { ActionList, Button, Popover, type ActionListItemDescriptor } from "@shopify/polaris";
import { MenuHorizontalIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { ConfirmModal } from "../../ui/surveys/confirm-modal.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import type { SurveyRow } from "./survey-rows.ts";

export function RowActions({ row }: { row: SurveyRow }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<"end" | "delete" | null>(null);
  const items = useItems(row, setAsked);
  return (
    <>
      <Popover active={isOpen} onClose={() => setOpen(false)} activator={<Button icon={MenuHorizontalIcon} variant="tertiary" accessibilityLabel={t("surveys.list.actionsOf", { name: row.name })} onClick={() => setOpen(!isOpen)} />}>
        <ActionList items={items} onActionAnyItem={() => setOpen(false)} />
      </Popover>
      {asked !== null && <ConfirmModal act={asked} survey={row} onClose={() => setAsked(null)} />}
    </>
  );
}

function useItems({ id, name, state, isStarted }: SurveyRow, ask: (act: "end" | "delete") => void): ActionListItemDescriptor[] {
  const { t } = useTranslation();
  const address = useAddress();
  const { send } = useSurveyWish();
  const isRunning = state === "live" || state === "paused";
  const duplicate = (): void => send({ intent: "duplicate", id, newId: crypto.randomUUID(), name: t("surveys.copyName", { name }) });
  return [
    ...(isStarted ? [{ content: t("surveys.actions.results"), url: address(`/app/surveys/${id}/results`) }] : []),
    { content: t(state === "ended" ? "surveys.actions.look" : "surveys.actions.edit"), url: address(`/app/surveys/${id}`) },
    { content: t("surveys.actions.duplicate"), onAction: duplicate },
    ...(state === "live" ? [{ content: t("surveys.actions.pause"), onAction: () => send({ intent: "change", id, to: "paused" }) }] : []),
    ...(state === "paused" ? [{ content: t("surveys.actions.resume"), onAction: () => send({ intent: "change", id, to: "live" }) }] : []),
    isRunning ? { content: t("surveys.actions.end"), destructive: true, onAction: () => ask("end") } : { content: t("surveys.actions.delete"), destructive: true, onAction: () => ask("delete") },
  ];
}
