// The page about the programme: how it stands, in figures and in the shop's theme.
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Page, Text } from "@shopify/polaris";
import { RewardIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { EmbedCard } from "../../ui/embed-card.tsx";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { Facts } from "../../ui/facts.tsx";
import { useSteadyReload } from "../../ui/live.ts";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import { GiveBack } from "../../ui/loyalty/give-back.tsx";
import { PermissionBanner } from "../../ui/loyalty/permission-banner.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { LOYALTY_PATH, type LoyaltyAnswer } from "./loyalty-wish.ts";
import type { ProgrammeView } from "./programme-view.ts";

export function NoProgramme() {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Page title={t("loyalty.home.title")}>
      <EmptyCard icon={RewardIcon} heading={t("loyalty.home.empty.heading")} body={t("loyalty.home.empty.body")} action={{ content: t("loyalty.home.empty.action"), url: address("/app/loyalty/setup") }} />
    </Page>
  );
}

const SETTLING_RELOAD_MS = 2_000;
const TONES = { draft: "info", live: "success", paused: "attention" } as const;

export function LoyaltyPage({ view }: { view: ProgrammeView }) {
  const { t } = useTranslation();
  const address = useAddress();
  const isDraft = view.state === "draft";
  useSteadyReload(SETTLING_RELOAD_MS, view.isSettling);
  return (
    <Page
      title={t("loyalty.home.title")} titleMetadata={<Badge tone={TONES[view.state]}>{t(`loyalty.home.states.${view.state}`)}</Badge>}
      primaryAction={isDraft ? { content: t("loyalty.home.continue"), url: address("/app/loyalty/setup") } : { content: t("loyalty.home.edit"), url: address("/app/loyalty/programme") }}
    >
      <BlockStack gap="400">
        <LoyaltyTabs current="overview" />
        {view.isAhead && (
          <Banner tone="warning" title={t("loyalty.home.aheadTitle")} action={{ content: t("loyalty.home.aheadAction"), url: address("/app/loyalty/programme") }}>
            <p>{t("loyalty.home.aheadBody")}</p>
          </Banner>
        )}
        {view.notAllowed.map((kind) => <PermissionBanner key={kind} kind={kind} />)}
        <StateCard view={view} />
        {view.figures && <FiguresCard figures={view.figures} isSettling={view.isSettling} />}
        <EmbedCard embed="loyalty" activateUrl={view.activateUrl} blocks={view.blocks} />
      </BlockStack>
    </Page>
  );
}

function StateCard({ view: { state, programme, averageOrderMinor, savedAt } }: { view: ProgrammeView }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<LoyaltyAnswer>();
  useAnswer(fetcher.data, ({ intent }) => showToast(t(`loyalty.home.done.${intent}`)));
  const wish = state === "live" ? { intent: "pause" } : { intent: "resume", savedAt };
  const send = (): void => void fetcher.submit(wish, { method: "post", action: LOYALTY_PATH });
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("loyalty.home.programme")}</Text>
          {state !== "draft" && <Button loading={fetcher.state !== "idle"} onClick={send}>{t(state === "live" ? "loyalty.home.pause" : "loyalty.home.resume")}</Button>}
        </InlineStack>
        <GiveBack programme={programme} averageOrderMinor={averageOrderMinor} />
        <Text as="p" tone="subdued">{t(`loyalty.home.stateBody.${state}`)}</Text>
      </BlockStack>
    </Card>
  );
}

function FiguresCard({ figures: { members, points, minor, pending }, isSettling }: { figures: NonNullable<ProgrammeView["figures"]>; isSettling: boolean }) {
  const { t } = useTranslation();
  const { count, money } = useFormats();
  const facts = [
    [t("loyalty.home.figures.members"), count(members)],
    [t("loyalty.home.figures.points"), count(points)],
    [t("loyalty.home.figures.worth"), minor === null ? t("loyalty.home.figures.unknown") : money(minor)],
    [t("loyalty.home.figures.pending"), count(pending)],
  ] as const;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.home.figures.title")}</Text>
        <Facts facts={facts} />
        {isSettling && <Text as="p" tone="subdued">{t("loyalty.home.figures.settling")}</Text>}
      </BlockStack>
    </Card>
  );
}
