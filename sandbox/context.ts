// What every part of the sandbox may ask of the others: one shop, one clock, one app, and the switches between them.

import type { AdminBlock } from "./extensions/extension-files.ts";
import type { FlowInbox } from "./shop/flow.ts";
import type { Id, Instant, SandboxClock, ShopEvent, ShopState } from "./shop/model.ts";
import type { Segments } from "./shop/segments.ts";
import type { Theme } from "./storefront/theme/theme.ts";

export type AppIdentity = {
  /** where the app's own process listens, e.g. `http://127.0.0.1:4001`; webhooks and proxied pages go there */
  baseUrl: string;
  apiKey: string;
  apiSecret: string;
  /** `handle` and `name` of shopify.app.toml */
  handle: string;
  name: string;
};

export type SessionTokenWish = { userId?: Id; locale?: string };

/** What a fault does to its chances: the next so many times for sure, else by probability (0 to 1). */
export type Fault = { probability: number; next: number };

export const faultNames = ["duplicate", "delay", "reorder", "drop", "throttle", "serverError", "timeout", "expireToken"] as const;
export type FaultName = (typeof faultNames)[number];

/** What befalls a mutation of the Admin API: so many calls answer 503, before anything was done or after it was; every call waits. */
export type MutationFault = { failBefore: number; failAfter: number; delayMs: number };

export type FaultSettings = Record<FaultName, Fault> & {
  /** by the mutation's name in the schema */
  mutations: Record<string, MutationFault>;
  /** how long a delayed delivery waits, in the sandbox's time */
  delayMs: number;
  /** how long an Admin API request hangs before its connection is cut */
  timeoutMs: number;
  /** Shopify's documents do not say whether a retry keeps its X-Shopify-Webhook-Id, so both can be had */
  newWebhookIdOnRetry: boolean;
};

export type FaultChanges = Partial<Record<FaultName, Partial<Fault>>> & Partial<Omit<FaultSettings, FaultName | "mutations">> & { mutations?: Record<string, Partial<MutationFault>> };

export type Faults = {
  read: () => FaultSettings;
  change: (changes: FaultChanges) => FaultSettings;
  clear: () => FaultSettings;
  /** rolls the dice, and uses up one of the next ones */
  strikes: (name: FaultName) => boolean;
  /** for one request with these mutations; uses up one of the calls that shall fail */
  strikesMutations: (names: readonly string[]) => { failsBefore: boolean; failsAfter: boolean; delayMs: number };
}

export type DeliveryState = "pending" | "scheduled" | "delivered" | "failed" | "dropped" | "cancelled";
export type DeliveryCounts = Record<DeliveryState, number>;

export type Deliveries = {
  /** writes the event down for every subscription to its topic, and soon delivers it */
  publish: (event: ShopEvent) => void;
  counts: () => DeliveryCounts;
  /** resolves when nothing is pending any more, `false` when that did not happen in time; what is scheduled for later in the sandbox's time is left alone */
  flush: (timeoutMs: number) => Promise<boolean>;
}

export type Installation = {
  isInstalled: () => boolean;
  /** the scopes the merchant has granted */
  scopes: () => string[];
  /** grants what shopify.app.toml asks for */
  install: () => void;
  uninstall: () => void;
  changeScopes: (scopes: string[]) => void;
}

export type ClockStep = { now: Instant; offsetMs: number; orderCount: number };

export type SandboxContext = {
  state: ShopState;
  clock: SandboxClock;
  app: AppIdentity;
  shopDomain: string;
  /** this sandbox's own origin, e.g. `http://localhost:4000` */
  publicUrl: () => string;
  /** a fresh session token (`id_token`) of a staff member, one minute long */
  mintSessionToken: (wish?: SessionTokenWish) => Promise<string>;
  isInstalled: () => boolean;
  installation: Installation;
  faults: Faults;
  deliveries: Deliveries;
  segments: Segments;
  flow: FlowInbox;
  /** what the app adds to pages of the Admin */
  blocks: readonly AdminBlock[];
  /** the online store's theme, and what the app adds to it */
  theme: Theme;
  /** moves the clock and lets the shoppers of those days do their shopping */
  advanceClock: (days: number) => Promise<ClockStep>;
};
