import { expect, test } from "vitest";
import { rewardSchema } from "../model/programme.ts";
import { notAllowed } from "./permissions.ts";

const base = { title: null, cost: 100, minOrderMinor: null, validDays: 90, perCustomer: null, total: null, tierIds: [] };
const credit = rewardSchema.parse({ ...base, id: "credit", isOn: true, kind: "store_credit", amountMinor: 500, maxSteps: 1 });
const card = rewardSchema.parse({ ...base, id: "card", isOn: true, kind: "gift_card", amountMinor: 500, maxSteps: 1 });
const shipping = rewardSchema.parse({ ...base, id: "shipping", isOn: true, kind: "free_shipping" });

test("a reward on the menu that Shopify would refuse is named once, one that is off or allowed is not", () => {
  expect(notAllowed({ rewards: [credit, { ...credit, id: "more" }, card, shipping] }, ["write_discounts"])).toEqual(["store_credit", "gift_card"]);
  expect(notAllowed({ rewards: [credit, { ...card, isOn: false }] }, ["read_store_credit_accounts"])).toEqual(["store_credit"]);
  expect(notAllowed({ rewards: [credit, card] }, ["write_store_credit_account_transactions", "read_store_credit_accounts", "write_gift_cards"])).toEqual([]);
});
