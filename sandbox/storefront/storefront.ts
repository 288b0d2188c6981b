// A small shop: shelves, cart, checkout and accounts over the pretend shop's state, with the app's signed door and places for theme blocks.

import express, { Router, type RequestHandler } from "express";
import type { Request, Response } from "express";
import { fileURLToPath } from "node:url";
import type { SandboxContext } from "../context.ts";
import { findLocale } from "../admin-shell/languages.ts";
import { promised } from "../admin-shell/promised-handler.ts";
import { logIn, logOut, register, showAccount, showLogin, showRegistration } from "./account.ts";
import { createAppDoor } from "./app-proxy.ts";
import { addToCart, showCart, updateCart } from "./cart.ts";
import { changeCodes, followDiscountLink, showCheckout, submitCheckout } from "./checkout.ts";
import { readBackPath, readField } from "./forms.ts";
import { sendMissing } from "./missing.ts";
import { createVisit, type RenderBlocks, type Visit } from "./page.ts";
import { keepSession } from "./session.ts";
import { showCollection, showHome, showPage, showProduct } from "./shelves.ts";
import { showThanks } from "./thanks.ts";

/** `renderBlocks` is asked on every page for what theme extensions put there */
export function createStorefront(context: SandboxContext, renderBlocks: RenderBlocks = context.theme.renderBlocks): Router {
  const router = Router();
  router.use(createAppDoor(context));
  router.use("/storefront", express.static(fileURLToPath(new URL("public", import.meta.url)), { index: false, fallthrough: false }));
  const { extension, assetsPath } = context.theme;
  if (extension !== null) router.use(assetsPath, express.static(extension.assetsFolder, { index: false, fallthrough: false }));
  router.use(express.urlencoded({ extended: false, limit: "20kb" }));
  router.use(keepLanguage(context, renderBlocks));

  const page = (show: (visit: Visit, request: Request, response: Response) => Promise<void> | void): RequestHandler =>
    promised((request, response) => show(createVisit(context, renderBlocks, request), request, response));
  router.get("/", page((visit, _request, response) => showHome(visit, response)));
  router.get("/collections/all", page((visit, request, response) => showCollection(visit, response, readCollectionWish(request))));
  router.get("/products/:handle", page((visit, request, response) => showProduct(visit, response, request.params["handle"] ?? "")));
  router.get("/pages/loyalty", page((visit, _request, response) => showPage(visit, response)));
  router.get("/cart", page((visit, _request, response) => showCart(visit, response)));
  router.post("/cart/add", page(addToCart));
  router.post("/cart/update", page(updateCart));
  router.get("/checkout", page((visit, _request, response) => showCheckout(visit, response)));
  router.post("/checkout", page(submitCheckout));
  router.post("/checkout/code", page(changeCodes));
  router.get("/checkout/code", (_request, response) => { response.redirect(303, "/checkout"); }); // a reload
  router.get("/discount/:code", page(followDiscountLink));
  router.get("/checkout/thank-you/:token", page((visit, request, response) => showThanks(visit, response, request.params["token"] ?? "")));
  router.get("/account", page((visit, _request, response) => showAccount(visit, response)));
  router.get("/account/login", page((visit, _request, response) => showLogin(visit, response)));
  router.post("/account/login", page(logIn));
  router.get("/account/register", page((visit, _request, response) => showRegistration(visit, response)));
  router.post("/account/register", page(register));
  router.post("/account/logout", page((visit, _request, response) => logOut(visit, response)));
  router.post("/language", page(chooseLanguage));
  router.get("*", page((visit, _request, response) => sendMissing(visit, response)));
  return router;
}

function readCollectionWish({ query }: Request): { query: string; after: string | null } {
  const { q, after } = query;
  return { query: typeof q === "string" ? q : "", after: typeof after === "string" && /^\d{1,18}$/.test(after) ? after : null };
}

function chooseLanguage(visit: Visit, request: Request, response: Response): void {
  const locale = findLocale(readField(request, "locale")) ?? visit.session.locale;
  keepSession(visit.context, response, { ...visit.session, locale });
  const back = new URL(readBackPath(request), "http://storefront.invalid");
  back.searchParams.delete("locale");
  response.redirect(303, back.pathname + back.search);
}

/** `?locale=ja` on any page is kept for the next ones */
function keepLanguage(context: SandboxContext, renderBlocks: RenderBlocks): RequestHandler {
  return (request, response, next) => {
    if (request.method === "GET" && findLocale(request.query["locale"]) !== null) {
      keepSession(context, response, createVisit(context, renderBlocks, request).session);
    }
    next();
  };
}
