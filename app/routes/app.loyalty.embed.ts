// Whether shoppers can see the panel, asked of Shopify while the page is already there.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import type { EmbedStatus } from "../capabilities/loyalty/model/programme.ts";
import { readEmbedStatus } from "../capabilities/loyalty/loyalty.server.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<{ status: EmbedStatus }> {
  const { shop } = await merchantFrom(request);
  return { status: await readEmbedStatus(shop.id) };
}
