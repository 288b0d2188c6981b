// Loyalty: what a programme brings to those who have none; else how it stands, what points are worth, and whether shoppers see it.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { settleLoyalty } from "../../capabilities/loyalty/jobs.server.ts";
import { findProgramme, isSettling, pause, publish, readLiability, readUsual } from "../../capabilities/loyalty/loyalty.server.ts";
import { blockAddressesOf, embedAddressOf } from "../../capabilities/shops/shops.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { LoyaltyPage, NoProgramme } from "./loyalty-page.tsx";
import { parseLoyaltyWish, type LoyaltyAnswer } from "./loyalty-wish.ts";
import { toProgrammeView } from "./programme-view.ts";

export const handle: PageHandle = { titleKey: "loyalty.home.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const known = await findProgramme(shop.id);
  if (known === null) return { view: null };
  const isLaunched = known.versions.length > 0;
  const [{ averageOrderMinor }, liability, isOnTheWay] = await Promise.all([readUsual(shop), isLaunched ? readLiability(shop) : null, isLaunched && isSettling(shop.id)]);
  return { view: toProgrammeView(known, { averageOrderMinor, liability, isSettling: isOnTheWay, activateUrl: embedAddressOf(shop, "loyalty"), blocks: blockAddressesOf(shop, "loyalty"), scopes: shop.scopes }) };
}

export async function action({ request }: ActionFunctionArgs): Promise<LoyaltyAnswer> {
  const { shop } = await merchantFrom(request);
  const wish = parseLoyaltyWish(await request.formData());
  const ok = wish.intent === "pause" ? await pause(shop.id) : await publish(shop.id, { keptUntil: null, savedAt: wish.savedAt });
  if (ok) await enqueue(settleLoyalty, { shopId: shop.id });
  return { ok, intent: wish.intent };
}

export default function Loyalty() {
  const { view } = useLoaderData<typeof loader>();
  return view === null ? <NoProgramme /> : <LoyaltyPage view={view} />;
}
