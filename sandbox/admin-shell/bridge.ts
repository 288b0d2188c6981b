// Serves the stand-in for App Bridge as one classic script, put together from the parts in `app-bridge/`, and what it asks for.

import { readFileSync } from "node:fs";
import { Router } from "express";
import type { Request, Response } from "express";
import type { SandboxContext } from "../context.ts";
import { toDecimal } from "../admin-api/amounts.ts";
import { searchProducts } from "../storefront/catalog.ts";
import { storeName } from "./embedding.ts";
import { locales } from "./languages.ts";
import { readRequestedScopes } from "./requested-scopes.ts";
import { bridgeWords } from "./words.ts";

/** in the order in which they build on each other */
const parts = ["messages", "session", "navigation", "overlay", "elements", "pickers", "vitals", "shopify"];
const PICKER_PRODUCTS_MAX = 50; // what a person scrolls through before typing

export function createBridge(context: SandboxContext): Router {
  const router = Router();
  const script = assembleScript(context);
  router.get("/app-bridge.js", (_request, response) => {
    response.type("text/javascript").set("Cache-Control", "no-cache").send(script);
  });
  router.use("/cdn", answerEmpty);
  router.get("/shell/products.json", (request, response) => {
    const query = typeof request.query["query"] === "string" ? request.query["query"] : "";
    response.json(searchProducts(context.state, query, PICKER_PRODUCTS_MAX).map((product) => toPickerProduct(product, context.state.shop().currency)));
  });
  router.get("/shell/scopes.json", (_request, response) => {
    response.json({ granted: context.installation.scopes(), ...readRequestedScopes() });
  });
  return router;
}

function assembleScript(context: SandboxContext): string {
  const read = (part: string): string => readFileSync(new URL(`app-bridge/${part}.js`, import.meta.url), "utf8");
  const facts = {
    shop: context.shopDomain,
    store: storeName(context.shopDomain),
    handle: context.app.handle,
    locales,
    words: bridgeWords,
  };
  return `(() => {\n"use strict";\nif (window.shopify) return;\nconst facts = ${JSON.stringify(facts)};\n${parts.map(read).join("\n")}\n})();\n`;
}

/** what Shopify's CDN would have had: an empty style sheet, or nothing */
function answerEmpty(request: Request, response: Response): void {
  if (request.path.endsWith(".css")) response.type("text/css").send("");
  else response.status(204).end();
}

/** the fields of the real picker's answer that an app can use */
function toPickerProduct(product: ReturnType<typeof searchProducts>[number], currency: string): unknown {
  const id = `gid://shopify/Product/${product.id}`;
  return {
    id,
    title: product.title,
    handle: product.handle,
    descriptionHtml: "",
    productType: product.productType,
    vendor: product.vendor,
    status: product.status,
    tags: product.tags,
    images: [],
    totalVariants: product.variants.length,
    hasOnlyDefaultVariant: product.variants.length === 1,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    variants: product.variants.map((variant, index) => ({
      id: `gid://shopify/ProductVariant/${variant.id}`,
      title: variant.title,
      displayName: `${product.title} - ${variant.title}`,
      sku: variant.sku,
      price: toDecimal(variant.priceMinor, currency),
      position: index + 1,
      product: { id },
    })),
  };
}
