// One segment: its rule, read or written, whom it holds, and what Shopify is told of it.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { refreshSegments, tellSegments } from "../../capabilities/segments/jobs.server.ts";
import { askRefusedAgain, changeTelling, deleteSegment, findSegment, saveSegment } from "../../capabilities/segments/segments.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import type { ShopId } from "../../values/ids.ts";
import { SegmentPage } from "./segment-page.tsx";
import { readRule } from "../../ui/rule-preview.ts";
import { isSegmentId, readNew, readSegmentPage } from "./read-segment.server.ts";
import { parseSegmentWish, refusalOf, type SegmentPageAnswer } from "./segment-wish.ts";
import { slugOf } from "./slug.ts";

export const handle: PageHandle = { titleKey: "segments.builder.title" };

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const id = params["segmentId"] ?? "";
  return id === "new" ? readNew(shop, { copyId: searchParams.get("copy"), rule: readRule(searchParams.get("rule")) }) : readSegmentPage(shop, id, pageIn(searchParams));
}

const PAGES_MAX = 100_000; // PostgreSQL's offsets stay whole numbers
const pageIn = (parameters: URLSearchParams): number => Math.min(PAGES_MAX, Math.max(1, Math.trunc(Number(parameters.get("page") ?? "1")) || 1));

export async function action({ request, params }: ActionFunctionArgs): Promise<SegmentPageAnswer> {
  const { shop, locale } = await merchantFrom(request);
  const read = parseSegmentWish(await request.formData());
  if (!read.ok) return read;
  const { wish } = read;
  const id = wish.intent === "save" ? wish.form.id : params["segmentId"];
  if (id === undefined || !isSegmentId(id)) return refusalOf("not_found");
  const answer = await act(shop.id, id, wish, locale);
  if (!answer.ok) return refusalOf(answer.reason);
  await enqueue(tellSegments, { shopId: shop.id });
  if (wish.intent === "save") await enqueue(refreshSegments, { shopId: shop.id }); // a large shop is not looked through while somebody waits
  return { ok: true, intent: wish.intent, id };
}

type Wish = Extract<ReturnType<typeof parseSegmentWish>, { ok: true }>["wish"];

async function act(shopId: ShopId, id: string, wish: Wish, locale: string): ReturnType<typeof saveSegment> {
  switch (wish.intent) {
    case "save": return saveSegment(shopId, wish.form);
    case "delete": return deleteSegment(shopId, id);
    case "retry":
      await askRefusedAgain(shopId, id);
      return { ok: true, id };
    case "tell": {
      const segment = await findSegment(shopId, id);
      if (segment === null) return { ok: false, reason: "not_found" };
      const { isMirrored, isFlowOn } = wish;
      const slug = segment.readyKey === null ? slugOf(segment) : segment.readyKey.replaceAll("_", "-");
      return changeTelling(shopId, id, { slug, locale, ...(isMirrored !== undefined && { isMirrored }), ...(isFlowOn !== undefined && { isFlowOn }) });
    }
  }
}

/** A segment that is gone cannot be read again: the page leads away from it. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formData, defaultShouldRevalidate }) => defaultShouldRevalidate && formData?.get("intent") !== "delete";

export default function Segment() {
  const data = useLoaderData<typeof loader>();
  return <SegmentPage key={data.segment?.id ?? "new"} {...data} />;
}
