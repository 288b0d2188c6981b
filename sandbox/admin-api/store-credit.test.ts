import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseAppConfig } from "../webhooks/app-config.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const toml = `
[access_scopes]
scopes = "read_orders,read_all_orders,read_customers,write_customers,read_store_credit_accounts,write_store_credit_account_transactions,write_gift_cards"
[webhooks]
api_version = "2026-10"
`;
const DAY_MS = 86_400_000;

let shop: TestSandbox;
let customerId = "";
let mina = "";

beforeAll(async () => {
  shop = await openTestSandbox({ config: parseAppConfig(toml) });
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());
beforeEach(() => {
  customerId = shop.state.createCustomer({}).id;
  mina = `gid://shopify/Customer/${customerId}`;
});

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await shop.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const usd = (amount: string, currencyCode = "USD") => ({ amount, currencyCode });
const inDays = (days: number) => new Date(shop.clock.now().getTime() + days * DAY_MS).toISOString();

describe("store credit", () => {
  const credit = async (amount: object, more: object = {}, id = mina) => dig(await ask(`mutation c($id: ID!, $c: StoreCreditAccountCreditInput!) { storeCreditAccountCredit(id: $id, creditInput: $c) {
    storeCreditAccountTransaction { id amount { amount currencyCode } expiresAt account { id balance { amount } } } userErrors { field message code } } }`, { id, c: { creditAmount: amount, ...more } }), "storeCreditAccountCredit");
  const debit = async (amount: object, id = mina) => dig(await ask(`mutation d($id: ID!, $d: StoreCreditAccountDebitInput!) { storeCreditAccountDebit(id: $id, debitInput: $d) {
    storeCreditAccountTransaction { amount { amount } balanceAfterTransaction { amount } } userErrors { field message code } } }`, { id, d: { debitAmount: amount } }), "storeCreditAccountDebit");
  const read = async () => dig(await ask(`query a($id: ID!) { customer(id: $id) { storeCreditAccounts(first: 2) { nodes { id balance { amount currencyCode } transactions(first: 10) { nodes { __typename amount { amount } createdAt event
    ... on StoreCreditAccountCreditTransaction { id expiresAt remainingAmount { amount } } } } } } } }`, { id: mina }), "customer", "storeCreditAccounts", "nodes");

  test("opens an account with the first credit, and tells every booking", async () => {
    expect(await read()).toEqual([]);
    const first = await credit(usd("12.50"));
    expect(first).toMatchObject({ userErrors: [], storeCreditAccountTransaction: { amount: { amount: "12.5", currencyCode: "USD" }, account: { balance: { amount: "12.5" } } } });
    const accountGid = String(dig(first, "storeCreditAccountTransaction", "account", "id"));
    expect(await credit(usd("2.5"), {}, accountGid)).toMatchObject({ userErrors: [], storeCreditAccountTransaction: { account: { id: accountGid, balance: { amount: "15.0" } } } });
    expect(await debit(usd("5"))).toMatchObject({ userErrors: [], storeCreditAccountTransaction: { amount: { amount: "-5.0" }, balanceAfterTransaction: { amount: "10.0" } } });
    expect(await read()).toMatchObject([{ id: accountGid, balance: { amount: "10.0", currencyCode: "USD" }, transactions: { nodes: [
      { __typename: "StoreCreditAccountCreditTransaction", amount: { amount: "12.5" }, expiresAt: null, remainingAmount: { amount: "7.5" } }, { amount: { amount: "2.5" } }, { __typename: "StoreCreditAccountDebitTransaction", event: "ADJUSTMENT" },
    ] } }]);
  });

  test("spends first what expires first, and what is left then expires", async () => {
    await credit(usd("10"));
    await credit(usd("10"), { expiresAt: inDays(3) });
    await debit(usd("4"));
    shop.clock.setOffset(shop.clock.offsetMs + 4 * DAY_MS);
    await shop.signIn();
    expect(await read()).toMatchObject([{ balance: { amount: "10.0" }, transactions: { nodes: [{ amount: { amount: "10.0" } }, { remainingAmount: { amount: "0.0" } }, { amount: { amount: "-4.0" } }, { __typename: "StoreCreditAccountExpirationTransaction", amount: { amount: "-6.0" } }] } }]);
    await credit(usd("1"));
    expect(await read()).toMatchObject([{ balance: { amount: "11.0" } }]);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["nothing", () => credit(usd("0")), "NEGATIVE_OR_ZERO_AMOUNT"],
    ["less than nothing", () => debit(usd("-1")), "NEGATIVE_OR_ZERO_AMOUNT"],
    ["another currency", () => credit(usd("1", "EUR")), "MISMATCHING_CURRENCY"],
    ["an end that has passed", () => credit(usd("1"), { expiresAt: inDays(-1) }), "EXPIRES_AT_IN_PAST"],
    ["a customer who is not there", () => credit(usd("1"), {}, "gid://shopify/Customer/404"), "OWNER_NOT_FOUND"],
    ["an account that is not there", () => credit(usd("1"), {}, "gid://shopify/StoreCreditAccount/404"), "ACCOUNT_NOT_FOUND"],
    ["a customer without an account to take from", () => debit(usd("1")), "ACCOUNT_NOT_FOUND"],
  ])("refuses %s, and nothing is booked", async (_what, act, code) => {
    expect(await act()).toMatchObject({ storeCreditAccountTransaction: null, userErrors: [{ code }] });
    expect(await read()).toEqual([]);
  });
  test("refuses more than there is", async () => {
    await credit(usd("1"));
    expect(await debit(usd("1.01"))).toMatchObject({ userErrors: [{ code: "INSUFFICIENT_FUNDS" }] });
    expect(await read()).toMatchObject([{ balance: { amount: "1.0" } }]);
  });

  test("pays an order, which keeps its total and tells the parts; a merged customer's credit comes along", async () => {
    await credit(usd("5"));
    const order = shop.state.placeOrder({ customerId, lines: [{ title: "Tea", quantity: 1, unitPriceMinor: 1000 }], shippingMinor: 0, payWith: { storeCredit: true } });
    const data = await ask(`query o($id: ID!) { order(id: $id) { totalPriceSet { shopMoney { amount } } paymentGatewayNames transactions(first: 5) { gateway kind status amountSet { shopMoney { amount } } } } }`, { id: `gid://shopify/Order/${order.id}` });
    expect(dig(data, "order")).toEqual({
      totalPriceSet: { shopMoney: { amount: "10.0" } }, paymentGatewayNames: ["shopify_store_credit", "bogus"],
      transactions: [{ gateway: "shopify_store_credit", kind: "SALE", status: "SUCCESS", amountSet: { shopMoney: { amount: "5.0" } } }, { gateway: "bogus", kind: "SALE", status: "SUCCESS", amountSet: { shopMoney: { amount: "5.0" } } }],
    });
    await credit(usd("3"));
    const kept = shop.state.createCustomer({}).id;
    shop.state.mergeCustomers({ keptId: kept, deletedId: customerId });
    expect(shop.state.storeCredit.balanceOf(kept)).toBe(300);
  });
});

