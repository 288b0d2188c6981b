// Products whose title holds what was typed, for whoever picks one. /app/products?q=sencha
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { searchProducts } from "../capabilities/orders/orders.server.ts";
import type { FoundTitles } from "../ui/title-search.ts";

const LIMIT = 20;
const TEXT_MAX = 200;

export async function loader({ request }: LoaderFunctionArgs): Promise<FoundTitles> {
  const { shop } = await merchantFrom(request);
  const text = new URL(request.url).searchParams.get("q")?.replaceAll("\0", "").trim().slice(0, TEXT_MAX) ?? "";
  const found = await searchProducts(shop.id, text, LIMIT);
  return { found: found.map(({ id, title }) => ({ id: String(id), title })) };
}
