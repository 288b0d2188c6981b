// Setting up a programme, in five short steps from what would suit the shop; each keeps what was written.
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { settleLoyalty } from "../../capabilities/loyalty/jobs.server.ts";
import { findProgramme, launch, readPastOrders, readUsual, saveDraft } from "../../capabilities/loyalty/loyalty.server.ts";
import { readSyncStatus } from "../../capabilities/sync/sync.server.ts";
import { now } from "../../platform/clock.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { dayAt, isDay } from "../../values/day.ts";
import { SetupPage } from "./setup-page.tsx";
import { parseSetupWish, stepIn, type SetupAnswer } from "./setup-wish.ts";

export const handle: PageHandle = { titleKey: "loyalty.setup.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const known = await findProgramme(shop.id);
  if (known !== null && known.versions.length > 0) throw redirect(`/app/loyalty?${searchParams.toString()}`); // launched: there is nothing to set up any more
  const { programme: usual, today, firstOrderOn, averageOrderMinor } = await readUsual(shop);
  const said = searchParams.get("from") ?? "";
  const from = isDay(said) && said <= today ? said : today;
  return { programme: known?.draft ?? usual, usual, step: stepIn(searchParams.get("step")), today, firstOrderOn, averageOrderMinor, from, past: await readPastOrders(shop, from), currency: shop.currency, isReading: (await readSyncStatus(shop.id)).backfill.state === "running" };
}

export async function action({ request }: ActionFunctionArgs): Promise<SetupAnswer> {
  const { shop } = await merchantFrom(request);
  const read = parseSetupWish(await request.formData(), dayAt(now(), shop.timeZone));
  if (!read.ok) return read;
  const { wish } = read;
  if (wish.intent === "save") await saveDraft(shop.id, wish.programme);
  else if (await launch(shop.id, { from: wish.from, unkept: (await readUsual(shop)).programme })) await enqueue(settleLoyalty, { shopId: shop.id });
  return { ok: true, intent: wish.intent };
}

export default function Setup() {
  return <SetupPage data={useLoaderData<typeof loader>()} />;
}
