// Rewards that need what a merchant may not have allowed: Shopify asks for these apart from what the app needs to run.
import type { Programme, Reward } from "../model/programme.ts";

const NEEDED: Readonly<Partial<Record<Reward["kind"], readonly string[]>>> = {
  store_credit: ["write_store_credit_account_transactions", "read_store_credit_accounts"],
  gift_card: ["write_gift_cards"],
};

export const scopesOf = (kind: Reward["kind"]): readonly string[] => NEEDED[kind] ?? [];

/** Kinds on the menu that Shopify would refuse to make. */
export const notAllowed = ({ rewards }: Pick<Programme, "rewards">, scopes: readonly string[]): Reward["kind"][] =>
  [...new Set(rewards.filter(({ isOn, kind }) => isOn && scopesOf(kind).some((scope) => !scopes.includes(scope))).map(({ kind }) => kind))];
