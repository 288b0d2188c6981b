// What came of a survey, over a real database: outcomes equal a computation of their own, person by person; counts, texts, tags and files say what was written.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import type { AnswerGroup } from "../../app/capabilities/surveys/model/results.ts";
import type { Definition, Survey } from "../../app/capabilities/surveys/model/survey.ts";
import { fileLanguageOf } from "../../app/capabilities/surveys/rules/words.ts";
import * as surveys from "../../app/capabilities/surveys/surveys.server.ts";
import { db } from "../../app/platform/db.server.ts";
import { sendReport } from "../../app/routes/app.reports.$report/send-report.server.ts";
import { surveyAnswersReport, surveyOutcomesReport, surveysReport } from "../../app/routes/app.reports.$report/survey-reports.ts";
import { openKeyNames } from "../../app/ui/answer-words.ts";
import { addDays, dayAt, toDate } from "../../app/values/day.ts";
import { createChance } from "../../sandbox/shop/chance.ts";
import { openClone } from "../support/database.ts";
import { shopIdOf } from "../support/snapshots.ts";

const shopId = shopIdOf(91);
const other = shopIdOf(92); // the same numbers in another shop: seen by nothing here
const DAY_MS = 86_400_000;
const now = Date.now();
const today = dayAt(new Date(now), "UTC");
const CUSTOMERS = 1_000;
const chance = createChance(17);

const question = (kind: Definition["question"]["kind"], choices: string[] = []): Definition["question"] => ({
  kind, text: { en: "Why?" }, choices: choices.map((id) => ({ id, text: { en: `the ${id}` }, imageUrl: null })), isShuffled: false, lowLabel: null, highLabel: null,
});
const definitionOf = (asked: Definition["question"]): Definition => ({
  name: "Why", question: asked, followUp: { text: { en: "What is the reason?" }, after: null }, thanks: null, audience: { who: "everyone", orders: "any", tierIds: [], segmentId: null, languages: [], countries: [] },
  popup: null, isInPage: true, isOnOrder: false, from: null, to: null, stop: { kind: "never" }, earnsPoints: false, startsFlow: false, steps: [],
});
const KINDS = { single: question("single", ["price", "taste", "gift"]), several: question("several", ["price", "taste", "gift"]), nps: question("nps"), text: question("text") };
const ids = { single: randomUUID(), several: randomUUID(), nps: randomUUID(), text: randomUUID() };

type Ask = { surveyId: string; customerId: bigint; askedAt: Date; place: string; state: string; orderCount: number; recencyDays: number | null };
type Answer = { id: string; surveyId: string; customerId: bigint | null; answeredAt: Date; changedAt: Date; choices: string[]; text: string; place: string; orderId: bigint | null; language: string; page: string; tags: string[] };
type Bought = { id: bigint; buyerId: bigint; placedAt: Date; isCounted: boolean; revenueMinor: bigint };
const [asks, answers, orders]: [Ask[], Answer[], Bought[]] = [[], [], []];

const TEXTS = ["", "", "", "It was too late", "=SUM(A1:A9)", "Lovely, <b>thank you</b>", "送料が高い"] as const;
const daysAgo = (days: number): Date => new Date(now - Math.round(days * DAY_MS));

function drawChoices(kind: keyof typeof KINDS): string[] {
  if (kind === "text") return [];
  if (kind === "nps") return [String(chance.whole(0, 10))];
  const [first, second] = [chance.pick(["price", "taste", "gift"]), chance.pick(["price", "taste"])];
  return kind === "several" ? [...new Set([first, second])] : [first];
}