describe("a gift card", () => {
  const create = async (input: object) => dig(await ask(`mutation g($i: GiftCardCreateInput!) { giftCardCreate(input: $i) { giftCard { id maskedCode balance { amount } customer { id } } giftCardCode userErrors { field message code } } }`, { i: input }), "giftCardCreate");

  test("is made with a code of its own or a given one, read without it, and switched off", async () => {
    expect(await create({ initialAmount: usd("20") })).toMatchObject({ userErrors: [], giftCardCode: expect.stringMatching(/^[a-z\d]{16}$/) });
    const made = await create({ initialValue: "15.5", code: "LOYAL2026", customerId: mina, expiresOn: "2099-12-31", note: "points" });
    expect(made).toMatchObject({ userErrors: [], giftCardCode: "loyal2026", giftCard: { maskedCode: "•••• •••• •••• 2026", balance: { amount: "15.5" }, customer: { id: mina } } });
    const id = dig(made, "giftCard", "id");
    expect(await create({ initialAmount: usd("1"), code: "loyal2026" })).toMatchObject({ giftCard: null, userErrors: [{ field: ["input", "code"], code: "TAKEN" }] });
    const read = `query r($id: ID!) { giftCard(id: $id) { balance { amount } lastCharacters enabled expiresOn } }`;
    expect(await ask(read, { id })).toEqual({ giftCard: { balance: { amount: "15.5" }, lastCharacters: "2026", enabled: true, expiresOn: "2099-12-31" } });
    const order = shop.state.placeOrder({ lines: [{ title: "Tea", quantity: 1, unitPriceMinor: 1000 }], shippingMinor: 0, customerId: null, payWith: { giftCardCodes: ["LOYAL 2026"] } });
    expect(order).toMatchObject({ totalMinor: 1000, payments: [{ kind: "giftCard", amountMinor: 1000 }] });
    await ask(`mutation x($id: ID!) { giftCardDeactivate(id: $id) { giftCard { enabled } userErrors { code } } }`, { id });
    expect(await ask(read, { id })).toMatchObject({ giftCard: { balance: { amount: "5.5" }, enabled: false } });
    expect(() => shop.state.placeOrder({ lines: [{ title: "Tea", quantity: 1, unitPriceMinor: 100 }], customerId: null, payWith: { giftCardCodes: ["loyal2026"] } })).toThrow("This gift card cannot be used.");
    expect(await ask(`mutation { giftCardDeactivate(id: "gid://shopify/GiftCard/404") { giftCard { id } userErrors { code } } }`)).toMatchObject({ giftCardDeactivate: { userErrors: [{ code: "GIFT_CARD_NOT_FOUND" }] } });
  });

  test.each<[string, object, string]>([
    ["a short code", { code: "abc1234" }, "TOO_SHORT"],
    ["a long one", { code: "a".repeat(21) }, "TOO_LONG"],
    ["one with signs", { code: "abc-1234-x" }, "INVALID"],
    ["no amount", { initialAmount: null }, "MISSING_ARGUMENT"],
    ["nothing on it", { initialAmount: usd("0") }, "GREATER_THAN"],
    ["somebody who is not there", { customerId: "gid://shopify/Customer/404" }, "CUSTOMER_NOT_FOUND"],
  ])("is refused with %s", async (_what, input, code) => {
    const before = shop.state.giftCards.list().length;
    expect(await create({ initialAmount: usd("1"), ...input })).toMatchObject({ giftCard: null, giftCardCode: null, userErrors: [{ code }] });
    expect(shop.state.giftCards.list()).toHaveLength(before);
  });
});
