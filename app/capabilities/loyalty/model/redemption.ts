// A shopper's wish for a reward, from the points held for it to the code that was used.
import { z } from "zod";
import { idTextSchema } from "../../../values/id-schemas.ts";
import type { CustomerId, OrderId } from "../../../values/ids.ts";
import type { Reward } from "./programme.ts";

/** held: points taken, being made at Shopify; issued: made; used; returning: being taken back; returned; void: could not be made; ending: too late, what it
 *  gave is being taken away; ended. */
export const REDEMPTION_STATES = ["held", "issued", "used", "returning", "returned", "void", "ending", "ended"] as const;
export type RedemptionState = (typeof REDEMPTION_STATES)[number];

/** `code` null: it has none, or not yet. */
export type Redemption = {
  id: string;
  customerId: CustomerId;
  rewardId: string;
  reward: Reward;
  version: number;
  steps: number;
  points: number;
  state: RedemptionState;
  code: string | null;
  shopifyId: string | null;
  heldAt: Date;
  issuedAt: Date | null;
  endsAt: Date | null;
  usedOrderId: OrderId | null;
  refusal: string | null;
};

const requestId = z.uuid();
const STEPS_MAX = 10_000;

/** What a shopper may ask for; `wish` says what. */
export const wishSchema = z.discriminatedUnion("wish", [
  z.object({ wish: z.literal("redeem"), requestId, rewardId: z.string().max(40), steps: z.int().min(1).max(STEPS_MAX).default(1) }),
  z.object({ wish: z.literal("return"), requestId }),
  z.object({ wish: z.literal("join") }),
  z.object({ wish: z.literal("birthday"), month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
    .refine(({ month, day }) => day <= new Date(Date.UTC(2024, month, 0)).getUTCDate(), { message: "no such day", path: ["day"] }),
  z.object({ wish: z.literal("visit"), linkId: z.string().max(40) }),
  /** a friend who was refused: somebody should look */
  z.object({ wish: z.literal("appeal"), friendId: idTextSchema }),
]);
export type Wish = z.output<typeof wishSchema>;

export const REFUSALS = [
  "not_logged_in", "not_member", "not_live", "not_enough_points", "unknown_reward", "sold_out", "already_taken", "tier_only", "bad_steps", "not_returnable", "already_given", "failed",
] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Kinds Shopify can make undone, as long as they were not used. */
export const RETURNABLE: ReadonlySet<Reward["kind"]> = new Set(["amount_off", "percentage", "free_shipping", "free_product"]);