function drawCustomer(number: number): void {
  const customerId = BigInt(number);
  for (let order = 0; order < chance.poisson(2.5); order += 1) {
    orders.push({ id: BigInt(number * 100 + order), buyerId: customerId, placedAt: daysAgo(chance.between(0, 260)), isCounted: chance.isTrue(0.9), revenueMinor: BigInt(chance.isTrue(0.05) ? 0 : Math.round(4_000 * chance.logNormal(0.8))) });
  }
  for (const [kind, surveyId] of Object.entries(ids) as [keyof typeof KINDS, string][]) { // its own
    if (chance.isTrue(0.25)) continue;
    const askedAt = daysAgo(chance.between(1, 160));
    const hasAnswered = chance.isTrue(0.2 + (number % 4) / 6);
    const orderCount = chance.whole(0, 6);
    asks.push({ surveyId, customerId, askedAt, place: "page", state: hasAnswered ? "answered" : "asked", orderCount, recencyDays: orderCount === 0 ? null : chance.whole(0, 140) });
    if (!hasAnswered) continue;
    const answeredAt = new Date(askedAt.getTime() + chance.whole(5, 90) * 60_000);
    const own = orders.filter(({ buyerId }) => buyerId === customerId);
    answers.push(answerOf({ surveyId, customerId, answeredAt, kind, orderId: chance.isTrue(0.2) ? (own[0]?.id ?? null) : null }));
  }
}

const answerOf = ({ surveyId, customerId, answeredAt, kind, orderId }: Pick<Answer, "surveyId" | "customerId" | "answeredAt" | "orderId"> & { kind: keyof typeof KINDS }): Answer => ({
  id: randomUUID(), surveyId, customerId, answeredAt, changedAt: answeredAt, choices: drawChoices(kind), text: kind === "text" ? "Hello" : chance.pick(TEXTS), place: "page", orderId, language: chance.pick(["en", "en", "ja", "fr"]), page: "/", tags: [],
});

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
  for (let number = 1; number <= CUSTOMERS; number += 1) drawCustomer(number);
  for (const surveyId of [ids.single, ids.nps]) for (let guest = 0; guest < 40; guest += 1) answers.push(answerOf({ surveyId, customerId: null, answeredAt: daysAgo(chance.between(1, 100)), kind: surveyId === ids.nps ? "nps" : "single", orderId: null }));
  for (const shop of [shopId, other]) await fill(shop);
});
afterAll(() => close());

async function fill(shop: typeof shopId): Promise<void> {
  const times = shop === shopId ? 1n : 7n; // the other shop's orders are worth more
  await db().shop.create({ data: { id: shop, domain: `shop-${shop}.myshopify.com`, name: "Asking", currency: "USD", timeZone: "UTC", planName: "Basic", scopes: "", installedAt: new Date("2026-01-01") } });
  await db().customer.createMany({ data: Array.from({ length: CUSTOMERS }, (_, index) => ({ shopId: shop, id: BigInt(index + 1), firstName: "Mina", lastName: `No ${index + 1}`, tags: [], createdAt: new Date(0), updatedAt: new Date(0) })) });
  await db().order.createMany({ data: orders.map(({ revenueMinor, ...order }) => ({
    ...order, shopId: shop, name: `#${order.id}`, customerId: order.buyerId, updatedAt: order.placedAt, isTest: false, financialStatus: "PAID", currency: "USD", totalMinor: revenueMinor * times, revenueMinor: revenueMinor * times, discountMinor: 0n, refundedMinor: 0n, discountCodes: [],
  })) });
  for (const [kind, id] of Object.entries(ids) as [keyof typeof KINDS, string][]) { // its own
    const [asked, answered] = [asks.filter(({ surveyId }) => surveyId === id).length, answers.filter(({ surveyId }) => surveyId === id).length];
    await db().survey.create({ data: { shopId: shop, id, state: "live", definition: definitionOf(KINDS[kind]), priority: 1, askedCount: asked + 50, answeredCount: answered, dismissedCount: 9, createdAt: daysAgo(200), updatedAt: daysAgo(200), startedAt: daysAgo(170) } });
  }
  await db().surveyAsk.createMany({ data: asks.map((ask) => ({ ...ask, shopId: shop })) });
  await db().surveyAnswer.createMany({ data: answers.map((answer) => ({ ...answer, id: shop === shopId ? answer.id : randomUUID(), shopId: shop })) });
  await db().surveyDay.createMany({ data: [5, 4, 2].map((ago) => ({ shopId: shop, surveyId: ids.single, on: toDate(addDays(today, -ago)), asked: 10, answered: 4, dismissed: 3 })) });
}

