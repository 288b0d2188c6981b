// Hands the merchant what is known about one customer who asked; taking it is written down, hence a POST.
import type { ActionFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { takeDataRequest } from "../capabilities/privacy/privacy.server.ts";
import { toJson } from "../values/json.ts";

const REQUEST_ID = /^\d{1,19}$/;

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const { shop } = await merchantFrom(request);
  const id = params["requestId"] ?? "";
  const taken = REQUEST_ID.test(id) ? await takeDataRequest(shop.id, BigInt(id)) : null;
  if (taken === null) return new Response(null, { status: 404 });
  return new Response(`${toJson(taken)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="customer-data-${id}.json"`,
      "Cache-Control": "no-store", // a person's data
    },
  });
}
