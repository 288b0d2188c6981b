// Every condition of the segment builder, two ways: as SQL over random shops, and as plain JavaScript over the same people.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RFM_GROUPS, STAGES } from "../../app/capabilities/profiles/model.ts";
import { CHOICES, FIELDS, OPERATORS, ruleSchema, type Condition, type FieldName, type Rule } from "../../app/capabilities/segments/model.ts";
import { customerPages, previewRule } from "../../app/capabilities/segments/segments.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import type { Shop } from "../../app/capabilities/shops/model.ts";
import { db, Prisma } from "../../app/platform/db.server.ts";
import { addDays, addMonths, dayAt, monthOf, toDate, type Day } from "../../app/values/day.ts";
import { openClone } from "../support/database.ts";
import { shopIdOf } from "../support/snapshots.ts";

const shopId = shopIdOf(71);
const stranger = shopIdOf(72); // holds the same people with other facts: not one of them may be counted
const TIME_ZONE = "Pacific/Auckland";
const today = dayAt(new Date(), TIME_ZONE);
let shop: Shop;
let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  for (const id of [shopId, stranger]) await db().shop.create({ data: { id, domain: `shop-${id}.myshopify.com`, name: "Rules", currency: "USD", timeZone: TIME_ZONE, planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  shop = await readShop(shopId);
});
afterAll(() => close());

const COUNTRIES = ["JP", "US", "de"];
const TAGS = ["Wholesale", "press", "VIP 2026"];
const CODES = ["WELCOME10", "summer"];
const SOURCES = ["web", "POS", "instagram"];
const TYPES = ["Coffee", "tea", ""];
const VENDORS = ["Roasters", "farm"];
const MARKS = ["good", "slow"].flatMap((answer) => ["7f0d7e0e-52a5-4d8a-9d3c-9a3a3f0c7b11", "7f0d7e0e-52a5-4d8a-9d3c-9a3a3f0c7b12"].map((survey) => `survey:${survey}:${answer}`));
const PRODUCT_COUNT = 4;
const GIFT_CARD = 3; // of these products
const productOf = (number: number) => ({ id: BigInt(900 + number), productType: TYPES[number % TYPES.length] ?? "", vendor: VENDORS[number % VENDORS.length] ?? "" });

/** Products by number; the last is empty. */
const COLLECTIONS = [{ id: 500n, products: [0, 1] }, { id: 501n, products: [1, 2] }, { id: 502n, products: [] }] as const;
const collectionIdsOf = (number: number): string[] => COLLECTIONS.flatMap(({ id, products }) => (products.some((one) => one === number) ? [String(id)] : []));

const oneOf = <T>(values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });
const aDay = fc.integer({ min: -400, max: 30 }).map((days) => addDays(today, days));
const share = maybe(fc.integer({ min: 0, max: 20 }).map((twentieth) => twentieth / 20));
const anOrder = fc.record({
  daysAgo: fc.integer({ min: 0, max: 400 }), isCounted: fc.boolean(), isGivenBack: fc.boolean(), products: fc.uniqueArray(fc.nat(PRODUCT_COUNT - 1), { maxLength: 2 }),
  codes: fc.subarray(CODES), source: maybe(oneOf(SOURCES)), country: maybe(oneOf(COUNTRIES)),
});
const aPerson = fc.record({
  orderCount: fc.nat(8), revenueMinor: fc.nat(20_000), averageOrderMinor: maybe(fc.nat(9_000)), firstOrderOn: maybe(aDay), lastOrderOn: maybe(aDay), nextOrderOn: maybe(aDay),
  typicalGapDays: maybe(fc.integer({ min: 1, max: 90 })), isLastRefunded: fc.boolean(), chance30: share, chance60: share, chance90: share, expectedOrders365: maybe(fc.integer({ min: 0, max: 80 }).map((tenths) => tenths / 10)),
  expectedValue365Minor: maybe(fc.nat(50_000)), stakeMinor: fc.nat(30_000), r: maybe(fc.integer({ min: 1, max: 5 })), f: maybe(fc.integer({ min: 1, max: 5 })), m: maybe(fc.integer({ min: 1, max: 5 })),
  rfmGroup: oneOf(RFM_GROUPS), stage: oneOf(STAGES), isVip: fc.boolean(),
  email: maybe(fc.constant("somebody@example.com")), locale: maybe(oneOf(["en", "ja", "zh-CN", "zh-TW"])), countryCode: maybe(oneOf(COUNTRIES)), tags: fc.subarray(TAGS), emailConsent: maybe(oneOf(CHOICES.email_consent)),
  shopifyRfmGroup: maybe(oneOf(RFM_GROUPS)), createdAt: fc.integer({ min: 0, max: 500 * 24 }).map((hours) => new Date(toDate(today).getTime() - hours * 3_600_000)),
  birthOn: maybe(aDay), notedBirthOn: maybe(aDay), marks: fc.subarray(MARKS), orders: fc.array(anOrder, { maxLength: 4 }),
});
type Person = typeof aPerson extends fc.Arbitrary<infer T> ? T : never;
const aTown = fc.array(aPerson, { minLength: 1, maxLength: 12 });

