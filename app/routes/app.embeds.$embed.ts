// Whether shoppers can see one of our app embeds, asked of Shopify while the page is already there. /app/embeds/survey
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { EMBEDS, type EmbedStatus } from "../capabilities/shops/model.ts";
import { readEmbedStatus } from "../capabilities/shops/shops.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs): Promise<{ status: EmbedStatus }> {
  const { shop } = await merchantFrom(request);
  const embed = EMBEDS.find((one) => one === params["embed"]);
  if (embed === undefined) throw new Response(null, { status: 404 });
  return { status: await readEmbedStatus(shop, embed) };
}
