// A pretend Shopify Admin with the app in its frame, the way to the app's own port, the stand-in for App Bridge, and the blocks apps add to pages.

import express, { Router } from "express";
import type { RequestHandler } from "express";
import { fileURLToPath } from "node:url";
import type { SandboxContext } from "../context.ts";
import { createBlocks, forAnybody } from "./blocks.ts";
import { createBridge } from "./bridge.ts";
import { findLocale, localeCookie, oneYearMs } from "./languages.ts";
import { showApp } from "./pages/app.ts";
import { listCustomers, showCustomer } from "./pages/customers.ts";
import { listDiscounts } from "./pages/discounts.ts";
import { listFlow } from "./pages/flow.ts";
import { showHome, showMissing } from "./pages/home.ts";
import { listOrders, showOrder } from "./pages/orders.ts";
import { listProducts, showProduct } from "./pages/products.ts";
import { listSegments } from "./pages/segments.ts";
import { createAppProxy } from "./proxy.ts";
import { createThemeEditor } from "../storefront/theme/editor.ts";

const publicFolder = fileURLToPath(new URL("public", import.meta.url));

/** goes before the control routes: some of its files are below `/sandbox`, too */
export function createShell(context: SandboxContext): Router {
  const router = Router();
  router.use(createAppProxy(context));
  router.use("/sandbox", createBridge(context), createBlocks(context));
  router.use("/sandbox/shell", express.static(publicFolder, { index: false, fallthrough: false, setHeaders: (response) => { response.set(forAnybody); } }));
  router.use("/admin", createAdmin(context));
  return router;
}

function createAdmin(context: SandboxContext): Router {
  const admin = Router();
  const appHome = `/admin/apps/${context.app.handle}`;
  admin.use(chooseLanguage);
  admin.get(["/", "/oauth/install"], (_request, response) => response.redirect(appHome));
  admin.get([`/apps/${context.app.handle}`, `/apps/${context.app.handle}/*`], showApp(context));
  admin.get("/home", showHome(context));
  admin.get("/orders", listOrders(context));
  admin.get("/orders/:id(\\d+)", showOrder(context));
  admin.get("/customers", listCustomers(context));
  admin.get("/customers/:id(\\d+)", showCustomer(context));
  admin.get("/segments", listSegments(context));
  admin.get("/customers/segments/:id", (request, response) => { response.redirect(`/admin/customers?segment=${encodeURIComponent(request.params.id)}`); });
  admin.get("/discounts", listDiscounts(context));
  admin.use("/themes/current/editor", createThemeEditor(context));
  admin.get("/flow", listFlow(context));
  admin.get("/products", listProducts(context));
  admin.get("/products/:id(\\d+)", showProduct(context));
  admin.get("*", showMissing(context));
  return admin;
}

/** `?locale=ja` on any page of the Admin is kept, and leaves the address */
const chooseLanguage: RequestHandler = (request, response, next) => {
  const locale = findLocale(request.query["locale"]);
  if (locale === null) return next();
  const url = new URL(request.originalUrl, "http://shell.invalid");
  url.searchParams.delete("locale");
  response.cookie(localeCookie, locale, { maxAge: oneYearMs, sameSite: "lax" });
  response.redirect(url.pathname + url.search);
};
