// Whether somebody may be written to, in the few ways that make a difference.

export type Consent = "yes" | "no" | "pending" | "unknown";

/** From Shopify's state of e-mail marketing; null: it said nothing. Words: `followups.consent.<consent>`. */
export function consentOf(state: string | null): Consent {
  if (state === null) return "unknown";
  if (state === "SUBSCRIBED") return "yes";
  return state === "PENDING" ? "pending" : "no";
}
