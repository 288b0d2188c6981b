// What the shop aims at: suggestions from its own past, goals and their tracks, what happened when, and what left its usual band.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, Page, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import { deleteAnnotation, dismissAlert, endGoal, readTargetsPage, saveAnnotation, setGoal } from "../../capabilities/targets/targets.server.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { NoteList } from "../../ui/targets/note-list.tsx";
import { parseTargetWish, type TargetAnswer, type TargetWish } from "../../ui/targets/target-wish.ts";
import { dayAt, type Day } from "../../values/day.ts";
import { decimalsOf } from "../../values/money.ts";
import { GoalsCards } from "./goals-cards.tsx";
import { AlertsCard, EndedCard } from "./past-cards.tsx";
import { RhythmCard } from "./rhythm-card.tsx";
import { SuggestionsCard } from "./suggestions-card.tsx";

export const handle: PageHandle = { titleKey: "targets.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const today = dayAt(now(), shop.timeZone);
  const stamp = await readStamp(shop.id);
  return { today, stamp, currency: { code: shop.currency, decimals: decimalsOf(shop.currency) }, page: await readTargetsPage(shop, today) };
}

export async function action({ request }: ActionFunctionArgs): Promise<TargetAnswer> {
  const { shop } = await merchantFrom(request);
  const said = parseTargetWish(await request.formData(), decimalsOf(shop.currency));
  if (!said.ok) return said;
  const refusal = await act(shop, said.wish, dayAt(now(), shop.timeZone));
  return refusal ?? { ok: true, done: said.wish.intent };
}

async function act(shop: Shop, wish: TargetWish, today: Day): Promise<TargetAnswer & { ok: false } | null> {
  switch (wish.intent) {
    case "goal": {
      const answer = await setGoal(shop, wish.form, today);
      return answer.ok ? null : answer;
    }
    case "note": return (await saveAnnotation(shop.id, wish.annotation)) ? null : { ok: false, field: "text", reason: "full" };
    case "end": await endGoal(shop.id, wish.id, today); break;
    case "delete_note": await deleteAnnotation(shop.id, wish.id); break;
    case "dismiss": await dismissAlert(shop.id, wish.raisedOn); break;
  }
  return null;
}

export default function Targets() {
  const { page, today, stamp, currency } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  useFreshFigures(stamp);
  return (
    <Page
      backAction={{ content: t("frame.navigation.home"), url: address("/app") }} title={t("targets.title")} subtitle={t("targets.subtitle")}
      primaryAction={<DownloadButton address="/app/reports/goals.csv">{t("frame.downloadCsv")}</DownloadButton>}
    >
      <BlockStack gap="400">
        <GoalsCards tracks={page.tracks} windows={page.windows} suggestions={page.suggestions} notes={page.annotations} today={today} currency={currency} />
        <SuggestionsCard suggestions={page.suggestions} tracks={page.tracks} today={today} currency={currency} />
        <RhythmCard cycle={page.cycle} mix={page.mix} />
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">{t("targets.note.title")}</Text>
            <Text as="p" tone="subdued">{t("targets.note.body")}</Text>
            <NoteList notes={page.annotations} today={today} max={NOTES_SHOWN} />
          </BlockStack>
        </Card>
        <AlertsCard alerts={page.alerts} monthsMissing={page.monthsMissing} />
        <EndedCard goals={page.ended} />
      </BlockStack>
    </Page>
  );
}

const NOTES_SHOWN = 10;
