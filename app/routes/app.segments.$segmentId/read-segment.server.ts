// What a segment's page shows, gathered for the browser.
import { readStamp } from "../../callers/stamp.server.ts";
import { z } from "zod";
import { findMeasures } from "../../capabilities/profiles/profiles.server.ts";
import { PAGE_SIZE, type Rule, type ToldSegment } from "../../capabilities/segments/model.ts";
import { countMoves, findSegment, listCustomers, nameRule } from "../../capabilities/segments/segments.server.ts";
import type { Shop } from "../../capabilities/shops/model.ts";
import { listSurveys } from "../../capabilities/surveys/surveys.server.ts";
import { now } from "../../platform/clock.server.ts";
import { toSampleRow } from "../../ui/rule-preview.ts";
import type { SegmentPageData, ShownSegment } from "./segment-page.tsx";

const MOVES_DAYS = 30;
const DAY_MS = 86_400_000;
const uuid = z.uuid();
export const isSegmentId = (text: string): boolean => uuid.safeParse(text).success;

/** An empty page, a copy of what is there, or what another page asked about. */
export async function readNew(shop: Shop, { copyId, rule }: { copyId: string | null; rule: Rule | null }): Promise<SegmentPageData> {
  const copied = copyId !== null && isSegmentId(copyId) ? await findSegment(shop.id, copyId) : null;
  return { ...(await readShared(shop, copied?.rule ?? rule)), segment: null, copied: copied && { readyKey: copied.readyKey, name: copied.name, rule: copied.rule }, asked: rule, members: null };
}

export async function readSegmentPage(shop: Shop, id: string, page: number): Promise<SegmentPageData> {
  const segment = isSegmentId(id) ? await findSegment(shop.id, id) : null;
  if (segment === null) throw new Response(null, { status: 404 });
  const [shared, { customers, count }, [moves]] = await Promise.all([
    readShared(shop, segment.rule),
    listCustomers(shop, { rule: null, segmentId: id, search: "", sort: "revenue", direction: "descending" }, page - 1),
    countMoves(shop.id, { segmentId: id, since: new Date(now().getTime() - MOVES_DAYS * DAY_MS) }),
  ]);
  const members = { rows: customers.map(toSampleRow), page, hasNext: count > page * PAGE_SIZE, entered: moves?.entered ?? 0, left: moves?.left ?? 0 };
  return { ...shared, segment: toShown(segment), copied: null, asked: null, members };
}

async function readShared(shop: Shop, rule: Rule | null) {
  const stamp = await readStamp(shop.id);
  const [names, measures, surveys] = await Promise.all([nameRule(shop.id, rule), findMeasures(shop.id), listSurveys(shop.id)]);
  const asked = surveys.map(({ id, definition: { name, question } }) => ({ id, name, question }));
  return { currency: shop.currency, names, surveys: asked, isWhole: measures?.isWhole ?? false, stamp };
}

const toShown = ({ id, readyKey, name, rule, isMirrored, tag, isFlowOn, isPopulated, isRefilling, memberCount, waitingCount, refusedCount, shopifySegmentId }: ToldSegment): ShownSegment =>
  ({ shopifySegmentId: shopifySegmentId === null ? null : String(shopifySegmentId), id, readyKey, name, rule, isMirrored, tag, isFlowOn, isPopulated, isRefilling, memberCount, waitingCount, refusedCount });
