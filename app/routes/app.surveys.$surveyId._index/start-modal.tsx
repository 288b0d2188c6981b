// Before a survey starts: how many people it can reach, when it will know enough, and on what that rests.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Link, List, Modal, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { RECENT_DAYS, type Reach } from "../../capabilities/surveys/model/results.ts";
import { useEmbedStatus } from "../../ui/embed-card.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import type { EditorData } from "./editor-view.ts";

export function StartModal({ data: { id, definition, activateUrl }, onClose }: { data: EditorData; onClose: () => void }) {
  const { t } = useTranslation();
  const embed = useEmbedStatus("survey");
  const { load, data: found } = useFetcher<{ reach: Reach }>();
  const { send, isSending, refusal } = useSurveyWish(onClose);
  useEffect(() => load(`/app/surveys/${id}/reach`), [id, load]);
  return (
    <Modal
      open title={t("surveys.start.title")} onClose={onClose}
      primaryAction={{ content: t("surveys.actions.start"), loading: isSending, onAction: () => send({ intent: "change", id, to: "live" }) }}
      secondaryActions={[{ content: t("surveys.confirm.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {refusal !== null && <Banner tone="critical"><p>{t(`surveys.refused.${refusal}`)}</p></Banner>}
          {embed === "off" && definition.popup !== null && <Banner tone="warning"><p>{t("frame.embed.body.survey.off")} <Link url={activateUrl} target="_top">{t("frame.embed.activate")}</Link></p></Banner>}
          {found ? <ReachText reach={found.reach} /> : <SkeletonBodyText lines={4} />}
          <Text as="p" tone="subdued">{t("surveys.start.body")}</Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

function ReachText({ reach }: { reach: Reach }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const { customers, uncounted, target, days, reason } = reach;
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="p" variant="headingMd">{t("surveys.start.reach", { count: customers, customers: count(customers) })}</Text>
        {uncounted.map((one) => <Text key={one} as="p" tone="subdued">{t(`surveys.reach.unknown.${one}`)}</Text>)}
      </BlockStack>
      {reason !== null && <Text as="p">{t(`surveys.reach.reasons.${reason}`)}</Text>}
      {days !== null && <Text as="p"><Days days={days} target={target} /></Text>}
      <Assumptions reach={reach} />
    </BlockStack>
  );
}

function Days({ days: { from, to }, target }: { days: NonNullable<Reach["days"]>; target: number }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const said = { target: count(target), from: count(from) };
  if (to === null) return <>{t("surveys.start.daysOpen", { ...said, count: from })}</>;
  return <>{from === to ? t("surveys.start.daysSame", { ...said, count: from }) : t("surveys.start.daysRange", { ...said, to: count(to), count: to })}</>;
}

const WHOLE_FROM = 10; // a day: an estimate is no more exact

function Assumptions({ reach: { rate, waiting, before, recent, ordersPerDay, askedPerDay, uncounted } }: { reach: Reach }) {
  const { t, i18n } = useTranslation();
  const { count, shareShort } = useFormats();
  const perDay = (value: number): string => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: value < WHOLE_FROM ? 1 : 0 }).format(value);
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">{t("surveys.start.assumptions")}</Text>
      <List>
        {waiting > 0 && <List.Item>{t("surveys.start.waiting", { count: waiting, people: count(waiting) })}</List.Item>}
        {before > 0 && <List.Item>{t("surveys.start.before", { count: before, surveys: count(before) })}</List.Item>}
        <List.Item>{t(uncounted.includes("guests") ? "surveys.start.recentWithGuests" : "surveys.start.recent", { people: count(recent), days: count(RECENT_DAYS), orders: perDay(ordersPerDay) })}</List.Item>
        <List.Item>{t("surveys.start.askedPerDay", { asked: perDay(askedPerDay) })}</List.Item>
        <List.Item>{t(`surveys.start.rates.${rate.source}`, { rate: shareShort(rate.value), low: shareShort(rate.low), high: shareShort(rate.high), asked: count(rate.asked), surveys: count(rate.surveys) })}</List.Item>
      </List>
    </BlockStack>
  );
}
