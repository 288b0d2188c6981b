// One question on Shopify's order-status and thank-you pages, and its answer. Who asks comes from the session token alone.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { buyerAnswer, buyerFrom, orderIdFrom, preflightAnswer } from "../callers/buyer.server.ts";
import { localeFrom } from "../callers/locale.ts";
import { isGuestAllowed, wishFrom } from "../callers/shopper.server.ts";
import { ringAfterAnswer } from "../capabilities/surveys/jobs.server.ts";
import { answerWishSchema } from "../capabilities/surveys/model/answer.ts";
import type { Definition } from "../capabilities/surveys/model/survey.ts";
import { asksOn, optionsOf } from "../capabilities/surveys/rules/answers.ts";
import { answer, askOnOrder, type Shown } from "../capabilities/surveys/surveys.server.ts";
import { meetCustomer } from "../capabilities/sync/sync.server.ts";
import { wordsIn } from "../values/words.ts";

const SEEN_MAX = 20; // as extensions/regulars-survey keeps

/** `?country=` is the order's. The rest counts of guests alone, whom only their browser knows: `?seen=` it has shown before, the last one `?ago=` milliseconds, and `?open=` stands there still. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === "OPTIONS") return preflightAnswer();
  const { shop, customerId } = await buyerFrom(request);
  if (customerId === null && !(await isGuestAllowed(request, shop.id))) return buyerAnswer({ ok: false, reason: "too_many_requests" }, 429);
  const [query, language] = [new URL(request.url).searchParams, localeFrom(request)];
  const survey = await askOnOrder({ shopId: shop.id, customerId }, { language, country: query.get("country"), shown: shownIn(query) });
  return buyerAnswer({ survey: survey && sayIn(language, survey) });
}

const agoSchema = z.coerce.number().nonnegative();

function shownIn(query: URLSearchParams): Shown {
  const ago = agoSchema.safeParse(query.get("ago") ?? undefined);
  return { seen: (query.get("seen") ?? "").split(",").slice(0, SEEN_MAX), openId: query.get("open"), restedMs: ago.success ? ago.data : null };
}

function sayIn(language: string, { id, definition, points }: { id: string; definition: Definition; points: number }) {
  const { question, followUp, thanks } = definition;
  const choices = optionsOf(question).map((option) => {
    const choice = question.choices.find((known) => known.id === option);
    return { id: option, text: choice ? wordsIn(choice.text, language) : option, image: choice?.imageUrl ?? null, asksMore: asksOn(definition, [option]) };
  });
  return {
    id, kind: question.kind, text: wordsIn(question.text, language), choices, isShuffled: question.isShuffled, points,
    low: question.lowLabel && wordsIn(question.lowLabel, language), high: question.highLabel && wordsIn(question.highLabel, language),
    followUp: followUp && wordsIn(followUp.text, language), thanks: thanks && wordsIn(thanks, language),
  };
}

const GID_MAX = 100; // characters
const givenSchema = answerWishSchema.omit({ wish: true, place: true, page: true }).extend({ order: z.string().max(GID_MAX).nullable() });

export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const { shop, customerId } = await buyerFrom(request);
  if (customerId === null && !(await isGuestAllowed(request, shop.id))) return buyerAnswer({ ok: false, reason: "too_many_requests" }, 429);
  const given = givenSchema.safeParse(await wishFrom(request));
  if (!given.success) return buyerAnswer({ ok: false, reason: "bad_request", field: given.error.issues[0]?.path.join(".") ?? "" }, 400);
  if (customerId !== null) await meetCustomer(shop.id, customerId);
  const { order, ...said } = given.data;
  const orderId = customerId === null ? null : orderIdFrom(order); // a guest's order would name them
  const answered = await answer({ shopId: shop.id, customerId }, { ...said, wish: "answer", place: "order", page: "" }, orderId);
  if (answered.ok) await ringAfterAnswer(shop.id);
  return buyerAnswer(answered, answered.ok ? 200 : 409);
}
