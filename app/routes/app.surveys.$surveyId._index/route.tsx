// One survey, written: what it asks, whom, where and when, what follows from an answer, and how it looks meanwhile.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { findProgramme } from "../../capabilities/loyalty/loyalty.server.ts";
import { listTitles } from "../../capabilities/orders/orders.server.ts";
import { refreshSegments } from "../../capabilities/segments/jobs.server.ts";
import { listSegments } from "../../capabilities/segments/segments.server.ts";
import { embedAddressOf } from "../../capabilities/shops/shops.server.ts";
import { followSurveys } from "../../capabilities/surveys/jobs.server.ts";
import { findSurvey, readPoints, saveSurvey } from "../../capabilities/surveys/surveys.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { openKeyNames } from "../../ui/answer-words.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { EditorPage } from "./editor-page.tsx";
import { beginningOf, toEditorView } from "./editor-view.ts";
import { parseSurvey, type EditorAnswer } from "./editor-wish.ts";

export const handle: PageHandle = { titleKey: "surveys.editor.pageTitle" };

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await merchantFrom(request);
  const id = idIn(params);
  const survey = await findSurvey(shop.id, id);
  const definition = survey?.definition ?? beginningOf(new URL(request.url).searchParams.get("ready"), locale);
  if (definition === null) throw new Response(null, { status: 404 });
  const [segments, programme, points, products] = await Promise.all([
    listSegments(shop.id), findProgramme(shop.id), readPoints(shop.id), listTitles(shop.id, "products", (definition.popup?.productIds ?? []).map(BigInt)),
  ]);
  const inForce = programme?.versions.at(-1)?.programme ?? null;
  return toEditorView({ id, survey, definition, segments, tiers: inForce?.tiers?.levels ?? [] }, {
    domain: shop.domain, hasProgramme: inForce !== null, points, titles: Object.fromEntries(products.map((product) => [String(product.id), product.title])), currency: shop.currency, activateUrl: embedAddressOf(shop, "survey"),
  });
}

export async function action({ request, params }: ActionFunctionArgs): Promise<EditorAnswer> {
  const { shop, locale } = await merchantFrom(request);
  const read = parseSurvey(await request.formData());
  if (!read.ok) return { ok: false, reason: null };
  const answer = await saveSurvey(shop, { id: idIn(params), definition: read.value }, await openKeyNames(locale));
  if (!answer.ok) return answer;
  await enqueue(followSurveys, { shopId: shop.id });
  await enqueue(refreshSegments, { shopId: shop.id }); // its answers may have new ones
  return { ok: true };
}

function idIn(params: LoaderFunctionArgs["params"]): string {
  const read = z.uuid().safeParse(params["surveyId"]);
  if (!read.success) throw new Response(null, { status: 404 });
  return read.data;
}

export default function EditSurvey() {
  const data = useLoaderData<typeof loader>();
  return <EditorPage key={data.id} data={data} />;
}
