// What the app says of a customer, in the language asked for: the words are the app's, the block only sets them.

const TONES = ["critical", "warning", "info", "success", "neutral"] as const;
export type Tone = (typeof TONES)[number];

/** null: too early to say */
export type Outlook = { stage: string; tone: Tone; chance90: string | null; nextOrderOn: string | null; reasons: string[] };
export type Reading = { state: "known"; outlook: Outlook } | { state: "unknown" } | { state: "unreachable" };

const PATIENCE_MS = 10_000; // longer than a page of the app takes on a bad day
const REASONS_MAX = 3; // what one reads at a glance

/** `fetch` is the extension's own: Shopify completes the address and adds a session token. */
export async function readOutlook(customerId: string, locale: string): Promise<Reading> {
  try {
    const answer = await fetch(`/app/customer-block/${customerId}?locale=${encodeURIComponent(locale)}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.status === 404) return { state: "unknown" };
    const outlook = answer.ok ? parseOutlook(await answer.json()) : null;
    return outlook === null ? { state: "unreachable" } : { state: "known", outlook };
  } catch {
    return { state: "unreachable" }; // no connection, no answer in time, or no JSON: to the merchant all one
  }
}

function parseOutlook(answer: unknown): Outlook | null {
  if (typeof answer !== "object" || answer === null) return null;
  const { stage, stageTone, chance90, nextOrderOn, reasons }: Partial<Record<string, unknown>> = { ...answer };
  if (typeof stage !== "string" || !Array.isArray(reasons)) return null;
  return {
    stage,
    tone: TONES.find((tone) => tone === stageTone) ?? "neutral",
    chance90: textOrNull(chance90),
    nextOrderOn: textOrNull(nextOrderOn),
    reasons: reasons.filter((reason) => typeof reason === "string").slice(0, REASONS_MAX),
  };
}

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
