// Surveys for a shop with shoppers: definitions, and what a shopper's page says and hears.
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import type { Definition, NameKey } from "../../app/capabilities/surveys/model/survey.ts";
import * as surveys from "../../app/capabilities/surveys/surveys.server.ts";
import type { Locale } from "../../app/i18n/locales.ts";
import { openKeyNames } from "../../app/ui/answer-words.ts";
import type { ShopId } from "../../app/values/ids.ts";
import type { Shopper } from "../../sandbox/testing/shopper.ts";

/** How the delivery was, of everybody who is logged in, at once on any page. */
export const DELIVERY: Definition = {
  name: "Delivery",
  question: {
    kind: "single", text: { en: "How was the delivery?", ja: "配送はいかがでしたか？", "zh-CN": "配送体验如何？" }, isShuffled: false, lowLabel: null, highLabel: null,
    choices: [
      { id: "good", text: { en: "Good", ja: "良かった", "zh-CN": "很好" }, imageUrl: null },
      { id: "slow", text: { en: "Slow", ja: "遅かった", "zh-CN": "太慢" }, imageUrl: null },
      { id: "broken", text: { en: "Something broke", ja: "破損していた", "zh-CN": "有破损" }, imageUrl: null },
    ],
  },
  followUp: { text: { en: "What happened?", ja: "何がありましたか？", "zh-CN": "发生了什么？" }, after: ["slow", "broken"] },
  thanks: null,
  audience: { who: "customers", orders: "any", tierIds: [], segmentId: null, languages: [], countries: [] },
  popup: { on: "visit", pageKinds: [], productIds: [], paths: [], seconds: 0 },
  isInPage: false, isOnOrder: false, from: null, to: null, stop: { kind: "never" }, earnsPoints: false, startsFlow: false, steps: [],
};

/** Live, and told to the theme with the next `surveys.follow`. Answers its id. */
export async function startSurvey(shopId: ShopId, changes: Partial<Definition> = {}, locale: Locale = "en"): Promise<string> {
  const id = crypto.randomUUID();
  const [shop, nameKey]: [Shop, NameKey] = [await readShop(shopId), await openKeyNames(locale)];
  for (const answer of [await surveys.saveSurvey(shop, { id, definition: { ...DELIVERY, ...changes } }, nameKey), await surveys.startSurvey(shop, id, nameKey)]) if (!answer.ok) throw new Error(answer.reason);
  return id;
}

export type Heard = { status: number; ok: boolean; reason?: string; field?: string; points?: number; surveyId?: string | null };

const PROXY = "/apps/regulars/survey";
const CONTEXT = { place: "popup", language: "en", page: "/" };

/** Sends a wish as the theme's script does. */
export async function say(browser: Shopper, wish: object): Promise<Heard> {
  const response = await browser.go(PROXY, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...CONTEXT, ...wish }) });
  const text = await response.text();
  return { ...(text.startsWith("{") ? (JSON.parse(text) as Omit<Heard, "status">) : { ok: false }), status: response.status }; // as docs/storefront.md says
}

export const askFor = (browser: Shopper, ...surveyIds: string[]): Promise<Heard> => say(browser, { wish: "ask", surveyIds });
export const answerWith = (browser: Shopper, surveyId: string, choices: string[], { answerId = crypto.randomUUID(), text = "" } = {}): Promise<Heard> => say(browser, { wish: "answer", surveyId, answerId, choices, text });
