// What was written to a survey, searched, a page at a time, and tagged in the merchant's own words. /app/surveys/{id}/texts?q=late&tag=delivery&page=1
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { merchantFrom } from "../callers/merchant.server.ts";
import { TEXTS_PER_PAGE, textTagSchema } from "../capabilities/surveys/model/results.ts";
import { readTexts, tagText } from "../capabilities/surveys/surveys.server.ts";
import { parsePage } from "../ui/page-number.ts";

const SEARCH_MAX = 200;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const page = parsePage(searchParams);
  const query = { search: (searchParams.get("q") ?? "").replaceAll("\0", "").slice(0, SEARCH_MAX), tag: searchParams.get("tag") || null };
  const { texts, count, tags } = await readTexts(shop.id, surveyIdIn(params), query, page - 1);
  return {
    page, count, tags, hasNext: page * TEXTS_PER_PAGE < count,
    texts: texts.map(({ id, text, choices, tags: own, answeredAt, language, customer }) => ({ id, text, choices, tags: own, at: answeredAt.toISOString(), language, customer: customer && { id: String(customer.id), name: customer.name } })),
  };
}

const form = z.object({ answerId: z.uuid(), tag: textTagSchema, isOn: z.enum(["1", "0"]) });

/** Throws for a form that is not one of ours: what a person may mistype is looked at before it is sent. */
export async function action({ request, params }: ActionFunctionArgs): Promise<{ ok: true }> {
  const { shop } = await merchantFrom(request);
  const { answerId, tag, isOn } = form.parse(Object.fromEntries(await request.formData()));
  await tagText(shop.id, { surveyId: surveyIdIn(params), answerId, tag, isOn: isOn === "1" });
  return { ok: true };
}

function surveyIdIn(params: LoaderFunctionArgs["params"]): string {
  const read = z.uuid().safeParse(params["surveyId"]);
  if (!read.success) throw new Response(null, { status: 404 });
  return read.data;
}
