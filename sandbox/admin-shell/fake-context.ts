// A small sandbox for tests of its pages: a real shop in memory, a session token anybody can read, and a web server around a router.

import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import express, { type Router } from "express";
import { createClock } from "../clock.ts";
import type { DeliveryCounts, SandboxContext } from "../context.ts";
import { createFaults } from "../control/faults.ts";
import type { AdminBlock } from "../extensions/extension-files.ts";
import { createFlowInbox, type FlowTrigger } from "../shop/flow.ts";
import type { ProductDoc } from "../shop/model.ts";
import { createSegments } from "../shop/segments.ts";
import { openShop } from "../shop/state.ts";
import { createTheme } from "../storefront/theme/theme.ts";

const nothingDelivered: DeliveryCounts = { pending: 0, scheduled: 0, delivered: 0, failed: 0, dropped: 0, cancelled: 0 };

const aBlock: AdminBlock = { handle: "regulars-customer", name: "Regulars", target: "admin.customer-details.block.render", folder: "/nowhere", module: "./src/block.tsx" };
const aTrigger: FlowTrigger = { handle: "customer-entered-segment", name: "Customer entered segment", fields: [{ key: "customer_id", type: "customer_reference" }, { key: "Segment", type: "single_line_text_field" }] };

export type FakeSandbox = { context: SandboxContext; setInstalled(isInstalled: boolean): void; setPublicUrl(url: string): void };

export function createFakeSandbox(appUrl: string, extensionsFolder = "/nowhere"): FakeSandbox {
  const clock = createClock(0);
  const state = openShop({ file: ":memory:", clock });
  for (const product of products) state.ledger.putProduct(product);
  let isInstalled = true;
  let publicUrl = "http://localhost:4000";
  const context: SandboxContext = {
    state,
    clock,
    app: { baseUrl: appUrl, apiKey: "test-api-key", apiSecret: "hush", handle: "regulars", name: "Regulars" },
    shopDomain: state.shop().domain,
    publicUrl: () => publicUrl,
    mintSessionToken: async ({ locale = "none" } = {}) => `token-for-${locale}`,
    isInstalled: () => isInstalled,
    installation: {
      isInstalled: () => isInstalled,
      scopes: () => ["read_orders"],
      install: () => void (isInstalled = true),
      uninstall: () => void (isInstalled = false),
      changeScopes: () => undefined,
    },
    faults: createFaults(() => 1),
    segments: createSegments(state, clock),
    flow: createFlowInbox(state, clock, [aTrigger]),
    blocks: [aBlock],
    theme: createTheme({ state, clock, appHandle: "regulars", extensionsFolder }),
    deliveries: { publish: () => undefined, counts: () => nothingDelivered, flush: async () => true },
    advanceClock: async () => ({ now: clock.now().toISOString(), offsetMs: clock.offsetMs, orderCount: 0 }),
  };
  return { context, setInstalled: (value) => void (isInstalled = value), setPublicUrl: (url) => void (publicUrl = url) };
}

export type Served = { url: string; close(): Promise<void> };

async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function serveRouter(router: Router): Promise<Served> {
  return serve(express().disable("x-powered-by").use(router));
}

export type HeardRequest = { method: string; url: URL; headers: IncomingHttpHeaders; body: string };

/** an app that writes down what it is asked and answers as it is told */
export async function serveApp(answer: RequestListener): Promise<Served & { heard: HeardRequest[] }> {
  const heard: HeardRequest[] = [];
  const served = await serve((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://app.invalid");
      heard.push({ method: request.method ?? "", url, headers: request.headers, body: Buffer.concat(chunks).toString() });
      answer(request, response);
    });
  });
  return { ...served, heard };
}

const at = "2026-01-01T00:00:00Z";
const aProduct = (id: string, title: string, productType: string, prices: [string, number][]): ProductDoc => ({
  id,
  title,
  handle: title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-"),
  description: `${title}, packed on the day it is sent.`,
  productType,
  vendor: "Regulars",
  status: "ACTIVE",
  tags: [],
  createdAt: at,
  updatedAt: at,
  variants: prices.map(([choice, priceMinor], index) => ({ id: `${id}${index}`, title: choice, sku: `R-${id}-${index}`, priceMinor, unitCostMinor: null, updatedAt: at })),
});

const products: ProductDoc[] = [
  aProduct("101", "Ethiopia Guji", "Coffee", [["250 g", 1450], ["1 kg", 4900]]),
  aProduct("102", "First Flush Sencha", "Tea", [["Default Title", 1800]]),
  aProduct("103", "Pour-over Dripper", "Equipment", [["Default Title", 3200]]),
  aProduct("104", "Stoneware Mug", "Accessories", [["Ink", 2400], ["Sand", 2400]]),
  aProduct("105", "Gooseneck Kettle", "Equipment", [["Default Title", 8900]]),
  aProduct("106", "Tasting Gift Box", "Gifts", [["Default Title", 5600]]),
  aProduct("107", "<b>Bold</b> & \"Quoted\" Blend", "Coffee", [["Default Title", 1500]]),
];
