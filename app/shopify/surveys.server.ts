// Surveys mirrored to Shopify: what is asked and of whom no more, for the theme; answers as tags, and as a trigger of Flow's.
import type { CustomerId } from "../values/ids.ts";
import { toJson } from "../values/json.ts";
import { tellCustomer } from "./customer-news.server.ts";
import { setAppFields, setCustomerFields } from "./metafields.server.ts";

export const tellSurveys = (domain: string, { isLive, document }: { isLive: boolean; document: unknown }): Promise<void> =>
  setAppFields(domain, "the list of surveys", [{ key: "surveys", type: "json", value: toJson(document) }, { key: "is_survey_live", type: "boolean", value: String(isLive) }]);

export type AskedNews = { customerId: CustomerId; document: unknown };

/** At most 25 at once. */
export const tellAsked = (domain: string, news: readonly AskedNews[]): Promise<void> =>
  setCustomerFields(domain, news.map(({ customerId, document }) => ({ customerId, fields: [{ key: "surveys", type: "json", value: toJson(document) }] })));

/** Handle and fields as extensions/flow-survey-answered declares them. */
export type AnswerTrigger = { survey: string; answer: string; text: string };
export type AnswerNews = { customerId: CustomerId; addTags: readonly string[]; removeTags: readonly string[]; flow: AnswerTrigger | null };

/** As `tellCustomer`, without a receipt: after no answer nobody knows whether a Flow has started. */
export const tellAnswer = (domain: string, { flow, ...news }: AnswerNews): Promise<boolean> => tellCustomer(domain, {
  ...news, receipt: null,
  flow: flow && { handle: "survey-answered", fields: { Survey: flow.survey, Answer: flow.answer, Text: flow.text.replace(/\s+/g, " ") } }, // Flow's triggers have single lines only
});
