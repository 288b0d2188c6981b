// A segment's page: the builder for the shop's own, the rule to read for ready-made ones, members and what Shopify is told.
import { Badge, Banner, BlockStack, Card, Layout, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { ReadyKey, Rule, RuleNames, ToldSegment } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { useFreshFigures, useSteadyReload } from "../../ui/live.ts";
import type { SampleRow } from "../../ui/rule-preview.ts";
import { writeRule } from "../../ui/rule-sentence.ts";
import type { AskedQuestion } from "../../ui/survey-answers.ts";
import { writeSegmentName } from "../../ui/segment-words.ts";
import { useRuleVoice, useSurveyAnswers } from "../../ui/use-rule-voice.ts";
import { Builder, type Surroundings } from "./builder.tsx";
import { MembersCard } from "./members-card.tsx";
import { TellingCard } from "./telling-card.tsx";
import "./segment.css";

export type ShownSegment = Pick<ToldSegment, "id" | "readyKey" | "name" | "rule" | "isMirrored" | "tag" | "isFlowOn" | "isPopulated" | "isRefilling" | "memberCount" | "waitingCount" | "refusedCount"> & { shopifySegmentId: string | null };
export type SegmentPageData = {
  currency: string;
  names: RuleNames;
  surveys: AskedQuestion[];
  /** everybody has been looked at today */
  isWhole: boolean;
  stamp: string | null;
  /** null: not saved yet */
  segment: ShownSegment | null;
  copied: { readyKey: ReadyKey | null; name: string; rule: Rule } | null;
  /** a rule another page asked about, to be kept or thrown away */
  asked: Rule | null;
  members: { rows: SampleRow[]; page: number; hasNext: boolean; entered: number; left: number } | null;
};

const TELLING_RELOAD_MS = 3_000;

export function SegmentPage(data: SegmentPageData) {
  const { segment, isWhole, stamp } = data;
  useFreshFigures(stamp);
  useSteadyReload(TELLING_RELOAD_MS, segment !== null && (segment.waitingCount > 0 || !segment.isPopulated || segment.isRefilling || !isWhole));
  if (segment === null) return <Builder data={data} />;
  const around: Surroundings = {
    note: segment.isRefilling ? <RefillBanner /> : isWhole ? null : <RoundBanner />,
    members: data.members && <MembersCard segment={segment} members={data.members} />,
    telling: <TellingCard segment={segment} />,
  };
  return segment.readyKey === null ? <Builder data={data} around={around} /> : <ReadyMade segment={segment} readyKey={segment.readyKey} data={data} around={around} />;
}

function ReadyMade({ segment, readyKey, data, around }: { segment: ShownSegment; readyKey: ReadyKey; data: SegmentPageData; around: Surroundings }) {
  const { t } = useTranslation();
  const address = useAddress();
  const voice = useRuleVoice(data.names, useSurveyAnswers(data.surveys));
  return (
    <Page
      title={writeSegmentName(t, segment)}
      titleMetadata={<Badge>{t("segments.builder.readyMade")}</Badge>}
      backAction={{ content: t("segments.page.title"), url: address("/app/segments") }}
      secondaryActions={[{ content: t("segments.builder.copy"), url: address("/app/segments/new", { copy: segment.id }) }]}
    >
      <BlockStack gap="400">
        {around.note}
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">{t("segments.builder.rule")}</Text>
            <Text as="p">{writeRule(segment.rule, voice)}</Text>
            <Text as="p" tone="subdued">{t(`segments.ready.${readyKey}.body`)}</Text>
            <Text as="p" tone="subdued">{t("segments.builder.readyBody")}</Text>
          </BlockStack>
        </Card>
        <Layout>
          <Layout.Section>{around.members}</Layout.Section>
          <Layout.Section variant="oneThird">{around.telling}</Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}

function RoundBanner() {
  const { t } = useTranslation();
  return <Banner tone="info" title={t("segments.page.roundTitle")}><p>{t("segments.page.roundBody")}</p></Banner>;
}

function RefillBanner() {
  const { t } = useTranslation();
  return <Banner tone="info" title={t("segments.builder.refillTitle")}><p>{t("segments.builder.refillBody")}</p></Banner>;
}
