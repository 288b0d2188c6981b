// Whom a survey asks, by what the app knows of a shopper. What only the page knows (market, kind of page) the theme has looked at before.
import type { Audience } from "../model/survey.ts";

/** What counts of a customer; `tierId` null: none. */
export type Person = { orderCount: number; isMember: boolean; tierId: string | null; isInSegment: boolean };

const RETURNING_ORDERS = 2;

/** A guest, `person` null, is nobody's member, in no segment, and new. */
export function isInAudience({ who, orders, tierIds, segmentId, languages }: Audience, person: Person | null, language: string): boolean {
  if (person === null ? who !== "everyone" : who === "members" && !person.isMember) return false;
  if (orders !== "any" && (orders === "returning") !== ((person?.orderCount ?? 0) >= RETURNING_ORDERS)) return false;
  if (tierIds.length > 0 && !tierIds.includes(person?.tierId ?? "")) return false;
  if (segmentId !== null && !person?.isInSegment) return false;
  return languages.length === 0 || languages.some((known) => language.startsWith(known));
}

/** Whether it takes more than the number of orders to tell. */
export const asksMembership = ({ who, tierIds }: Audience): boolean => who === "members" || tierIds.length > 0;
