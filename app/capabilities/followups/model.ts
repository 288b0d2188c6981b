// Looking after customers who are leaving or were let down: what was done about each, what to do next, and what came of it.
import { z } from "zod";
import { idTextSchema, textSchema } from "../../values/id-schemas.ts";
import { daySchema } from "../../values/day-schema.ts";
import type { Day } from "../../values/day.ts";
import type { CustomerId } from "../../values/ids.ts";
import { wordsUpTo } from "../../values/words.ts";
import { CHANNELS, type Channel, type LEAVING_STAGES, type Profile } from "../profiles/model.ts";

/** Where customers stand on the board: nobody has seen to them · seen to lately · put aside for now. */
export const STANDINGS = ["open", "contacted", "snoozed"] as const;
export type BoardStanding = (typeof STANDINGS)[number];

export type LeavingStage = (typeof LEAVING_STAGES)[number];

export type BoardQuery = {
  standing: BoardStanding;
  /** null: whoever is leaving, and whoever has a task, whatever their stage */
  stage: LeavingStage | null;
  isVipOnly: boolean;
  /** only those with a task */
  hasTask: boolean;
};

const ANSWER_MAX = 2_000; // characters: of several choices together

/** Why somebody should be seen to, though they may not be leaving: what they answered. Words: `followups.task.*` */
export const taskReasonSchema = z.object({ kind: z.literal("survey"), surveyId: z.uuid(), /** its name */ survey: z.string(), /** null: nothing but what they wrote */ answer: wordsUpTo(ANSWER_MAX).nullable(), /** in the customer's own words; empty: none */ text: z.string() });
export type TaskReason = z.infer<typeof taskReasonSchema>;

/** Open until somebody contacted them, and still shown with that contact. */
export type Task = { id: string; openedAt: Date; isOpen: boolean; reason: TaskReason };

/** Smallest sufficient first: what costs no margin comes before what does. Words: `followups.steps.<step>`. */
export const STEPS = ["wait", "make_good", "personal_note", "in_person", "reminder", "small_coupon", "win_back_coupon", "ask_consent", "leave_alone"] as const;
export type Step = (typeof STEPS)[number];

export type Contact = { at: Date; channel: Channel | null; note: string };

export type BoardRow = {
  customerId: CustomerId;
  /** null: nobody measured them yet */
  profile: Profile | null;
  isVip: boolean;
  stakeMinor: number;
  /** newest first */
  tasks: Task[];
  name: string;
  email: string | null;
  /** as Shopify has it; null: unknown */
  emailConsent: string | null;
  /** BCP 47; null: unknown */
  language: string | null;
  preferredChannel: Channel | null;
  everyDays: number | null;
  lastContact: Contact | null;
  snoozedUntil: Day | null;
  step: Step;
};

export const ENTRY_KINDS = ["contacted", "snoozed", "note"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
export type Entry = { id: string; kind: EntryKind; writtenAt: Date; channel: Channel | null; note: string; snoozedUntil: Day | null };

export const NOTE_MAX = 2_000;
export const CUSTOMERS_MAX = 250; // on one page, and in one wish
const base = { wishId: z.uuid(), customerIds: z.array(idTextSchema).min(1).max(CUSTOMERS_MAX), note: textSchema.trim().max(NOTE_MAX) };

/** What the merchant did or noted, for one customer or for many; sent twice under the same wishId it counts once. */
export const followupForm = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("contacted"), ...base, channel: z.enum(CHANNELS) }),
  z.object({ kind: z.literal("snoozed"), ...base, until: daySchema }),
  z.object({ kind: z.literal("note"), ...base, note: base.note.min(1) }),
]);
export type FollowupForm = z.infer<typeof followupForm>;

/** Episodes of one kind whose days are over, how many of them brought an order, and how far that share can be chance. An episode: a customer
 *  comes to be at risk, and is watched for OUTCOME_DAYS days. */
export type Outcome = { episodes: number; ordered: number; low: number; high: number };
export type Outcomes = {
  contacted: Outcome;
  notContacted: Outcome;
  /** the mean chance of an order within thirty days as forecast on the day of the contact, and of how many of those contacted it is known */
  expected: { share: number; known: number } | null;
  /** contacted in as many days before they came to be at risk: in neither group */
  alreadyContacted: number;
  /** of both kinds: too young to be counted */
  stillRunning: number;
};
export const OUTCOME_DAYS = 30;
