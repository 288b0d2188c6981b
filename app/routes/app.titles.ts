// Products or collections whose title holds what was typed, for whoever picks one. /app/titles?of=products&q=sencha
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { TITLED_NOUNS } from "../capabilities/orders/model.ts";
import { searchTitles } from "../capabilities/orders/orders.server.ts";
import type { FoundTitles } from "../ui/title-search.ts";

const LIMIT = 20;
const TEXT_MAX = 200;

export async function loader({ request }: LoaderFunctionArgs): Promise<FoundTitles> {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const noun = TITLED_NOUNS.find((known) => known === searchParams.get("of"));
  if (noun === undefined) throw new Response(null, { status: 404 });
  const text = searchParams.get("q")?.replaceAll("\0", "").trim().slice(0, TEXT_MAX) ?? "";
  const found = await searchTitles(shop.id, noun, { text, limit: LIMIT });
  return { found: found.map(({ id, title }) => ({ id: String(id), title })) };
}
