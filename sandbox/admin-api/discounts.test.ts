import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseAppConfig } from "../webhooks/app-config.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const toml = `
[access_scopes]
scopes = "read_orders,read_all_orders,read_customers,write_customers,read_products,write_discounts"
[webhooks]
api_version = "2026-10"
[[webhooks.subscriptions]]
topics = ["orders/create"]
uri = "/webhooks"
`;

let shop: TestSandbox;
let mina = "";
let tea: { productGid: string; variantGid: string; variantId: string };

beforeAll(async () => {
  shop = await openTestSandbox({ config: parseAppConfig(toml) });
  mina = shop.state.createCustomer({ email: "mina@example.com", tags: ["VIP"] }).id;
  const at = "2026-01-01T00:00:00Z";
  shop.state.ledger.putProduct({
    id: "101", title: "Sencha", handle: "sencha", description: "", productType: "Tea", vendor: "R", status: "ACTIVE", tags: [], createdAt: at, updatedAt: at,
    variants: [{ id: "1010", title: "Default Title", sku: "S", priceMinor: 1800, unitCostMinor: null, updatedAt: at }],
  });
  tea = { productGid: "gid://shopify/Product/101", variantGid: "gid://shopify/ProductVariant/1010", variantId: "1010" };
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => shop.close());

const READ = `
  title status startsAt endsAt asyncUsageCount combinesWith { orderDiscounts productDiscounts shippingDiscounts } discountClasses
  minimumRequirement { ... on DiscountMinimumSubtotal { greaterThanOrEqualToSubtotal { amount currencyCode } } }
  context { ... on DiscountBuyerSelectionAll { all } ... on DiscountCustomers { customers { id } } ... on DiscountCustomerSegments { segments { id } } }`;
const READ_CODE = `${READ} usageLimit appliesOncePerCustomer codes(first: 1) { nodes { code } }`;
const READ_GETS = `customerGets { items { ... on AllDiscountItems { allItems } ... on DiscountProducts { products(first: 5) { nodes { id } } productVariants(first: 5) { nodes { id } } } }
  value { ... on DiscountPercentage { percentage } ... on DiscountAmount { amount { amount } appliesOnEachItem } } }`;
const NODE = `codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic { ${READ_CODE} ${READ_GETS} } ... on DiscountCodeFreeShipping { ${READ_CODE} } } } userErrors { field message code extraInfo }`;
const AUTOMATIC = `automaticDiscountNode { id automaticDiscount { ... on DiscountAutomaticBasic { ${READ} ${READ_GETS} } ... on DiscountAutomaticFreeShipping { ${READ} } } } userErrors { field message code }`;

const ask = async (query: string, variables: Record<string, unknown> = {}) => {
  const { body } = await shop.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
};
const createBasic = async (d: object) => dig(await ask(`mutation c($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { ${NODE} } }`, { d }), "discountCodeBasicCreate");
const now = () => shop.clock.now().toISOString();
const tenth = (changes: object = {}) => ({ title: "Ten off", code: "TEN", startsAt: now(), customerGets: { items: { all: true }, value: { percentage: 0.1 } }, ...changes });
const idOf = (answer: unknown): string => String(dig(answer, "codeDiscountNode", "id") ?? dig(answer, "automaticDiscountNode", "id"));
const buy = (wish: object = {}) => shop.state.placeOrder({ customerId: mina, lines: [{ variantId: tea.variantId, quantity: 2 }], ...wish });

describe("a code", () => {
  test("is made with all that was said, and found by its id and, in whatever case, by its text", async () => {
    const made = await createBasic(tenth({
      code: "Thanks-1", usageLimit: 1, appliesOncePerCustomer: true, endsAt: "2099-01-01T00:00:00Z", context: { customers: { add: [`gid://shopify/Customer/${mina}`] } },
      minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "25" } }, combinesWith: { shippingDiscounts: true },
    }));
    expect(made).toMatchObject({
      userErrors: [],
      codeDiscountNode: { codeDiscount: {
        title: "Ten off", status: "ACTIVE", endsAt: "2099-01-01T00:00:00Z", usageLimit: 1, asyncUsageCount: 0, appliesOncePerCustomer: true, discountClasses: ["ORDER"],
        codes: { nodes: [{ code: "Thanks-1" }] }, combinesWith: { orderDiscounts: false, shippingDiscounts: true },
        minimumRequirement: { greaterThanOrEqualToSubtotal: { amount: "25.0", currencyCode: "USD" } },
        context: { customers: [{ id: `gid://shopify/Customer/${mina}` }] }, customerGets: { items: { allItems: true }, value: { percentage: 0.1 } },
      } },
    });
    const id = idOf(made);
    const found = await ask(`query f($id: ID!) { codeDiscountNodeByCode(code: "thanks-1") { id } codeDiscountNode(id: $id) { id } discountNode(id: $id) { id discount { ... on DiscountCodeBasic { title } } } automaticDiscountNode(id: $id) { id } }`, { id });
    expect(found).toEqual({ codeDiscountNodeByCode: { id }, codeDiscountNode: { id }, discountNode: { id, discount: { title: "Ten off" } }, automaticDiscountNode: null });
  });

  test.each<[string, object, object]>([
    ["a code that is there", { code: "taken" }, { field: ["basicCodeDiscount", "code"], code: "TAKEN", message: "Code must be unique. Please try a different code." }],
    ["one of the shop's own", { code: "welcome10" }, { field: ["basicCodeDiscount", "code"], code: "TAKEN" }],
    ["no title", { title: " " }, { field: ["basicCodeDiscount", "title"], code: "BLANK", message: "Title can't be blank" }],
    ["no beginning", { startsAt: null }, { field: ["basicCodeDiscount", "startsAt"], code: "BLANK" }],
    ["an end before the beginning", { endsAt: "2020-01-01T00:00:00Z" }, { field: ["basicCodeDiscount", "endsAt"], code: "INVALID", message: "Ends at needs to be after starts_at" }],
    ["more than all", { customerGets: { items: { all: true }, value: { percentage: 10 } } }, { field: ["basicCodeDiscount", "customerGets", "value", "percentage"], code: "VALUE_OUTSIDE_RANGE" }],
    ["an unknown customer", { context: { customers: { add: ["gid://shopify/Customer/404"] } } }, { field: ["basicCodeDiscount", "context", "customers", "add"], code: "INVALID" }],
    ["an unknown variant", { customerGets: { items: { products: { productVariantsToAdd: ["gid://shopify/ProductVariant/404"] } }, value: { percentage: 1 } } },
      { field: ["basicCodeDiscount", "customerGets", "items", "products", "productVariantsToAdd"], message: "Product variant with id: 404 is invalid", code: "INVALID" }],
    ["a quantity, which is for buying X and getting Y", { customerGets: { items: { all: true }, value: { discountOnQuantity: { quantity: "1", effect: { percentage: 1 } } } } },
      { field: ["basicCodeDiscount", "customerGets", "value", "discountOnQuantity"], message: "discountOnQuantity field is only permitted with bxgy discounts.", code: "INVALID" }],
  ])("is refused with %s, and nothing is made", async (_what, changes, error) => {
    if (shop.state.discounts.findByCode("TAKEN") === null) await createBasic(tenth({ code: "TAKEN" }));
    const before = shop.state.discounts.list().length;
    expect(await createBasic(tenth({ code: "NEW", ...changes }))).toMatchObject({ codeDiscountNode: null, userErrors: [error] });
    expect(shop.state.discounts.list()).toHaveLength(before);
  });

  test("is changed in what is said and kept in the rest, ended, and deleted", async () => {
    const id = idOf(await createBasic(tenth({ code: "CHANGE", usageLimit: 3 })));
    const update = async (d: object) => dig(await ask(`mutation u($id: ID!, $d: DiscountCodeBasicInput!) { discountCodeBasicUpdate(id: $id, basicCodeDiscount: $d) { ${NODE} } }`, { id, d }), "discountCodeBasicUpdate");
    expect(await update({ code: "CHANGED" })).toMatchObject({ userErrors: [], codeDiscountNode: { id, codeDiscount: { title: "Ten off", usageLimit: 3, codes: { nodes: [{ code: "CHANGED" }] } } } });
    expect(await update({ code: "taken" })).toMatchObject({ userErrors: [{ code: "TAKEN" }] });
    expect(shop.state.discounts.findByCode("change")).toBeNull();
    const end = await ask(`mutation e($id: ID!) { discountCodeDeactivate(id: $id) { ${NODE} } }`, { id });
    expect(dig(end, "discountCodeDeactivate")).toMatchObject({ userErrors: [], codeDiscountNode: { codeDiscount: { status: "EXPIRED" } } });
    expect(() => buy({ discountCode: "CHANGED" })).toThrow("expired");
    const remove = `mutation r($id: ID!) { discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { field code } } }`;
    expect(await ask(remove, { id })).toEqual({ discountCodeDelete: { deletedCodeDiscountId: id, userErrors: [] } });
    expect(await ask(remove, { id })).toEqual({ discountCodeDelete: { deletedCodeDiscountId: null, userErrors: [{ field: ["id"], code: "INVALID" }] } });
  });

  test("is found in lists by title, status and kind, so that an app can look whether it was made", async () => {
    const id = idOf(await createBasic(tenth({ code: "LISTED", title: "Regulars: listed" })));
    const data = await ask(`{ discountNodes(first: 5, query: "title:'Regulars: listed' status:active") { nodes { id discount { ... on DiscountCodeBasic { title } } } }
      codeDiscountNodes(first: 1, query: "code:listed") { nodes { id } } automaticDiscountNodes(first: 5, query: "title:'Regulars: listed'") { nodes { id } } }`);
    expect(data).toEqual({ discountNodes: { nodes: [{ id, discount: { title: "Regulars: listed" } }] }, codeDiscountNodes: { nodes: [{ id }] }, automaticDiscountNodes: { nodes: [] } });
    expect((await shop.ask(`{ discountNodes(first: 1, query: "mood:good") { nodes { id } } }`)).body.errors?.[0]?.extensions?.code).toBe("SANDBOX_SEARCH_NOT_IMPLEMENTED");
  });

  test("for free shipping cannot go with another of its kind", async () => {
    const create = async (changes: object) => dig(await ask(`mutation f($d: DiscountCodeFreeShippingInput!) { discountCodeFreeShippingCreate(freeShippingCodeDiscount: $d) { ${NODE} } }`,
      { d: { title: "Ship", code: "SHIP", startsAt: now(), destination: { all: true }, ...changes } }), "discountCodeFreeShippingCreate");
    expect(await create({ combinesWith: { shippingDiscounts: true } })).toMatchObject({ userErrors: [{ code: "INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS" }] });
    expect(await create({})).toMatchObject({ userErrors: [], codeDiscountNode: { codeDiscount: { discountClasses: ["SHIPPING"], status: "ACTIVE" } } });
    const order = buy({ discountCode: "ship", shippingMinor: 500 });
    expect(order).toMatchObject({ totalMinor: 3600, shippingMinor: 0, shippingDiscountMinor: 500, discountMinor: 0, discountCodes: ["SHIP"] });
  });

  test("without the scope is not made", async () => {
    const { installation } = shop.sandbox.context;
    const before = installation.scopes();
    installation.changeScopes(["read_discounts"]);
    const { body } = await shop.ask(`mutation c($d: DiscountCodeBasicInput!) { discountCodeBasicCreate(basicCodeDiscount: $d) { userErrors { code } } }`, { d: tenth({ code: "NOSCOPE" }) });
    installation.changeScopes(before);
    expect(body.errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
    expect(shop.state.discounts.findByCode("NOSCOPE")).toBeNull();
  });
});

