// Hands the merchant what is known about one customer who asked; taking it is written down, hence a POST.
import type { ActionFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { takeDataRequest } from "../capabilities/privacy/privacy.server.ts";

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { shop } = await merchantFrom(request);
  const id = params["requestId"] ?? "";
  const file = await takeDataRequest(shop.id, id);
  if (file === null) return new Response(null, { status: 404 });
  return new Response(file, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="customer-data-${id}.json"`,
      "Cache-Control": "no-store", // a person's data
    },
  });
}
