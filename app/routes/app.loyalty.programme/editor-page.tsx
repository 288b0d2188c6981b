// Every rule of the programme, what shoppers see of it beside them, and what a change would have meant.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { part } from "../../ui/forms/slot.ts";
import { WritingDesk } from "../../ui/forms/writing.tsx";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import { ActionsCard } from "../../ui/loyalty/actions-card.tsx";
import { BonusCard } from "../../ui/loyalty/bonus-card.tsx";
import { GiveBack } from "../../ui/loyalty/give-back.tsx";
import { OrderCard } from "../../ui/loyalty/order-card.tsx";
import { ProductsCard } from "../../ui/loyalty/products-card.tsx";
import { ReferralCard } from "../../ui/loyalty/referral-card.tsx";
import { RewardsCard } from "../../ui/loyalty/rewards-card.tsx";
import { TiersCard } from "../../ui/loyalty/tiers-card.tsx";
import { TimeCard } from "../../ui/loyalty/time-card.tsx";
import { useProgrammeDraft, type ProgrammeDesk } from "../../ui/loyalty/use-programme-draft.ts";
import { usualStep } from "../../ui/loyalty/usual-step.ts";
import { WaysCard } from "../../ui/loyalty/ways-card.tsx";
import { WidgetPreview } from "../../ui/loyalty/widget-preview.tsx";
import { showToast } from "../../ui/toast.ts";
import { UnsavedBar } from "../../ui/unsaved-bar.tsx";
import { useAnswer } from "../../ui/use-answer.ts";
import { DryRunCard } from "./dry-run-card.tsx";
import type { EditorData } from "./editor-view.ts";
import { PROGRAMME_PATH, type ProgrammeAnswer } from "./programme-wish.ts";
import { useDryRun } from "./use-dry-run.ts";

export function EditorPage({ data }: { data: EditorData }) {
  const { t } = useTranslation();
  const address = useAddress();
  const desk = useProgrammeDraft(data.programme, data);
  const run = useDryRun();
  const { isSaving, save } = useSaving(desk, () => void (data.state === "live" && run.start()));
  return (
    <Page title={t("loyalty.editor.title")} subtitle={t(`loyalty.editor.subtitle.${data.state}`)} backAction={{ content: t("loyalty.home.title"), url: address("/app/loyalty") }}>
      <WritingDesk {...desk.writing}>
        <BlockStack gap="400">
          <LoyaltyTabs current="programme" />
          {desk.faultCount > 0 && <Banner tone="critical"><p>{t("frame.form.faulty", { count: desk.faultCount })}</p></Banner>}
          {data.isAhead && !desk.isUnsaved && <DryRunCard data={data} run={run} />}
          <div className="regulars-beside">
            <Sections desk={desk} data={data} />
            <div className="regulars-beside-fixed">
              <BlockStack gap="400">
                <Card><GiveBack programme={desk.shown} averageOrderMinor={data.averageOrderMinor} /></Card>
                <Card><WidgetPreview programme={desk.shown} currency={data.currency} /></Card>
              </BlockStack>
            </div>
          </div>
        </BlockStack>
      </WritingDesk>
      <UnsavedBar isUnsaved={desk.isUnsaved} isSaving={isSaving} savedPath={PROGRAMME_PATH} onSave={save} onDiscard={desk.discard} />
    </Page>
  );
}

function useSaving({ attempt, keep }: ProgrammeDesk, onSaved: () => void) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ProgrammeAnswer>();
  const [sent, setSent] = useState("");
  useAnswer(fetcher.data, () => {
    keep(sent);
    showToast(t("loyalty.editor.saved"));
    onSaved();
    window.scrollTo({ top: 0 });
  });
  const save = (): void => {
    const written = attempt();
    if (written === null) return;
    setSent(written);
    void fetcher.submit({ intent: "save", programme: written }, { method: "post", action: PROGRAMME_PATH });
  };
  return { isSaving: fetcher.state !== "idle", save };
}

function Sections({ desk: { slot }, data: { usual, today } }: { desk: ProgrammeDesk; data: EditorData }) {
  const stepMinor = usualStep(usual);
  return (
    <BlockStack gap="400">
      <OrderCard slot={slot} />
      <ProductsCard slot={part(slot, "order")} />
      <WaysCard slot={slot} />
      <ActionsCard slot={slot} />
      <BonusCard slot={slot} today={today} />
      <TimeCard slot={slot} />
      <RewardsCard slot={part(slot, "rewards")} tiers={slot.value.tiers} stepMinor={stepMinor} />
      {usual.tiers && <TiersCard slot={slot} usual={usual.tiers} />}
      {usual.referral && <ReferralCard slot={part(slot, "referral")} usual={usual.referral} stepMinor={stepMinor} />}
    </BlockStack>
  );
}
