// When the shop's figures last moved: cheap to ask, so that an open page can ask often.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { readStamp } from "../callers/stamp.server.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await merchantFrom(request);
  const stamp = await readStamp(shop.id);
  return Response.json({ stamp }, { headers: { "Cache-Control": "no-store" } });
}
