// One webhook request: signed over its raw bytes, with Shopify's headers and Shopify's patience.

import { createHmac } from "node:crypto";
import type { AppIdentity } from "../context.ts";
import type { Delivery } from "./delivery-store.ts";

export type Sender = { app: AppIdentity; shopDomain: string; apiVersion: string };
export type Outcome = { isDelivered: boolean; status: string };

const ANSWER_TIMEOUT_MS = 5_000; // Shopify's

export async function postDelivery({ app, shopDomain, apiVersion }: Sender, delivery: Delivery): Promise<Outcome> {
  const body = Buffer.from(delivery.body, "utf8");
  try {
    const response = await fetch(new URL(delivery.uri, app.baseUrl), {
      method: "POST",
      body,
      redirect: "manual", // 3xx is a failure, too
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Shopify-Captain-Hook",
        "X-Shopify-Topic": delivery.topic,
        "X-Shopify-Hmac-Sha256": createHmac("sha256", app.apiSecret).update(body).digest("base64"),
        "X-Shopify-Shop-Domain": shopDomain,
        "X-Shopify-API-Version": apiVersion,
        "X-Shopify-Webhook-Id": delivery.webhookId,
        "X-Shopify-Event-Id": delivery.eventId,
        "X-Shopify-Triggered-At": delivery.triggeredAt,
        ...(delivery.name === null ? {} : { "X-Shopify-Name": delivery.name }),
      },
    });
    await response.body?.cancel();
    return { isDelivered: response.ok, status: String(response.status) };
  } catch (error) {
    return { isDelivered: false, status: error instanceof Error ? describeFailure(error) : String(error) };
  }
}

const describeFailure = (error: Error): string => (error.cause instanceof Error ? error.cause.message || error.cause.name : error.message);
