// What Shopify's library serves by itself (the page that fetches a session token, the way out of the iframe), and the way back for who came without a shop.
import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { shopify } from "../shopify/app.server.ts";

const SHOPIFY_ADMIN = "https://admin.shopify.com";

export async function loader({ request }: LoaderFunctionArgs) {
  const { pathname, search, searchParams } = new URL(request.url);
  if (pathname === "/auth/login") return searchParams.has("shop") ? install(request) : sendToAdmin(request);
  await shopify.authenticate.admin(request);
  return redirect(`/app${search}`);
}

/** Throws the redirect to Shopify's page of consent, unless that is no shop's domain. */
async function install(request: Request): Promise<Response> {
  await shopify.login(request);
  return sendToAdmin(request);
}

/** Nobody is ever asked to type a shop's domain: the Admin knows it, and opens us from there. It refuses to be framed. */
const sendToAdmin = (request: Request): Response =>
  redirect(request.headers.get("sec-fetch-dest") === "iframe" ? `/auth/exit-iframe?exitIframe=${encodeURIComponent(SHOPIFY_ADMIN)}` : SHOPIFY_ADMIN);
