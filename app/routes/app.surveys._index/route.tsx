// Surveys: what is asked, in which order, with what turnout, and how often a person may be asked at all.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import { blockAddressesOf, embedAddressOf } from "../../capabilities/shops/shops.server.ts";
import { followSurveys } from "../../capabilities/surveys/jobs.server.ts";
import { changeState, deleteSurvey, duplicateSurvey, listSurveys, readSetting, saveOrder, saveSetting, startSurvey } from "../../capabilities/surveys/surveys.server.ts";
import type { Locale } from "../../i18n/locales.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { openKeyNames } from "../../ui/answer-words.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parseSurveysWish, type SurveysAnswer, type SurveysWish } from "../../ui/surveys/survey-wish.ts";
import { FIRST_KEYS } from "./no-surveys.tsx";
import { toSurveyRow } from "./survey-rows.ts";
import { SurveysPage } from "./surveys-page.tsx";

export const handle: PageHandle = { titleKey: "surveys.list.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const [surveys, { restDays }] = await Promise.all([listSurveys(shop.id), readSetting(shop.id)]);
  return { rows: surveys.map((survey) => toSurveyRow(survey, shop.timeZone)), restDays, activateUrl: embedAddressOf(shop, "survey"), blocks: blockAddressesOf(shop, "survey"), freshIds: FIRST_KEYS.map(() => crypto.randomUUID()) };
}

export async function action({ request }: ActionFunctionArgs): Promise<SurveysAnswer> {
  const { shop, locale } = await merchantFrom(request);
  const answer = await act(shop, locale, parseSurveysWish(await request.formData()));
  if (!answer.ok) return answer;
  await enqueue(followSurveys, { shopId: shop.id });
  if (answer.done === "live") await enqueue(refreshSegments, { shopId: shop.id }); // those of its answers have just been made
  return answer;
}

async function act(shop: Shop, locale: Locale, wish: SurveysWish): Promise<SurveysAnswer> {
  switch (wish.intent) {
    case "order":
      await saveOrder(shop.id, wish.ids);
      return { ok: true, done: "order", id: null };
    case "rest":
      await saveSetting(shop.id, { restDays: wish.days });
      return { ok: true, done: "rest", id: null };
    case "change": return done(wish.to === "live" ? await startSurvey(shop, wish.id, await openKeyNames(locale)) : await changeState(shop, wish.id, wish.to), wish.to, wish.id);
    case "duplicate": return done(await duplicateSurvey(shop.id, wish), "duplicate", wish.newId);
    case "delete": return done(await deleteSurvey(shop.id, wish.id), "delete", wish.id);
  }
}

type Done = Extract<SurveysAnswer, { ok: true }>["done"];
const done = (answer: { ok: true } | Extract<SurveysAnswer, { ok: false }>, what: Done, id: string): SurveysAnswer => (answer.ok ? { ok: true, done: what, id } : answer);

export default function Surveys() {
  return <SurveysPage data={useLoaderData<typeof loader>()} />;
}