describe("an order", () => {
  test("uses a code once, tells its amounts to GraphQL and to webhooks, and the code is used up", async () => {
    await createBasic(tenth({ code: "ONCE", usageLimit: 1 }));
    const order = buy({ discountCode: "once" });
    expect(order).toMatchObject({ subtotalMinor: 3240, discountMinor: 360, discountCodes: ["ONCE"] });
    expect(() => buy({ discountCode: "ONCE" })).toThrow("usedUp");
    expect(shop.state.discounts.findByCode("ONCE")).toMatchObject({ usageCount: 1 });
    const data = await ask(`query o($id: ID!) { order(id: $id) { discountCodes totalDiscountsSet { shopMoney { amount } } subtotalPriceSet { shopMoney { amount } }
      discountApplications(first: 3) { nodes { index targetType targetSelection allocationMethod value { ... on PricingPercentageValue { percentage } } ... on DiscountCodeApplication { code } } }
      lineItems(first: 2) { nodes { discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index } } } } } }`, { id: `gid://shopify/Order/${order.id}` });
    expect(dig(data, "order")).toEqual({
      discountCodes: ["ONCE"], totalDiscountsSet: { shopMoney: { amount: "3.6" } }, subtotalPriceSet: { shopMoney: { amount: "32.4" } },
      discountApplications: { nodes: [{ index: 0, targetType: "LINE_ITEM", targetSelection: "ALL", allocationMethod: "ACROSS", value: { percentage: 10 }, code: "ONCE" }] },
      lineItems: { nodes: [{ discountAllocations: [{ allocatedAmountSet: { shopMoney: { amount: "3.6" } }, discountApplication: { index: 0 } }] }] },
    });
    await shop.control("POST", "/deliveries/flush");
    const told: unknown = JSON.parse(String(shop.app.received.findLast(({ topic }) => topic === "orders/create")?.body));
    expect(told).toMatchObject({ total_discounts: "3.60", discount_codes: [{ code: "ONCE", amount: "3.60", type: "percentage" }], line_items: [{ discount_allocations: [{ amount: "3.60", discount_application_index: 0 }] }] });
  });

  test("gets one piece of a named variant for nothing by an amount that falls once", async () => {
    await createBasic(tenth({ code: "FREETEA", customerGets: { items: { products: { productVariantsToAdd: [tea.variantGid] } }, value: { discountAmount: { amount: "18.00", appliesOnEachItem: false } } } }));
    expect(buy({ discountCode: "FREETEA" })).toMatchObject({ subtotalMinor: 1800, discountMinor: 1800, discounts: [{ class: "product" }], lines: [{ shares: [{ discount: 0, amountMinor: 1800 }] }] });
    expect(() => shop.state.placeOrder({ customerId: mina, lines: [{ title: "Other", quantity: 1, unitPriceMinor: 500 }], discountCode: "FREETEA" })).toThrow("noItem");
  });

  test("does not get what is for others, for once, for more, or for another time", async () => {
    const other = shop.state.createCustomer({ email: "aiko@example.com" }).id;
    await createBasic(tenth({ code: "MINA", context: { customers: { add: [`gid://shopify/Customer/${mina}`] } }, appliesOncePerCustomer: true }));
    await createBasic(tenth({ code: "RICH", minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "36.01" } } }));
    await createBasic(tenth({ code: "LATER", startsAt: "2099-01-01T00:00:00Z" }));
    expect(() => buy({ customerId: other, discountCode: "MINA" })).toThrow("otherCustomer");
    expect(() => buy({ customerId: null, discountCode: "MINA" })).toThrow("otherCustomer");
    expect(buy({ discountCode: "MINA" }).discountMinor).toBe(360);
    expect(() => buy({ discountCode: "MINA" })).toThrow("usedByCustomer");
    expect(() => buy({ discountCode: "RICH" })).toThrow("minimumSubtotal");
    expect(() => buy({ discountCode: "LATER" })).toThrow("notYet");
    expect(() => buy({ discountCode: "NEVER" })).toThrow("The shop has no discount code NEVER.");
  });

  test("gets automatic discounts of its buyer's segment without a code, and the best of what does not go together", async () => {
    const segment = dig(await ask(`mutation { segmentCreate(name: "VIPs", query: "customer_tags CONTAINS 'VIP'") { segment { id } } }`), "segmentCreate", "segment", "id");
    const made = dig(await ask(`mutation a($d: DiscountAutomaticBasicInput!) { discountAutomaticBasicCreate(automaticBasicDiscount: $d) { ${AUTOMATIC} } }`,
      { d: { title: "Gold", startsAt: now(), context: { customerSegments: { add: [segment] } }, customerGets: { items: { all: true }, value: { percentage: 0.05 } } } }), "discountAutomaticBasicCreate");
    expect(made).toMatchObject({ userErrors: [], automaticDiscountNode: { automaticDiscount: { title: "Gold", context: { segments: [{ id: segment }] } } } });
    expect(buy()).toMatchObject({ discountMinor: 180, discountCodes: [], discounts: [{ code: null, title: "Gold" }] });
    expect(buy({ customerId: null }).discountMinor).toBe(0);
    await createBasic(tenth({ code: "BETTER" }));
    await createBasic(tenth({ code: "WORSE", customerGets: { items: { all: true }, value: { percentage: 0.01 } } }));
    expect(buy({ discountCode: "BETTER" })).toMatchObject({ discountMinor: 360, discountCodes: ["BETTER"] });
    expect(() => buy({ discountCode: "WORSE" })).toThrow("combination");
    await createBasic(tenth({ code: "FIXED", customerGets: { items: { all: true }, value: { discountAmount: { amount: "1", appliesOnEachItem: false } } }, combinesWith: { productDiscounts: true } }));
    await createBasic(tenth({ code: "EACH", customerGets: { items: { products: { productsToAdd: [tea.productGid] } }, value: { discountAmount: { amount: "2", appliesOnEachItem: true } } }, combinesWith: { orderDiscounts: true } }));
    expect(buy({ discountCodes: ["FIXED", "each"] })).toMatchObject({ discountMinor: 500, discountCodes: ["EACH", "FIXED"], lines: [{ shares: [{ discount: 0, amountMinor: 400 }, { discount: 1, amountMinor: 100 }] }] });
    const end = await ask(`mutation e($id: ID!) { discountAutomaticDeactivate(id: $id) { ${AUTOMATIC} } }`, { id: idOf(made) });
    expect(dig(end, "discountAutomaticDeactivate", "userErrors")).toEqual([]);
    expect(buy().discountMinor).toBe(0);
    const remove = await ask(`mutation r($id: ID!) { discountAutomaticDelete(id: $id) { deletedAutomaticDiscountId userErrors { code } } }`, { id: idOf(made) });
    expect(remove).toEqual({ discountAutomaticDelete: { deletedAutomaticDiscountId: idOf(made), userErrors: [] } });
  });
});
