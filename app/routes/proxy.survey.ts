// A survey in the shop's theme: may it ask, what was answered, or was it closed. Who is asking comes from the signed query, never from the body.
import type { ActionFunctionArgs } from "@remix-run/node";
import { isGuestAllowed, shopperAnswer, shopperFrom, wishFrom } from "../callers/shopper.server.ts";
import { ringAfterAnswer } from "../capabilities/surveys/jobs.server.ts";
import { surveyWishSchema, type SurveyWish } from "../capabilities/surveys/model/answer.ts";
import { answer, ask, dismiss, hasAnswered, type Visitor } from "../capabilities/surveys/surveys.server.ts";
import { meetCustomer } from "../capabilities/sync/sync.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  const visitor = await shopperFrom(request);
  if (visitor.customerId === null && !(await isGuestAllowed(request, visitor.shopId))) return shopperAnswer({ ok: false, reason: "too_many_requests" }, 429);
  const wish = surveyWishSchema.safeParse(await wishFrom(request));
  if (!wish.success) return shopperAnswer({ ok: false, reason: "bad_request", field: wish.error.issues[0]?.path.join(".") ?? "" }, 400);
  const answered = await grant(visitor, wish.data);
  return shopperAnswer(answered, answered.ok ? 200 : 409);
}

async function grant(visitor: Visitor, wish: SurveyWish) {
  switch (wish.wish) {
    case "ask": {
      const survey = await ask(visitor, wish);
      if (survey === null && (await hasAnswered(visitor, wish.surveyIds))) return { ok: true, surveyId: null, reason: "already_answered" };
      return { ok: true, surveyId: survey?.id ?? null };
    }
    case "dismiss": {
      await dismiss(visitor, wish.surveyId);
      return { ok: true };
    }
    case "answer": {
      if (visitor.customerId !== null) await meetCustomer(visitor.shopId, visitor.customerId);
      const answered = await answer(visitor, wish);
      if (answered.ok) await ringAfterAnswer(visitor.shopId);
      return answered;
    }
  }
}
