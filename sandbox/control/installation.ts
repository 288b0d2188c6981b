// Whether the app is installed, with which scopes, and what Shopify tells it when that changes.

import type { Installation } from "../context.ts";
import { SandboxError, type SandboxClock, type ShopDoc, type ShopEvent, type ShopState } from "../shop/model.ts";
import type { AppConfig } from "../webhooks/app-config.ts";
import { toGid } from "../admin-api/gids.ts";

export type InstallationOptions = {
  state: ShopState;
  clock: SandboxClock;
  config: Pick<AppConfig, "scopes" | "optionalScopes">;
  /** more than the app asks for: what it would need Shopify's approval to ask for, such as read_all_orders */
  extraScopes?: readonly string[];
};

/** Set once the delivery queue is there: both need each other. */
export type InstallationEffects = {
  voidTokens: () => void;
  publish: (event: ShopEvent) => void;
  schedule: (event: ShopEvent, dueAtMs: number) => void;
  cancelScheduled: (topic: string) => void;
  cancelForUninstall: () => void;
};

const SHOP_REDACT_AFTER_MS = 48 * 3_600_000;
const STORE_KEY = "installation";

type Stored = { isInstalled: boolean; scopes: string[]; askedScopes: string[] };

export function createInstallation({ state, clock, config, extraScopes = [] }: InstallationOptions, readEffects: () => InstallationEffects): Installation {
  const asked = [...new Set([...config.scopes, ...extraScopes])];
  const stored = readStored(state);
  // A merchant agrees to what is asked; when the app asks for something else, a new deployment of the app is taken as agreed to.
  let current: Stored = stored?.askedScopes.join() === asked.join() ? stored : { isInstalled: stored?.isInstalled ?? true, scopes: asked, askedScopes: asked };
  const save = (next: Stored): void => {
    current = next;
    state.remember(STORE_KEY, current);
  };
  save(current);

  return {
    isInstalled: () => current.isInstalled,
    scopes: () => (current.isInstalled ? [...current.scopes] : []),
    install() {
      readEffects().cancelScheduled("shop/redact");
      save({ isInstalled: true, scopes: asked, askedScopes: asked });
    },
    uninstall() {
      if (!current.isInstalled) throw new SandboxError("The app is not installed.");
      const effects = readEffects();
      const now = clock.now();
      effects.voidTokens();
      save({ ...current, isInstalled: false });
      effects.cancelForUninstall();
      effects.publish({ topic: "app/uninstalled", occurredAt: now.toISOString(), body: toShopBody(state.shop()) });
      const dueAt = new Date(now.getTime() + SHOP_REDACT_AFTER_MS);
      effects.schedule({ topic: "shop/redact", occurredAt: dueAt.toISOString(), body: toRedactBody(state.shop()) }, dueAt.getTime());
    },
    changeScopes(scopes) {
      if (!current.isInstalled) throw new SandboxError("The app is not installed, so it has no scopes to change.");
      const previous = current.scopes;
      save({ ...current, scopes: [...new Set(scopes)] });
      const updatedAt = clock.now().toISOString();
      const body = JSON.stringify({ id: 1, shop_id: toGid("Shop", state.shop().id), previous, current: current.scopes, updated_at: updatedAt });
      readEffects().publish({ topic: "app/scopes_update", occurredAt: updatedAt, body });
    },
  };
}

function readStored(state: ShopState): Stored | null {
  const value = state.recall(STORE_KEY);
  return typeof value === "object" && value !== null && "isInstalled" in value ? (value as Stored) : null; // only save() stores under this key
}

/** Ids go as bare numbers that JSON.stringify could not write, so the text is put together. */
export const toRedactBody = ({ id, domain }: ShopDoc): string => `{"shop_id":${id},"shop_domain":${JSON.stringify(domain)}}`;

const toShopBody = (shop: ShopDoc): string => `{"id":${shop.id},${JSON.stringify({
  name: shop.name,
  email: shop.email,
  domain: shop.domain,
  country_code: shop.countryCode,
  created_at: shop.createdAt,
  currency: shop.currency,
  iana_timezone: shop.timeZone,
  plan_name: shop.planName,
  myshopify_domain: shop.domain,
}).slice(1)}`;
