// The five steps, and beside them what shoppers will see.
import { useFetcher, useNavigate } from "@remix-run/react";
import { Banner, BlockStack, Box, Button, Card, InlineStack, Link, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { useAddress } from "../../ui/address.ts";
import { part } from "../../ui/forms/slot.ts";
import { WritingDesk } from "../../ui/forms/writing.tsx";
import { GiveBack } from "../../ui/loyalty/give-back.tsx";
import { OrderCard } from "../../ui/loyalty/order-card.tsx";
import { ReferralCard } from "../../ui/loyalty/referral-card.tsx";
import { RewardsCard } from "../../ui/loyalty/rewards-card.tsx";
import { TiersCard } from "../../ui/loyalty/tiers-card.tsx";
import { useProgrammeDraft, type ProgrammeDesk } from "../../ui/loyalty/use-programme-draft.ts";
import { usualStep } from "../../ui/loyalty/usual-step.ts";
import { WaysCard } from "../../ui/loyalty/ways-card.tsx";
import { WidgetPreview } from "../../ui/loyalty/widget-preview.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { Day } from "../../values/day.ts";
import { LaunchCard } from "./launch-card.tsx";
import { SETUP_PATH, STEPS, type SetupAnswer, type Step } from "./setup-wish.ts";

export type SetupData = {
  programme: Programme; usual: Programme; step: Step; today: Day; firstOrderOn: Day | null; averageOrderMinor: number | null; currency: string;
  /** what is usual here is not known yet */
  isReading: boolean;
  /** from which day past orders count, and what there is since */
  from: Day; past: { orders: number; revenueMinor: number };
};

const NO_TITLES = {};

export function SetupPage({ data }: { data: SetupData }) {
  const { step, programme, averageOrderMinor, currency } = data;
  const { t } = useTranslation();
  const address = useAddress();
  const desk = useProgrammeDraft(programme, { currency, titles: NO_TITLES });
  const saving = useSaving(desk);
  return (
    <Page title={t("loyalty.setup.title")} subtitle={t("loyalty.setup.subtitle")} backAction={{ content: t("loyalty.home.title"), url: address("/app/loyalty") }}>
      <WritingDesk {...desk.writing}>
        <BlockStack gap="400">
          <Card><Steps current={step} onStep={saving.goTo} /></Card>
          {data.isReading && <Banner tone="info" title={t("loyalty.setup.reading.title")}><p>{t("loyalty.setup.reading.body")}</p></Banner>}
          {desk.faultCount > 0 && <Banner tone="critical"><p>{t("frame.form.faulty", { count: desk.faultCount })}</p></Banner>}
          <div className="regulars-beside">
            <BlockStack gap="400">
              <StepCards desk={desk} data={data} />
              <Card><GiveBack programme={desk.shown} averageOrderMinor={averageOrderMinor} /></Card>
              <Moves step={step} isBusy={saving.isBusy} onStep={saving.goTo} onLater={saving.leave} />
            </BlockStack>
            <div className="regulars-beside-fixed"><Card><WidgetPreview programme={desk.shown} currency={currency} /></Card></div>
          </div>
        </BlockStack>
      </WritingDesk>
    </Page>
  );
}

/** What is written is kept first, wherever one goes. */
function useSaving({ attempt, keep }: ProgrammeDesk) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const fetcher = useFetcher<SetupAnswer>();
  const [next, setNext] = useState<string | null>(null);
  useAnswer(fetcher.data, ({ intent }) => {
    if (intent !== "save" || next === null) return;
    if (next === LATER) showToast(t("loyalty.setup.kept"));
    void navigate(next === LATER ? address("/app/loyalty") : address(SETUP_PATH, { step: next }));
  });
  const save = (where: string): void => {
    const written = attempt();
    if (written === null) return;
    setNext(where);
    keep(written);
    void fetcher.submit({ intent: "save", programme: written }, { method: "post", action: SETUP_PATH });
  };
  return { isBusy: fetcher.state !== "idle", goTo: (step: Step) => save(step), leave: () => save(LATER) };
}
const LATER = "later";

function Steps({ current, onStep }: { current: Step; onStep: (step: Step) => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("loyalty.setup.steps.label")}>
      <ol className="regulars-steps">
        {STEPS.map((step, index) => (
          <li key={step} {...(step === current && { "aria-current": "step" as const })}>
            {step === current ? t("loyalty.setup.numbered", { number: String(index + 1), name: t(`loyalty.setup.steps.${step}`) }) : <Link onClick={() => onStep(step)} monochrome removeUnderline>{t("loyalty.setup.numbered", { number: String(index + 1), name: t(`loyalty.setup.steps.${step}`) })}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepCards({ desk: { slot, shown }, data }: { desk: ProgrammeDesk; data: SetupData }) {
  const { step, usual } = data;
  const stepMinor = usualStep(usual);
  switch (step) {
    case "earning": return <OrderCard slot={slot} isShort />;
    case "rewards": return <RewardsCard slot={part(slot, "rewards")} tiers={slot.value.tiers} stepMinor={stepMinor} isShort />;
    case "ways": return (
      <>
        <WaysCard slot={slot} isShort />
        {usual.referral && <ReferralCard slot={part(slot, "referral")} usual={usual.referral} stepMinor={stepMinor} isShort />}
      </>
    );
    case "tiers": return usual.tiers && <TiersCard slot={slot} usual={usual.tiers} isShort />;
    case "launch": return <LaunchCard programme={shown} data={data} />;
  }
}

function Moves({ step, isBusy, onStep, onLater }: { step: Step; isBusy: boolean; onStep: (step: Step) => void; onLater: () => void }) {
  const { t } = useTranslation();
  const [before, after] = [STEPS[STEPS.indexOf(step) - 1], STEPS[STEPS.indexOf(step) + 1]];
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack align="space-between" gap="200">
        <Button onClick={onLater} variant="tertiary" disabled={isBusy}>{t("loyalty.setup.later")}</Button>
        <InlineStack gap="200">
          {before && <Button onClick={() => onStep(before)} disabled={isBusy}>{t("loyalty.setup.back")}</Button>}
          {after && <Button onClick={() => onStep(after)} variant="primary" loading={isBusy}>{t("loyalty.setup.next")}</Button>}
        </InlineStack>
      </InlineStack>
    </Box>
  );
}