const surveyOf = async (id: string): Promise<Survey> => (await surveys.findSurvey(shopId, id)) ?? Promise.reject(new Error("no survey"));

// The same figures by other means: person by person, and with the textbooks' formulas. Nothing of app/capabilities/surveys is used.
const Z = 1.959963984540054;
const student = (v: number): number => Z + (Z ** 3 + Z) / (4 * v) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * v * v) + (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / (384 * v ** 3);
type Person = { cell: string; side: "answered" | "silent"; keys: string[]; isOver: boolean; orders: number; spent: number };

function personsOf(surveyId: string, days: number): Person[] {
  const ordersOf = Map.groupBy(orders, ({ buyerId }) => buyerId);
  const answerBy = new Map(answers.filter((one) => one.surveyId === surveyId).map((one) => [one.customerId, one]));
  return asks.filter((ask) => ask.surveyId === surveyId).map((ask) => {
    const answer = answerBy.get(ask.customerId);
    const since = (answer?.answeredAt ?? ask.askedAt).getTime();
    const until = since + days * DAY_MS;
    const bought = (ordersOf.get(ask.customerId) ?? []).filter((order) => order.isCounted && order.id !== answer?.orderId && order.placedAt.getTime() > since && order.placedAt.getTime() <= until);
    const orderWord = ask.orderCount === 0 ? "0" : ask.orderCount === 1 ? "1" : ask.orderCount <= 3 ? "2-3" : "4+";
    const recencyWord = ask.recencyDays === null ? "" : ask.recencyDays <= 30 ? "fresh" : ask.recencyDays <= 90 ? "cool" : "cold";
    return { cell: `${orderWord} ${recencyWord}`.trim(), side: answer ? "answered" : "silent", keys: answer ? wordsOf(answer) : [], isOver: until <= now, orders: bought.length, spent: bought.reduce((sum, order) => sum + Number(order.revenueMinor), 0) };
  });
}

const wordsOf = ({ surveyId, choices }: Answer): string[] => {
  if (surveyId === ids.text) return ["wrote"];
  return surveyId === ids.nps ? choices.map((score) => (Number(score) > 8 ? "promoter" : Number(score) > 6 ? "passive" : "detractor")) : choices;
};
const LINE = ["0", "1 cold", "1 cool", "1 fresh", "2-3 fresh", "2-3 cool", "2-3 cold", "4+ cold", "4+ cool", "4+ fresh"];

function weightOf(persons: Person[], side: Person["side"]): (person: Person) => number {
  const over = persons.filter(({ isOver }) => isOver);
  const bins: string[][] = [];
  const count = (cells: string[]): number => over.filter((one) => one.side === side && cells.includes(one.cell)).length;
  for (const cell of LINE.filter((one) => over.some((person) => person.cell === one))) {
    const open = bins.at(-1);
    if (open !== undefined && count(open) < 5) open.push(cell);
    else bins.push([cell]);
  }
  const tail = bins.at(-1) ?? [];
  if (bins.length > 1 && count(tail) < 5) bins.splice(-2, 2, [...(bins.at(-2) ?? []), ...tail]);
  const overall = over.length / over.filter((one) => one.side === side).length;
  return ({ cell }) => {
    const bin = bins.find((cells) => cells.includes(cell)) ?? [];
    return Math.min(5, over.filter((one) => bin.includes(one.cell)).length / count(bin) / overall);
  };
}

function expectedOf(surveyId: string, days: number, key: string) {
  const persons = personsOf(surveyId, days);
  const side = key === ".silent" ? "silent" : "answered";
  const weigh = weightOf(persons, side);
  const own = persons.filter((one) => one.side === side && (key.startsWith(".") || one.keys.includes(key)));
  const over = own.filter(({ isOver }) => isOver).map((one) => ({ ...one, weight: weigh(one) }));
  const add = (of: (one: (typeof over)[number]) => number): number => over.reduce((sum, one) => sum + of(one), 0);
  const total = add(({ weight }) => weight);
  const n = total ** 2 / add(({ weight }) => weight ** 2);
  const share = add(({ weight, orders: count }) => (count > 0 ? weight : 0)) / total;
  const q = student(n - 1);
  const wilsonEnd = (sign: 1 | -1): number => (share + (q * q) / (2 * n) + sign * q * Math.sqrt((share * (1 - share)) / n + (q * q) / (4 * n * n))) / (1 + (q * q) / n);
  const buyers = over.filter((one) => one.orders > 0).length;
  const mean = add(({ weight, spent }) => weight * spent) / total;
  const error = Math.sqrt((add(({ weight, spent }) => (weight * (spent - mean)) ** 2) / total ** 2) * (n / (n - 1)));
  const skew = add(({ weight, spent }) => (weight * (spent - mean)) ** 3) / total ** 3 / error ** 3;
  const hall = (quantile: number): number => mean - ((3 / skew) * (Math.cbrt(1 + skew * quantile - skew ** 2 / 6) - 1)) * error;
  return { people: over.length, waiting: own.length - over.length, n, buyers, share: { value: share, low: wilsonEnd(-1), high: wilsonEnd(1) }, revenue: { value: mean, low: Math.max(0, hall(student(buyers - 1))), high: hall(-student(buyers - 1)) } };
}

const close9 = (value: number) => expect.closeTo(value, Math.abs(value) > 100 ? 3 : 8);

describe.each(Object.keys(ids) as (keyof typeof ids)[])("of a question with %s answers", (kind) => { // its own
  test("every figure of the outcome table is what a computation of its own says", async () => {
    const rows = await surveys.readOutcomes(shopId, await surveyOf(ids[kind]));
    expect(rows.map(({ key }) => key)).toEqual({ single: ["price", "taste", "gift", ".answered", ".silent"], several: ["price", "taste", "gift", ".answered", ".silent"], nps: ["detractor", "passive", "promoter", ".answered", ".silent"], text: ["wrote", ".silent"] }[kind]);
    let known = 0;
    for (const { key, customers, outcomes } of rows) {
      for (const outcome of outcomes) {
        const expected = expectedOf(ids[kind], outcome.days, key);
        expect({ key, ...outcome }).toMatchObject({ people: expected.people, waiting: expected.waiting, repurchased: expected.buyers, effective: close9(expected.n) });
        expect(customers).toBe(expected.people + expected.waiting);
        for (const figure of ["share", "revenue"] as const) {
          const isEnough = expected.n >= 30 && (figure === "share" || expected.buyers >= 10);
          expect(outcome[figure].isKnown).toBe(isEnough);
          if (isEnough) expect({ key, ...outcome[figure] }).toMatchObject({ value: close9(expected[figure].value), low: close9(expected[figure].low), high: close9(expected[figure].high) });
          known += Number(isEnough);
        }
      }
    }
    expect(known).toBeGreaterThan(6);
  });
});

test("answers are counted over guests and customers, by language and among the members of a segment", async () => {
  const survey = await surveyOf(ids.several);
  const segmentId = randomUUID();
  await db().segmentMember.createMany({ data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((number) => ({ shopId, segmentId, customerId: BigInt(number), since: new Date(0) })) });
  const said = (filter: (answer: Answer) => boolean) => answers.filter((answer) => answer.surveyId === ids.several && filter(answer));
  const tableOf = (some: Answer[]) => ({ people: some.length, keys: ["price", "taste", "gift"].map((key) => ({ key, count: some.filter(({ choices }) => choices.includes(key)).length })) });
  const everyone = await surveys.readResults(shopId, survey, { kind: "everyone" });
  expect(everyone).toMatchObject({ everyone: tableOf(said(() => true)), group: null, cost: { answered: survey.answered, asked: survey.asked, dismissed: 9 } });
  expect(new Map(everyone.languages.map(({ language, table }) => [language, table.people]))).toEqual(new Map(["en", "ja", "fr"].map((language) => [language, said((answer) => answer.language === language).length])));
  expect(await surveys.readResults(shopId, survey, { kind: "language", language: "ja" })).toMatchObject({ group: tableOf(said(({ language }) => language === "ja")) });
  expect(await surveys.readResults(shopId, survey, { kind: "segment", segmentId })).toMatchObject({ group: tableOf(said(({ customerId }) => customerId !== null && customerId <= 12n)) });
  const single = await surveys.readResults(shopId, await surveyOf(ids.single), { kind: "everyone" });
  expect(single.everyone.people).toBe(answers.filter(({ surveyId }) => surveyId === ids.single).length);
  expect(single.periods.map(({ from, asked, answered }) => [from, asked, answered])).toEqual([[addDays(today, -5), 10, 4], [addDays(today, -4), 10, 4], [addDays(today, -3), 0, 0], [addDays(today, -2), 10, 4]]);
});

test("texts are found by their words, tagged once, and open to their customer, never a guest's", async () => {
  const late = answers.filter(({ surveyId, text }) => surveyId === ids.nps && text === "It was too late");
  const read = (search: string, tag: string | null = null) => surveys.readTexts(shopId, ids.nps, { search, tag }, 0);
  const found = await read("LATE too");
  expect(found.count).toBe(late.length);
  expect(found.texts.every(({ text }) => text === "It was too late")).toBe(true);
  expect((await read("100%")).count).toBe(0); // a percent sign is one
  const guests = await Promise.all(found.texts.map(async ({ id, customer }) => [answers.find((answer) => answer.id === id)?.customerId ?? null, customer?.id ?? null]));
  for (const [given, shown] of guests) expect(shown).toBe(given);
  const answerId = found.texts[0]?.id ?? "";
  for (const isOn of [true, true]) await surveys.tagText(shopId, { surveyId: ids.nps, answerId, tag: "delivery", isOn });
  expect(await read("", "delivery")).toMatchObject({ count: 1, texts: [{ id: answerId, tags: ["delivery"] }], tags: [{ tag: "delivery", count: 1 }] });
  for (let tag = 0; tag < 12; tag += 1) await surveys.tagText(shopId, { surveyId: ids.nps, answerId, tag: `tag ${tag}`, isOn: true });
  expect((await read("", "delivery")).texts[0]?.tags).toHaveLength(10);
  await surveys.tagText(shopId, { surveyId: ids.nps, answerId, tag: "delivery", isOn: false });
  expect((await read("", "delivery")).count).toBe(0);
  expect(await surveys.readTexts(other, ids.nps, { search: "", tag: "tag 1" }, 0)).toMatchObject({ count: 0 });
});

test("a row opens to its people, guests left out, and so does the silence", async () => {
  const survey = await surveyOf(ids.nps);
  const peopleOf = async (key: string, group: AnswerGroup = { kind: "everyone" }) => {
    const found = [];
    for (let page = 0; ; page += 1) {
      const people = await surveys.listPeople(shopId, survey, { key, group }, page);
      found.push(...people.map(({ customerId }) => customerId));
      if (people.length === 0) return found.toSorted();
    }
  };
  const expected = answers.filter((answer) => answer.surveyId === ids.nps && answer.customerId !== null && Number(answer.choices[0]) >= 9).map(({ customerId }) => customerId);
  expect(await peopleOf("promoter")).toEqual(expected.toSorted());
  const customersOf = (isOne: (answer: Answer) => boolean) => answers.filter((answer) => answer.surveyId === ids.nps && answer.customerId !== null && isOne(answer)).map(({ customerId }) => customerId).toSorted();
  expect(await peopleOf("7")).toEqual(customersOf(({ choices }) => choices[0] === "7"));
  expect(await peopleOf("passive", { kind: "language", language: "ja" })).toEqual(customersOf(({ choices, language }) => ["7", "8"].includes(choices[0] ?? "") && language === "ja"));
  const segmentId = randomUUID();
  await db().segmentMember.createMany({ data: [1, 2, 3, 4, 5, 6].map((number) => ({ shopId, segmentId, customerId: BigInt(number), since: new Date(0) })) });
  expect(await peopleOf(".answered", { kind: "segment", segmentId })).toEqual(customersOf(({ customerId }) => (customerId ?? 7n) <= 6n));
  const silent = asks.filter((ask) => ask.surveyId === ids.nps && ask.state === "asked").map(({ customerId }) => customerId);
  expect(await peopleOf(".silent")).toEqual(silent.toSorted());
  expect((await peopleOf(".answered")).length).toBe(answers.filter(({ surveyId, customerId }) => surveyId === ids.nps && customerId !== null).length);
});

test("files hold every answer once, page by page, and no formula", async () => {
  const about = { currency: "USD", today };
  const survey = await surveyOf(ids.single);
  const linesOf = async (report: Parameters<typeof sendReport>[0]) => (await sendReport(report, "csv").text()).trimEnd().split("\n");
  const known = await surveys.listSurveys(shopId);
  const all = await linesOf(surveyAnswersReport(null, { surveys: known, pages: surveys.answerPages(shopId, null, 37) }, about));
  expect(all[0]).toBe("survey_id,answer_id,answered_at,customer_id,choice,text,order_id,language,answer,place,page,tags");
  expect(all.slice(1).map((line) => line.split(",")[1]).toSorted()).toEqual(answers.map(({ id }) => id).toSorted());
  expect(all.filter((line) => line.includes("SUM(A1")).every((line) => line.includes(",'=SUM(A1"))).toBe(true);
  const one = await linesOf(surveyAnswersReport(survey, { surveys: known, pages: surveys.answerPages(shopId, survey.id) }, about));
  expect(one).toHaveLength(1 + answers.filter(({ surveyId }) => surveyId === survey.id).length);
  const listed = await linesOf(surveysReport(known, about));
  expect(listed.find((line) => line.startsWith(survey.id))).toMatch(new RegExp(`^${survey.id},Why,live,single,.*,${survey.asked},${survey.answered},9,0\\.\\d{6}$`));
  const [rows, nameKey] = [await surveys.readOutcomes(shopId, survey), await openKeyNames("en")];
  async function* each() { yield { survey, rows, nameKey }; }
  const outcomes = await linesOf(surveyOutcomesReport(survey, each(), about));
  expect(outcomes[0]).toBe("survey_id,answer,days,customers,waiting,effective_customers,repurchased,share,low,high,revenue,revenue_low,revenue_high,answer_text");
  expect(outcomes).toHaveLength(1 + 5 * 3);
  ["the price", "the taste", "the gift", "All who answered", '"Asked, no answer"'].forEach((name, row) => expect(outcomes.slice(1 + row * 3, 4 + row * 3).every((line) => line.endsWith(`,${name}`)), name).toBe(true));
});

test("files say what was answered in the merchant's words, where, and under which tags", async () => {
  const given = { surveyId: ids.several, answeredAt: daysAgo(1), customerId: null, orderId: null, language: "ja", page: "/pages/about" };
  const row = (surveyId: string, choices: string[]) => ({ ...given, id: randomUUID(), surveyId, choices, text: "", place: "popup" as const, tags: ["late", "price war"] });
  async function* pages() { yield [row(ids.several, ["price", "gift"]), row(ids.nps, ["9"]), row(ids.text, [])]; }
  const report: unknown = await sendReport(surveyAnswersReport(null, { surveys: await surveys.listSurveys(shopId), pages: pages() }, { currency: "USD", today }), "json").json();
  expect(report).toMatchObject({ rows: [{ choice: "price gift", answer: "the price, the gift", place: "popup", page: "/pages/about", tags: "late, price war" }, { choice: "9", answer: "9" }, { choice: null, answer: null }] });
  expect(fileLanguageOf({ text: { "zh-CN": "为什么？", ja: "なぜ？" } })).toBe("ja");
});

test("reach counts the audience as it is now, and reckons with this shop's own surveys", async () => {
  const shop = await readShop(shopId);
  await db().customerFact.createMany({ data: Array.from({ length: 300 }, (_, index) => ({ shopId, customerId: BigInt(index + 1), cohort: new Date("2026-01-01"), firstOrderOn: toDate(addDays(today, -100)), lastOrderOn: toDate(addDays(today, index < 56 ? -3 : -60)), orderCount: index % 3 === 0 ? 1 : 3, revenueMinor: 100n })) });
  await db().countedOrder.createMany({ data: Array.from({ length: 56 }, (_, index) => ({ shopId, buyerId: BigInt(index + 1), orderId: BigInt(index + 1), day: toDate(addDays(today, -3)), sequence: 1, revenueMinor: 100n })) });
  await db().kpiDay.create({ data: { shopId, day: toDate(addDays(today, -3)), orders: 84, revenueMinor: 0n, guestOrders: 28, guestRevenueMinor: 0n, firstOrders: 0, firstRevenueMinor: 0n, secondOrders: 0 } });
  const reachOf = (audience: Partial<Definition["audience"]>) => {
    const definition = definitionOf(KINDS.single);
    return surveys.estimateReach(shop, { ...definition, audience: { ...definition.audience, ...audience } });
  };
  expect(await reachOf({ who: "customers" })).toMatchObject({ customers: CUSTOMERS, recent: 56, ordersPerDay: 2, askedPerDay: 2, uncounted: [], rate: { source: "shop", surveys: 4 } });
  expect(await reachOf({})).toMatchObject({ ordersPerDay: 3, askedPerDay: 3, uncounted: ["guests"] });
  expect(await reachOf({ who: "customers", orders: "returning" })).toMatchObject({ customers: 200, recent: 37 });
  expect(await reachOf({ who: "customers", orders: "new" })).toMatchObject({ customers: CUSTOMERS - 200 });
  expect(await reachOf({ who: "members" })).toMatchObject({ customers: 0, reason: "nobody", days: null });
  expect(await reachOf({ who: "customers" })).toMatchObject({ waiting: 0, before: 4 });
  const live = await surveyOf(ids.single);
  expect(await surveys.estimateReach(shop, live.definition, live.id)).toMatchObject({ rate: { source: "own", asked: live.asked }, askedPerDay: 30 / 14, reason: "enough" });
});

test("who was written to lately, or wants to be left alone, is not counted where a survey interrupts, and is where it stands in a page", async () => {
  const shop = await readShop(shopId);
  const on = (number: number, days: number) => ({ shopId, customerId: BigInt(number), contactedAt: daysAgo(days), kind: "survey" });
  await db().lastContact.createMany({ data: [on(1, 3), on(2, 29), on(3, 31), on(4, 40), on(5, 3)] });
  await db().followup.create({ data: { shopId, customerId: 6n, contactedAt: daysAgo(5) } });
  await db().contactPreference.createMany({ data: [{ shopId, customerId: 4n, everyDays: 60, updatedAt: daysAgo(90) }, { shopId, customerId: 5n, channel: "none", updatedAt: daysAgo(90) }] });
  const definition = { ...definitionOf(KINDS.single), popup: { on: "visit" as const, pageKinds: [], productIds: [], paths: [], seconds: 0 }, audience: { ...definitionOf(KINDS.single).audience, who: "customers" as const } };
  expect(await surveys.estimateReach(shop, { ...definition, isInPage: false })).toMatchObject({ customers: CUSTOMERS - 5, waiting: 4, recent: 51, ordersPerDay: 51 / 28 });
  expect(await surveys.estimateReach(shop, definition)).toMatchObject({ customers: CUSTOMERS, waiting: 0, recent: 56 });
});
