// A shopper's account as the theme asks for it, and their wishes. Who is asking comes from the signed query, never from the body.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { shopperAnswer, shopperFrom, wishFrom } from "../callers/shopper.server.ts";
import { issueReward, tellLoyalty } from "../capabilities/loyalty/jobs.server.ts";
import * as loyalty from "../capabilities/loyalty/loyalty.server.ts";
import { wishSchema, type Refusal, type Wish } from "../capabilities/loyalty/model/redemption.ts";
import { meetCustomer } from "../capabilities/sync/sync.server.ts";
import { enqueue } from "../platform/jobs.server.ts";
import { parseId } from "../values/ids.ts";

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId, customerId } = await shopperFrom(request);
  if (customerId === null) return shopperAnswer({ ok: true, customer: null });
  const shopper = { shopId, customerId };
  const couponId = z.uuid().nullable().safeParse(new URL(request.url).searchParams.get("coupon"));
  if (!couponId.success) return shopperAnswer({ ok: false, reason: "bad_request", field: "coupon" }, 400);
  return shopperAnswer({ ok: true, coupon: await findCoupon(shopper, couponId.data), customer: await loyalty.readSummary(shopper) });
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, customerId } = await shopperFrom(request);
  if (customerId === null) return shopperAnswer({ ok: false, reason: "not_logged_in" }, 401);
  const wish = wishSchema.safeParse(await wishFrom(request));
  if (!wish.success) return shopperAnswer({ ok: false, reason: "bad_request", field: wish.error.issues[0]?.path.join(".") ?? "" }, 400);
  const shopper = { shopId, customerId };
  await meetCustomer(shopId, customerId);
  const answer = await grant(shopper, wish.data);
  if (!answer.ok) return shopperAnswer(answer, 409);
  const coupon = await findCoupon(shopper, answer.redemptionId);
  const customer = await loyalty.readSummary(shopper);
  return shopperAnswer({ ok: true, customer, coupon: customer?.coupons.find(({ id }) => id === coupon?.id) ?? coupon });
}

/** Its state alone: one that is over is in no document. */
async function findCoupon(shopper: loyalty.Shopper, id: string | null) {
  const state = id === null ? null : await loyalty.readRedemptionState(shopper, id);
  return state === null ? null : { id, state };
}

type Granted = { ok: true; redemptionId: string | null } | { ok: false; reason: Refusal };

async function grant(shopper: loyalty.Shopper, wish: Wish): Promise<Granted> {
  const { shopId } = shopper;
  switch (wish.wish) {
    case "redeem":
    case "return": {
      const answer = wish.wish === "redeem" ? await loyalty.redeem(shopper, wish) : await loyalty.askReturn(shopper, wish.requestId);
      if (!answer.ok) return answer;
      await enqueue(issueReward, { shopId, redemptionId: answer.redemption.id });
      return { ok: true, redemptionId: answer.redemption.id };
    }
    case "join": return rung(shopper, await loyalty.join(shopper));
    case "birthday": return rung(shopper, await loyalty.tellBirthday(shopper, wish));
    case "visit": return rung(shopper, await loyalty.visit(shopper, wish.linkId));
    case "appeal": return (await loyalty.appeal(shopper, parseId(wish.friendId))) ? { ok: true, redemptionId: null } : { ok: false, reason: "already_given" };
  }
}

async function rung({ shopId }: loyalty.Shopper, answer: loyalty.EarnAnswer): Promise<Granted> {
  if (answer.ok) await enqueue(tellLoyalty, { shopId });
  return answer.ok ? { ok: true, redemptionId: null } : answer;
}
