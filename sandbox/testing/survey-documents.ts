// Live surveys and whom they asked, as an app writes them into metafields for its theme extension to read.

import { toGid } from "../admin-api/gids.ts";
import { createMetafields } from "../admin-api/metafields.ts";
import { installationGid } from "../admin-api/resolvers/shop.ts";
import type { SandboxContext } from "../context.ts";
import type { Id } from "../shop/model.ts";

type Words = Record<"en" | "ja" | "zh-CN", string>;
type Popup = { on: "visit" | "login" | "return"; pageKinds: string[]; productIds: string[]; paths: string[]; seconds: number | null };
export type SurveyDocument = {
  id: string; kind: "single" | "several" | "scale" | "nps" | "yes_no" | "text"; text: Words; choices: { id: string; text: Words; image: string | null }[]; isShuffled: boolean; low: Words | null; high: Words | null;
  followUp: { text: Words; after: string[] | null } | null; thanks: Words | null; points: number;
  who: "everyone" | "customers" | "members"; orders: "any" | "new" | "returning"; tierIds: string[]; hasSegment: boolean; tag: string | null; languages: string[]; countries: string[];
  from: string | null; to: string | null; popup: Popup | null; isInPage: boolean;
};

export const anywhere: Popup = { on: "visit", pageKinds: [], productIds: [], paths: [], seconds: 0 };

const inAll = (text: string): Words => ({ en: text, ja: text, "zh-CN": text });

/** Why did you buy? Asked of everybody, everywhere, at once. */
export const aSurvey: SurveyDocument = {
  id: "0a000000-0000-4000-8000-000000000001", kind: "single", isShuffled: false, low: null, high: null, followUp: null, thanks: null, points: 0,
  text: { en: "What made you choose us?", ja: "当店を選んだ理由は何ですか？", "zh-CN": "您为什么选择我们？" },
  choices: [
    { id: "taste", text: { en: "The taste", ja: "おいしさ", "zh-CN": "味道" }, image: null },
    { id: "price", text: { en: "The price", ja: "価格", "zh-CN": "价格" }, image: null },
    { id: "friend", text: { en: "A friend told me", ja: "友人のすすめ", "zh-CN": "朋友推荐" }, image: null },
  ],
  who: "everyone", orders: "any", tierIds: [], hasSegment: false, tag: null, languages: [], countries: [], from: null, to: null, popup: anywhere, isInPage: false,
};

/** Another one, with a text that says which. */
export const surveyNumbered = (number: number, rest: Partial<SurveyDocument> = {}): SurveyDocument =>
  ({ ...aSurvey, id: `0a000000-0000-4000-8000-${String(number).padStart(12, "0")}`, text: inAll(`Question ${number}`), ...rest });

export function writeSurveys({ state, clock }: SandboxContext, surveys: readonly SurveyDocument[]): void {
  const fields = createMetafields(state, clock);
  fields.write(installationGid, { namespace: "regulars", key: "surveys", type: "json", value: JSON.stringify({ surveys }) });
  fields.write(installationGid, { namespace: "regulars", key: "is_survey_live", type: "boolean", value: String(surveys.length > 0) });
}

export function writeAsked({ state, clock }: SandboxContext, customerId: Id, asked: { done: string[]; quietUntil: string | null }): void {
  createMetafields(state, clock).write(toGid("Customer", customerId), { namespace: "regulars", key: "surveys", type: "json", value: JSON.stringify(asked) });
}
