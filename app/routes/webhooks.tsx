// Shopify speaks; we write it down and say thank you. Compliance topics come here too.
import type { ActionFunctionArgs } from "@remix-run/node";
import { deliveryFrom } from "../callers/delivery.server.ts";
import { receive } from "../inbox/inbox.server.ts";

export async function action({ request }: ActionFunctionArgs) {
  await receive(await deliveryFrom(request));
  return new Response();
}

export const loader = () => new Response(null, { status: 405, headers: { Allow: "POST" } });
