// Whom a rule would choose now: asked again and again while somebody writes it, and nothing is changed.
import type { ActionFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { previewRule } from "../capabilities/segments/segments.server.ts";
import { readRule, toSampleRow, type RulePreview } from "../ui/rule-preview.ts";

export async function action({ request }: ActionFunctionArgs): Promise<RulePreview> {
  const { shop } = await merchantFrom(request);
  const rule = readRule((await request.formData()).get("rule"));
  if (rule === null) return { ok: false, field: "rule" };
  const { sample, ...sums } = await previewRule(shop, rule);
  return { ok: true, ...sums, sample: sample.map(toSampleRow) };
}
