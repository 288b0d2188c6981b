// What the block on Shopify's own customer page says, in words: asked by the extension from its own origin, with a session token.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import type { Stage } from "../capabilities/profiles/model.ts";
import { findProfile } from "../capabilities/profiles/profiles.server.ts";
import { reasonsOf } from "../capabilities/profiles/rules/reasons.ts";
import { formatsFor } from "../i18n/formats.ts";
import { openTranslator } from "../i18n/translate.ts";
import { writeReason } from "../ui/reason-words.ts";
import { parseId, type CustomerId } from "../values/ids.ts";

/** In the tones a block's badge has; docs/sandbox.md shows it. */
const TONES: Record<Stage, "critical" | "warning" | "info" | "success" | "neutral"> = {
  prospect: "neutral", new: "info", one_time: "neutral", active: "success", regular: "success", vip: "success", slipping: "warning", at_risk: "critical", lapsed: "critical", lost: "neutral",
};

// An extension runs on Shopify's own servers, so every answer is for another origin; the session token says who asks.
const HEADERS = { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" };

export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop, locale } = await merchantFrom(request);
  const text = params["customerId"] ?? "";
  const profile = /^\d{1,18}$/.test(text) ? await findProfile(shop.id, parseId<CustomerId>(text)) : null;
  if (profile === null) return Response.json({ error: { field: "customer", message: "Nobody of this number has a profile." } }, { status: 404, headers: HEADERS });
  const { t } = await openTranslator(locale);
  const formats = formatsFor(locale, shop);
  return Response.json({
    stage: t(`profiles.stages.${profile.stage}.name`), stageTone: TONES[profile.stage],
    chance90: profile.chance90 === null ? null : formats.shareShort(profile.chance90),
    nextOrderOn: profile.nextOrderOn === null ? null : formats.day(profile.nextOrderOn),
    reasons: reasonsOf(profile).map((reason) => writeReason(t, reason)),
  }, { headers: HEADERS });
}
