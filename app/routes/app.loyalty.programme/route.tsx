// The programme's rules, all of them; what is changed in a live one is looked at before it comes into force.
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { settleLoyalty } from "../../capabilities/loyalty/jobs.server.ts";
import { findProgramme, nameCollections, publish, readUsual, saveDraft } from "../../capabilities/loyalty/loyalty.server.ts";
import { listTitles } from "../../capabilities/orders/orders.server.ts";
import { now } from "../../platform/clock.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { dayAt } from "../../values/day.ts";
import { namedIn, toEditorView } from "./editor-view.ts";
import { EditorPage } from "./editor-page.tsx";
import { parseProgrammeWish, type ProgrammeAnswer } from "./programme-wish.ts";

export const handle: PageHandle = { titleKey: "loyalty.editor.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const known = await findProgramme(shop.id);
  if (known === null) throw redirect(`/app/loyalty/setup${new URL(request.url).search}`); // there is nothing to change yet
  const named = namedIn(known.draft);
  const [usual, products, collections] = await Promise.all([readUsual(shop), listTitles(shop.id, "products", named.productIds.map(BigInt)), nameCollections(shop, named.collectionIds)]);
  const titles = Object.fromEntries([...products.map(({ id, title }) => [String(id), title] as const), ...collections.map(({ id, title }) => [id, title] as const)]);
  return toEditorView(known, { usual, titles, currency: shop.currency });
}

export async function action({ request }: ActionFunctionArgs): Promise<ProgrammeAnswer> {
  const { shop } = await merchantFrom(request);
  const read = parseProgrammeWish(await request.formData(), dayAt(now(), shop.timeZone));
  if (!read.ok) return read;
  const { wish } = read;
  if (wish.intent === "save") await saveDraft(shop.id, wish.programme);
  else if (await publish(shop.id, wish)) await enqueue(settleLoyalty, { shopId: shop.id });
  else return { ok: false, intent: wish.intent, faults: { programme: { code: "changed", limit: null } } };
  return { ok: true, intent: wish.intent };
}

export default function Programme() {
  return <EditorPage data={useLoaderData<typeof loader>()} />;
}
