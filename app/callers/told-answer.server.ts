// What another system hears of what it told: in words, with the field that is wrong, and with a status that says whether to try again.
import type { ToldAnswer } from "../capabilities/loyalty/loyalty.server.ts";
import type { ToldRefusal } from "../capabilities/loyalty/model/actions.ts";
import type { Locale } from "../i18n/locales.ts";
import { openTranslator } from "../i18n/translate.ts";
import type { z } from "zod";

const STATUSES: Record<ToldRefusal, number> = { bad_request: 400, not_signed: 401, unknown_customer: 404, unknown_action: 404, not_live: 409, already_given: 409, other_action: 409, too_many_requests: 429 };
const FIELDS: Partial<Record<ToldRefusal, string>> = { unknown_customer: "customer", unknown_action: "action", already_given: "action", other_action: "id" };
const HEADERS = { "Cache-Control": "no-store" };

export async function toldAnswer(answer: ToldAnswer, locale: Locale): Promise<Response> {
  if (answer.ok) return Response.json({ ok: true, points: answer.points, repeated: !answer.isNew }, { headers: HEADERS });
  return toldRefusal(answer.reason, { locale, field: FIELDS[answer.reason] ?? null });
}

/** `field` of what was sent, where one is to blame. */
export async function toldRefusal(reason: ToldRefusal, { locale, field }: { locale: Locale; field: string | null }): Promise<Response> {
  const { t } = await openTranslator(locale);
  const retry = reason === "too_many_requests" ? { "Retry-After": "60" } : {};
  return Response.json({ ok: false, reason, ...(field === null ? {} : { field }), message: t(`loyalty.api.refused.${reason}`, { field }) }, { status: STATUSES[reason], headers: { ...HEADERS, ...retry } });
}

/** The first field that is wrong, as the sender wrote it; the whole, where it is no JSON object. */
export function faultyField({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === "unrecognized_keys") return issue.keys[0] ?? "";
  return issue?.path.join(".") || "body";
}

/** Undefined: it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