/** Straight into the tables: how facts get there is tested elsewhere. */
async function settle(id: typeof shopId, people: readonly Person[]): Promise<void> {
  for (const table of ["customer", "customer_profile", "contact_preference", "orders", "order_line", "product", "counted_order", "customer_mark", "collection_product"]) await db().$executeRaw`delete from ${Prisma.raw(table)} where shop_id = ${id}::bigint`;
  await db().product.createMany({ data: Array.from({ length: PRODUCT_COUNT }, (_, number) => ({ shopId: id, ...productOf(number), title: "Thing", status: "ACTIVE", tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
  await db().collectionProduct.createMany({ data: COLLECTIONS.flatMap(({ id: collectionId, products }) => products.map((number) => ({ shopId: id, collectionId, productId: productOf(number).id }))) });
  await db().customer.createMany({ data: people.map((person, index) => ({
    shopId: id, id: BigInt(index + 1), email: person.email, locale: person.locale, countryCode: person.countryCode, tags: person.tags, createdAt: person.createdAt, updatedAt: new Date(0), emailConsent: person.emailConsent,
    birthOn: person.birthOn && toDate(person.birthOn), shopifyRfmGroup: person.shopifyRfmGroup,
  })) });
  await db().contactPreference.createMany({ data: people.flatMap(({ notedBirthOn }, index) => (notedBirthOn === null ? [] : [{ shopId: id, customerId: BigInt(index + 1), birthOn: toDate(notedBirthOn), updatedAt: new Date(0) }])) });
  await db().customerMark.createMany({ data: people.flatMap(({ marks }, index) => marks.map((mark) => ({ shopId: id, customerId: BigInt(index + 1), mark, notedAt: new Date(0) }))) });
  await db().customerProfile.createMany({ data: people.map((person, index) => ({
    shopId: id, customerId: BigInt(index + 1), asOf: toDate(today), orderCount: person.orderCount, purchaseDays: person.orderCount, revenueMinor: person.revenueMinor, averageOrderMinor: person.averageOrderMinor,
    firstOrderOn: person.firstOrderOn && toDate(person.firstOrderOn), lastOrderOn: person.lastOrderOn && toDate(person.lastOrderOn), nextOrderOn: person.nextOrderOn && toDate(person.nextOrderOn), typicalGapDays: person.typicalGapDays,
    isLastRefunded: person.isLastRefunded, recentOrders: 0, earlierOrders: 0, chance30: person.chance30, chance60: person.chance60, chance90: person.chance90, expectedOrders365: person.expectedOrders365,
    expectedValue365Minor: person.expectedValue365Minor, stakeMinor: person.stakeMinor, r: person.r, f: person.f, m: person.m, rfmGroup: person.rfmGroup, stage: person.stage, stageSince: toDate(today), isVip: person.isVip, search: "",
  })) });
  const orders = people.flatMap((person, index) => person.orders.map((order, place) => ({ ...order, buyerId: BigInt(index + 1), id: BigInt((index + 1) * 100 + place) })));
  await db().order.createMany({ data: orders.map(({ id: orderId, buyerId, daysAgo, isCounted, codes, source, country }) => {
    const placedAt = toDate(addDays(today, -daysAgo));
    return { shopId: id, id: orderId, name: "#", customerId: buyerId, buyerId, placedAt, updatedAt: placedAt, isTest: false, financialStatus: "PAID", isCounted, currency: "USD", totalMinor: 1, revenueMinor: 1, discountMinor: 0, refundedMinor: 0, discountCodes: codes, sourceName: source, countryCode: country };
  }) });
  await db().orderLine.createMany({ data: orders.flatMap(({ id: orderId, products, isGivenBack }) => products.map((number) => ({ shopId: id, orderId, id: orderId * 10n + BigInt(number), productId: productOf(number).id, isGiftCard: number === GIFT_CARD, title: "Thing", quantity: 1, currentQuantity: isGivenBack ? 0 : 1, totalMinor: 1 }))) });
  await db().countedOrder.createMany({ data: people.flatMap((person, index) => countedOf(person).map(({ order, place }, sequence, all) => ({
    previousDay: previousOf(all, sequence), shopId: id, buyerId: BigInt(index + 1), orderId: BigInt((index + 1) * 100 + place), day: toDate(addDays(today, -order.daysAgo)), sequence: sequence + 1, revenueMinor: 1,
  }))) });
}
const countedOf = ({ orders }: Person) => orders.map((order, place) => ({ order, place })).filter(({ order }) => order.isCounted).toSorted((one, other) => other.order.daysAgo - one.order.daysAgo || one.place - other.place);

const previousOf = (all: ReturnType<typeof countedOf>, sequence: number): Date | null => { const before = all[sequence - 1]; return before === undefined ? null : toDate(addDays(today, -before.order.daysAgo)); };
const gapsOf = (person: Person): number[] => countedOf(person).flatMap(({ order }, index, all) => { const before = all[index - 1]; return before === undefined ? [] : [before.order.daysAgo - order.daysAgo]; });

const daysSince = (day: Day | null): number | null => (day === null ? null : Math.round((toDate(today).getTime() - toDate(day).getTime()) / 86_400_000));
const numbers: Partial<Record<FieldName, (person: Person) => number | null>> = {
  orders: (p) => p.orderCount, revenue: (p) => p.revenueMinor, average_order: (p) => p.averageOrderMinor, days_since_last_order: (p) => daysSince(p.lastOrderOn), days_since_first_order: (p) => daysSince(p.firstOrderOn),
  usual_gap: (p) => p.typicalGapDays, days_overdue: (p) => { const days = daysSince(p.nextOrderOn); return days === null ? 0 : Math.max(0, days); },
  days_to_next_order: (p) => { const days = daysSince(p.nextOrderOn); return days === null ? null : -days; },
  chance_30: (p) => p.chance30, chance_60: (p) => p.chance60, chance_90: (p) => p.chance90, expected_orders: (p) => p.expectedOrders365, expected_value: (p) => p.expectedValue365Minor, stake: (p) => p.stakeMinor,
  r_score: (p) => p.r, f_score: (p) => p.f, m_score: (p) => p.m,
  days_to_second: (p) => gapsOf(p)[0] ?? null, days_to_third: (p) => gapsOf(p)[1] ?? null, days_to_fourth: (p) => gapsOf(p)[2] ?? null,
};
/** Of which one is enough. */
const several: Partial<Record<FieldName, (person: Person) => (number | Day)[]>> = { any_gap: gapsOf, any_order: (p) => bought(p).map(({ daysAgo }) => addDays(today, -daysAgo)) };
const dates: Partial<Record<FieldName, (person: Person) => Day | null>> = { last_order: (p) => p.lastOrderOn, first_order: (p) => p.firstOrderOn, customer_since: (p) => dayAt(p.createdAt, TIME_ZONE) };
const flags: Partial<Record<FieldName, (person: Person) => boolean>> = { vip: (p) => p.isVip, last_refunded: (p) => p.isLastRefunded, has_email: (p) => p.email !== null, first_discounted: (p) => (countedOf(p)[0]?.order.codes ?? []).length > 0, first_channel_known: (p) => Boolean(countedOf(p)[0]?.order.source), first_country_known: (p) => Boolean(countedOf(p)[0]?.order.country) };
const small = (texts: readonly (string | null)[]) => texts.flatMap((text) => (text === null ? [] : [text.toLowerCase()]));
const monthNames = (day: Day | null): string[] => {
  if (day === null) return [];
  const month = day.slice(5, 7);
  return [String(Number(month)), ...(month === monthOf(today).slice(5) ? ["this_month"] : []), ...(month === addMonths(monthOf(today), 1).slice(5) ? ["next_month"] : [])];
};
/** What an order held but gift cards, which are no beginning. */
const goodsOf = (placed: ReturnType<typeof countedOf>[number] | undefined): number[] => (placed?.order.products ?? []).filter((number) => number !== GIFT_CARD);
const bought = (person: Person) => person.orders.filter(({ isCounted }) => isCounted);
/** What was neither a gift card nor given back, by the day. */
const keptBy = (person: Person) => bought(person).flatMap(({ products, daysAgo, isGivenBack }) => (isGivenBack ? [] : products.filter((number) => number !== GIFT_CARD).map((number) => ({ id: String(productOf(number).id), daysAgo }))));
/** Everything of the customer's that a list could name. */
const lists: Partial<Record<FieldName, (person: Person) => string[]>> = {
  stage: (p) => [p.stage], rfm_group: (p) => [p.rfmGroup], shopify_rfm_group: (p) => (p.shopifyRfmGroup === null ? [] : [p.shopifyRfmGroup]), email_consent: (p) => (p.emailConsent === null ? [] : [p.emailConsent]),
  birthday_month: (p) => monthNames(p.notedBirthOn ?? p.birthOn), country: (p) => small([p.countryCode]), language: (p) => small([p.locale, p.locale?.split("-")[0] ?? null]), tag: (p) => small(p.tags),
  discount_code: (p) => small(bought(p).flatMap(({ codes }) => codes)), channel: (p) => small(bought(p).map(({ source }) => source)),
  product: (p) => bought(p).flatMap(({ products }) => products.map((number) => String(productOf(number).id))),
  product_kept: (p) => keptBy(p).map(({ id }) => id),
  product_again: (p) => keptBy(p).flatMap((one, _, all) => (all.some((other) => other.id === one.id && other.daysAgo !== one.daysAgo) ? [one.id] : [])),
  product_type: (p) => small(bought(p).flatMap(({ products }) => products.map((number) => productOf(number).productType))),
  vendor: (p) => small(bought(p).flatMap(({ products }) => products.map((number) => productOf(number).vendor))),
  survey_answer: (p) => p.marks,
  first_type: (p) => small(goodsOf(countedOf(p)[0]).map((number) => productOf(number).productType)),
  first_collection: (p) => goodsOf(countedOf(p)[0]).flatMap(collectionIdsOf),
  first_code: (p) => small(countedOf(p)[0]?.order.codes ?? []), first_channel: (p) => small([countedOf(p)[0]?.order.source ?? null]), first_country: (p) => small([countedOf(p)[0]?.order.country ?? null]),
  second_product: (p) => goodsOf(countedOf(p)[1]).map((number) => String(productOf(number).id)),
  first_product: (p) => goodsOf(countedOf(p)[0]).map((number) => String(productOf(number).id)),
};
const EXACT = new Set<FieldName>(["second_product", "stage", "rfm_group", "shopify_rfm_group", "email_consent", "birthday_month", "product", "product_kept", "product_again", "first_product", "first_collection", "survey_answer"]);

function holds(rule: Rule, person: Person): boolean {
  if ("all" in rule) return rule.all.every((part) => holds(part, person));
  if ("any" in rule) return rule.any.some((part) => holds(part, person));
  if ("not" in rule) return !holds(rule.not, person);
  return holdsOne(rule, person);
}

function holdsOne(condition: Condition, person: Person): boolean {
  const { field, operator, value } = condition as { field: FieldName; operator: string; value: any }; // eslint-disable-line @typescript-eslint/no-explicit-any -- read without the schema's help, on purpose
  if (operator === "is") return flags[field]?.(person) === value;
  if (field === "orders_in_days") {
    const count = bought(person).filter(({ daysAgo }) => daysAgo < value.days).length;
    return operator === "at_least" ? count >= value.count : count <= value.count;
  }
  if (field === "orders_between") {
    const count = bought(person).filter(({ daysAgo }) => addDays(today, -daysAgo) >= value.from && addDays(today, -daysAgo) <= value.to).length;
    return operator === "at_least" ? count >= value.count : count <= value.count;
  }
  if (lists[field]) {
    const own = lists[field](person);
    const isAny = value.some((one: string) => own.includes(EXACT.has(field) ? one : one.toLowerCase()));
    return operator === "any_of" ? isAny : !isAny;
  }
  if (several[field]) return several[field](person).some((known) => compares(operator, value, known));
  const known = numbers[field]?.(person) ?? dates[field]?.(person) ?? null;
  return known !== null && compares(operator, value, known);
}

function compares(operator: string, value: any, known: number | Day): boolean { // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
  if (operator === "between") return known >= value.from && known <= value.to;
  if (operator === "in_last_days") return known > addDays(today, -value);
  if (operator === "not_in_last_days") return known <= addDays(today, -value);
  return operator === "at_least" || operator === "since" ? known >= value : operator === "before" ? known < value : known <= value;
}

const WORDS: Partial<Record<FieldName, readonly string[]>> = {
  country: ["jp", "US", "DE", "FR"], language: ["zh", "zh-CN", "JA", "fr"], tag: ["wholesale", "PRESS", "vip 2026", "nobody"], product_type: ["coffee", "TEA"], vendor: ["roasters", "Farm"], discount_code: ["welcome10", "SUMMER"], channel: ["web", "pos", "Instagram"], first_type: ["coffee", "TEA"], first_code: ["welcome10", "SUMMER"], first_channel: ["web", "pos", "Instagram"], first_country: ["jp", "US"],
};
const LIMITS: Record<"count" | "money" | "days" | "share" | "decimal", fc.Arbitrary<number>> = {
  count: fc.integer({ min: 0, max: 8 }), money: fc.nat(20_000), days: fc.integer({ min: -30, max: 400 }), share: fc.integer({ min: 0, max: 20 }).map((twentieth) => twentieth / 20), decimal: fc.integer({ min: 0, max: 80 }).map((tenths) => tenths / 10),
};
const between = <T extends number | Day>(value: fc.Arbitrary<T>) => fc.tuple(value, value).map(([one, other]) => (one <= other ? { from: one, to: other } : { from: other, to: one }));

function aCondition(field: FieldName, operator: string): fc.Arbitrary<unknown> {
  const kind = FIELDS[field];
  const of = (value: fc.Arbitrary<unknown>) => value.map((chosen) => ({ field, operator, value: chosen }));
  switch (kind) {
    case "flag": return of(fc.boolean());
    case "date": return of(operator === "between" ? between(aDay) : operator.endsWith("last_days") ? fc.integer({ min: 1, max: 400 }) : aDay);
    case "choice": return of(fc.subarray([...(CHOICES as Record<string, readonly string[]>)[field] ?? []], { minLength: 1 })); // every choice field is there
    case "words": return of(fc.subarray([...WORDS[field] ?? []], { minLength: 1 }));
    case "ids": return of(fc.subarray(Array.from({ length: PRODUCT_COUNT }, (_, number) => String(productOf(number).id)), { minLength: 1 }));
    case "collections": return of(fc.subarray(COLLECTIONS.map(({ id }) => String(id)), { minLength: 1 }));
    case "marks": return of(fc.subarray(MARKS, { minLength: 1 }));
    case "window": return of(fc.record({ count: fc.nat(4), days: fc.integer({ min: 1, max: 400 }) }));
    case "span": return of(fc.tuple(fc.nat(4), between(aDay)).map(([count, days]) => ({ count, ...days })));
    default: return of(operator === "between" ? between(LIMITS[kind]) : LIMITS[kind]);
  }
}
const EVERY = (Object.keys(FIELDS) as FieldName[]).flatMap((field) => OPERATORS[FIELDS[field]].map((operator) => [field, operator] as const)); // its own keys
const anyCondition = oneOf(EVERY).chain(([field, operator]) => aCondition(field, operator));
const anyRule = fc.letrec((tie) => ({
  rule: fc.oneof({ depthSize: "small", maxDepth: 2 }, anyCondition, fc.record({ all: fc.array(tie("rule"), { minLength: 1, maxLength: 3 }) }), fc.record({ any: fc.array(tie("rule"), { minLength: 1, maxLength: 3 }) }), fc.record({ not: tie("rule") })),
})).rule;

async function listBySql(rule: Rule): Promise<number[]> {
  const ids: number[] = [];
  for await (const page of customerPages(shop, { rule, segmentId: null, search: "" })) ids.push(...page.map(({ customerId }) => Number(customerId)));
  return ids;
}
const listByHand = (rule: Rule, people: readonly Person[]): number[] => people.flatMap((person, index) => (holds(rule, person) ? [index + 1] : []));

async function expectSame(people: readonly Person[], rules: readonly unknown[]): Promise<void> {
  await settle(shopId, people);
  await settle(stranger, people.map((person) => ({ ...person, orders: person.orders.map((order) => ({ ...order, isCounted: true })) })));
  for (const written of rules) {
    const rule = ruleSchema.parse(written);
    expect({ rule, ids: await listBySql(rule) }).toEqual({ rule, ids: listByHand(rule, people) });
  }
}

describe("each condition alone", () => {
  test.each(Object.keys(FIELDS) as FieldName[])("%s", async (field) => { // its own keys
    const conditions = fc.tuple(...OPERATORS[FIELDS[field]].flatMap((operator) => [aCondition(field, operator), aCondition(field, operator), aCondition(field, operator)]));
    await fc.assert(fc.asyncProperty(aTown, conditions, expectSame), { numRuns: 12 });
  });
});

test("any of them joined by and, or and not; the count while typing is that of the list", { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(aTown, fc.array(anyRule, { minLength: 5, maxLength: 5 }), async (people, written) => {
    const rules = written.map((rule) => ruleSchema.safeParse(rule)).flatMap((parsed) => (parsed.success ? [parsed.data] : []));
    await expectSame(people, rules);
    for (const rule of rules) expect((await previewRule(shop, rule)).customers).toBe(listByHand(rule, people).length);
  }), { numRuns: 60 });
});

test("a rule nobody could read back is refused by name", () => {
  const one = { field: "orders", operator: "at_least", value: 1 };
  const messageOf = (rule: unknown) => ruleSchema.safeParse(rule).error?.issues[0]?.message ?? null;
  expect(messageOf({ all: Array.from({ length: 26 }, () => one) })).toBe("at most 25 conditions");
  expect(messageOf({ not: { not: { not: { not: one } } } })).toBe("at most 4 levels");
  for (const rule of [{ ...one, operator: "since" }, { ...one, value: "1" }, { ...one, field: "password" }, { all: [] }, { field: "stage", operator: "any_of", value: ["asleep"] }, { ...one, sql: "1=1" }, { field: "revenue", operator: "between", value: { from: 2, to: 1 } }]) {
    expect(ruleSchema.safeParse(rule).success, JSON.stringify(rule)).toBe(false);
  }
});
