// A survey on Shopify's own pages after a purchase: asked by the session token alone, once, answered once; whatever is forged, too long or no text of ours ends as it should.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSummary } from "../../app/capabilities/loyalty/loyalty.server.ts";
import { defaultProgramme } from "../../app/capabilities/loyalty/rules/defaults.ts";
import * as orders from "../../app/capabilities/orders/orders.server.ts";
import { closeShop, readShop } from "../../app/capabilities/shops/shops.server.ts";
import type { Definition } from "../../app/capabilities/surveys/model/survey.ts";
import { changeState, findSurvey } from "../../app/capabilities/surveys/surveys.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { action, loader } from "../../app/routes/account.survey.ts";
import { encoded, seconds, tokenOf } from "../support/buyer-token.ts";
import { openClone } from "../support/database.ts";
import { anOrderOf, hear, openPointsShop, type PointsShop } from "../support/points-shop.ts";
import { aCustomer, customerIdOf } from "../support/snapshots.ts";
import { DELIVERY, startSurvey } from "../support/survey-shop.ts";

const PROGRAMME = { ...defaultProgramme({ currency: "USD", averageOrderMinor: 5_000 }), survey: { isOn: true, points: 20 }, tiers: null };

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openClone();
});
afterAll(() => close());

type Opened = PointsShop & { surveyId: string };
/** With customers 7, 8 and 9, who bought once, and a survey that is asked on order pages. */
async function openShop(changes: Partial<Definition> = {}): Promise<Opened> {
  const shop = await openPointsShop({ programme: PROGRAMME });
  await inTransaction((tx) => orders.saveCustomers(tx, shop.shopId, [7, 8, 9].map((id) => aCustomer({ id }))));
  await hear(shop.shopId, ...[7, 8, 9].map((id) => anOrderOf(id, id, 5_000, 1)));
  return { ...shop, surveyId: await startSurvey(shop.shopId, { popup: null, isOnOrder: true, ...changes }) };
}

type Said = { status: number; origin: string | null; survey?: Record<string, unknown> | null; ok?: boolean; points?: number; reason?: string; field?: string };
async function answerOf(answer: Promise<Response>): Promise<Said> {
  const response = await answer.catch((error: unknown) => { if (error instanceof Response) return error; throw error; }); // as Remix does
  const text = await response.text();
  return { status: response.status, origin: response.headers.get("access-control-allow-origin"), ...(text === "" ? {} : JSON.parse(text)) };
}

const HEADERS = { Origin: "https://extensions.shopifycdn.com" };
const bearer = (token: string | null) => token !== null && { Authorization: `Bearer ${token}` };
const ask = (token: string | null, query = "", headers: Record<string, string> = {}) =>
  answerOf(loader({ request: new Request(`https://regulars.test/account/survey${query}`, { headers: { ...HEADERS, ...headers, ...bearer(token) } }), params: {}, context: {} }));
const send = (token: string | null, body: string, type = "application/json") =>
  answerOf(action({ request: new Request("https://regulars.test/account/survey", { method: "POST", body, headers: { ...HEADERS, "Content-Type": type, ...bearer(token) } }), params: {}, context: {} }));
const give = (token: string | null, { surveyId }: { surveyId: string }, rest: object = {}) =>
  send(token, JSON.stringify({ surveyId, answerId: randomUUID(), choices: ["good"], text: "", language: "en", order: "gid://shopify/Order/7", ...rest }));

const balanceOf = async ({ shopId }: Opened): Promise<number> => (await readSummary({ shopId, customerId: customerIdOf(7) }))?.balance ?? 0;
const listAnswers = ({ shopId, surveyId }: Opened) => db().surveyAnswer.findMany({ where: { shopId, surveyId }, orderBy: { answeredAt: "asc" } });

describe("asking", () => {
  test("a shopper sees the question in their language with every choice, and the points that are promised", async () => {
    const shop = await openShop({ earnsPoints: true });
    expect(await ask(tokenOf(shop), "?locale=ja")).toEqual({
      status: 200, origin: "*",
      survey: {
        id: shop.surveyId, kind: "single", text: "配送はいかがでしたか？", isShuffled: false, low: null, high: null, followUp: "何がありましたか？", thanks: null, points: 20,
        choices: [{ id: "good", text: "良かった", image: null, asksMore: false }, { id: "slow", text: "遅かった", image: null, asksMore: true }, { id: "broken", text: "破損していた", image: null, asksMore: true }],
      },
    });
  });
  test("numbers, and whether they ask for more, come with a recommendation", async () => {
    const shop = await openShop({ question: { ...DELIVERY.question, kind: "nps", choices: [], lowLabel: { en: "Never" } }, followUp: { text: { en: "Why?" }, after: ["detractor"] } });
    const { survey } = await ask(tokenOf(shop));
    expect(survey).toMatchObject({ kind: "nps", low: "Never", high: null, followUp: "Why?" });
    expect(survey?.["choices"]).toEqual(Array.from({ length: 11 }, (_, id) => ({ id: String(id), text: String(id), image: null, asksMore: id <= 6 })));
  });
  test("it is asked once of each: the same after a reload, and not after it was answered", async () => {
    const shop = await openShop();
    await Promise.all([ask(tokenOf(shop)), ask(tokenOf(shop)), ask(tokenOf(shop))]);
    expect((await ask(tokenOf(shop))).survey).toMatchObject({ id: shop.surveyId });
    expect(await findSurvey(shop.shopId, shop.surveyId)).toMatchObject({ asked: 1 });
    await give(tokenOf(shop), shop);
    expect(await ask(tokenOf(shop))).toEqual({ status: 200, origin: "*", survey: null });
    expect((await ask(tokenOf(shop, { sub: "gid://shopify/Customer/8" }))).survey).toMatchObject({ id: shop.surveyId });
  });
  test("surveys that are not for order pages, are not live, or are for another country are not asked", async () => {
    const shop = await openShop({ isOnOrder: false, isInPage: true });
    expect((await ask(tokenOf(shop))).survey).toBeNull();
    const abroad = await openShop({ audience: { ...DELIVERY.audience, countries: ["JP"] } });
    expect((await ask(tokenOf(abroad))).survey).toBeNull();
    expect((await ask(tokenOf(abroad), "?country=US")).survey).toBeNull();
    expect((await ask(tokenOf(abroad), "?country=JP")).survey).toMatchObject({ id: abroad.surveyId });
    await changeState(await readShop(abroad.shopId), abroad.surveyId, "paused");
    expect((await ask(tokenOf(abroad, { sub: "gid://shopify/Customer/8" }), "?country=JP")).survey).toBeNull();
  });
  test("browsers may ask whether they may ask", async () => {
    const request = new Request("https://regulars.test/account/survey", { method: "OPTIONS", headers: HEADERS });
    const { status, headers } = await loader({ request, params: {}, context: {} });
    expect([status, headers.get("access-control-allow-methods"), headers.get("access-control-allow-headers")]).toEqual([204, "GET, POST, OPTIONS", "Authorization, Content-Type"]);
  });
});

describe("a guest", () => {
  const guestOf = (shop: Opened) => tokenOf(shop, { sub: null, dest: shop.domain });
  test("is asked nothing that is for customers, and may not answer it", async () => {
    const shop = await openShop();
    expect((await ask(guestOf(shop))).survey).toBeNull();
    expect(await give(guestOf(shop), shop)).toEqual({ status: 409, origin: "*", ok: false, reason: "not_live" });
    expect(await listAnswers(shop)).toEqual([]);
  });
  test("answers what is for everyone without a name, an order or points, and is not asked again by a browser that remembers", async () => {
    const shop = await openShop({ audience: { ...DELIVERY.audience, who: "everyone" }, earnsPoints: true });
    expect((await ask(guestOf(shop))).survey).toMatchObject({ points: 0 });
    expect((await ask(guestOf(shop), `?seen=${randomUUID()},${shop.surveyId}`)).survey).toBeNull();
    expect(await findSurvey(shop.shopId, shop.surveyId)).toMatchObject({ asked: 1 });
    expect(await give(guestOf(shop), shop)).toEqual({ status: 200, origin: "*", ok: true, points: 0 });
    expect(await listAnswers(shop)).toMatchObject([{ customerId: null, orderId: null, choices: ["good"], place: "order", page: "" }]);
  });
  test("after one question there is no other for the shop's rest, but the open one stands for half an hour, and counts once", async () => {
    const shop = await openShop({ audience: { ...DELIVERY.audience, who: "everyone" } });
    const other = await startSurvey(shop.shopId, { popup: null, isOnOrder: true, audience: { ...DELIVERY.audience, who: "everyone" } });
    const DAY_MS = 86_400_000;
    const asked = async (query: string) => (await ask(guestOf(shop), `?seen=${shop.surveyId}${query}`)).survey?.["id"] ?? null;
    await ask(guestOf(shop));
    expect(await asked(`&ago=1000&open=${shop.surveyId}`)).toBe(shop.surveyId);
    expect(await findSurvey(shop.shopId, shop.surveyId)).toMatchObject({ asked: 1 });
    expect([await asked("&ago=1000"), await asked(`&ago=${29 * DAY_MS}`), await asked(`&ago=${30 * DAY_MS}`)]).toEqual([null, null, other]);
    await changeState(await readShop(shop.shopId), shop.surveyId, "paused");
    expect(await asked(`&ago=1000&open=${shop.surveyId}`)).toBeNull();
    expect((await ask(tokenOf(shop), `?seen=${other}&ago=1000&open=${shop.surveyId}`)).survey).toMatchObject({ id: other });
  });
  test("who asks all the time from one address is slowed down, in an answer the page can read", async () => {
    const shop = await openShop();
    const told = await Promise.all(Array.from({ length: 31 }, () => ask(guestOf(shop), "", { "X-Forwarded-For": "192.0.2.7" })));
    expect(told.filter(({ status }) => status === 429)).toEqual([{ status: 429, origin: "*", ok: false, reason: "too_many_requests" }]);
    expect(await ask(guestOf(shop), "", { "X-Forwarded-For": "192.0.2.8" })).toMatchObject({ status: 200 });
  });
  test("what a browser has seen does not hold back a customer, whom the app knows", async () => {
    const shop = await openShop();
    expect((await ask(tokenOf(shop), `?seen=${shop.surveyId}`)).survey).toMatchObject({ id: shop.surveyId });
  });
});

describe("answering", () => {
  test("an answer is kept with its order and language, and brings its points once, however often it is sent", async () => {
    const shop = await openShop({ earnsPoints: true });
    const [answerId, before] = [randomUUID(), await balanceOf(shop)];
    const told = await Promise.all(Array.from({ length: 5 }, () => give(tokenOf(shop), shop, { answerId, choices: ["slow"], language: "ja", order: "gid://shopify/OrderIdentity/7" })));
    expect(told.map(({ status, ok }) => [status, ok])).toEqual(told.map(() => [200, true]));
    await give(tokenOf(shop), shop, { answerId, choices: ["slow"], text: "Two weeks" });
    expect(await listAnswers(shop)).toMatchObject([{ id: answerId, customerId: 7n, orderId: 7n, choices: ["slow"], text: "Two weeks", place: "order", language: "ja" }]);
    expect(await balanceOf(shop)).toBe(before + 20);
    expect(await findSurvey(shop.shopId, shop.surveyId)).toMatchObject({ answered: 1 });
  });
  test("HTML is text like any other", async () => {
    const shop = await openShop();
    const text = `<script>alert(1)</script> & "tea" 🍵`;
    expect(await give(tokenOf(shop), shop, { choices: ["broken"], text })).toMatchObject({ ok: true });
    expect(await listAnswers(shop)).toMatchObject([{ text }]);
  });
  test.each<[string, object, string]>([
    ["a text longer than an answer", { text: "é".repeat(1_001) }, "text"],
    ["a survey's id that is none", { surveyId: "1; drop table survey" }, "surveyId"],
    ["an answer's id that is none", { answerId: "7" }, "answerId"],
    ["more choices than any question has", { choices: Array.from({ length: 13 }, () => "good") }, "choices"],
    ["an order that is no text", { order: 7 }, "order"],
    ["no language", { language: undefined }, "language"],
  ])("%s is refused by name", async (_what, rest, field) => {
    const shop = await openShop();
    expect(await give(tokenOf(shop), shop, rest)).toEqual({ status: 400, origin: "*", ok: false, reason: "bad_request", field });
    expect(await listAnswers(shop)).toEqual([]);
  });
  test.each<[string, string, string?]>([["no JSON", "{"], ["a form's fields", "a=b", "application/x-www-form-urlencoded"], ["a list", "[]"], ["a letter", JSON.stringify({ text: "a".repeat(100_000) })]])("%s is no answer", async (_what, body, type) => {
    const shop = await openShop();
    expect(await send(tokenOf(shop), body, type)).toMatchObject({ status: 400, origin: "*", reason: "bad_request" });
  });
  test("another survey's id, another shop's, or a choice the question does not have changes nothing", async () => {
    const [shop, other] = [await openShop(), await openShop()];
    expect(await give(tokenOf(shop), { surveyId: randomUUID() })).toMatchObject({ status: 409, reason: "not_live" });
    expect(await give(tokenOf(shop), other)).toMatchObject({ status: 409, reason: "not_live" });
    expect(await give(tokenOf(shop), shop, { choices: ["wonderful"] })).toMatchObject({ status: 409, reason: "bad_answer" });
    expect(await give(tokenOf(shop), shop, { choices: ["good", "slow"] })).toMatchObject({ status: 409, reason: "bad_answer" });
    expect([...(await listAnswers(shop)), ...(await listAnswers(other))]).toEqual([]);
  });
  test("nobody answers in another's name, or changes what another said", async () => {
    const shop = await openShop();
    const answerId = randomUUID();
    await give(tokenOf(shop), shop, { answerId });
    expect(await give(tokenOf(shop, { sub: "gid://shopify/Customer/8" }), shop, { answerId, choices: ["broken"], customerId: "7" })).toMatchObject({ status: 409, reason: "already_answered" });
    expect(await listAnswers(shop)).toMatchObject([{ customerId: 7n, choices: ["good"] }]);
  });
  test("an order of somebody else is not kept with it; one the app has not heard of yet is", async () => {
    const shop = await openShop();
    await give(tokenOf(shop), shop, { order: "gid://shopify/Order/8" });
    await give(tokenOf(shop, { sub: "gid://shopify/Customer/9" }), shop, { order: "gid://shopify/OrderIdentity/70" });
    expect((await listAnswers(shop)).map(({ customerId, orderId }) => [customerId, orderId])).toEqual([[7n, null], [9n, 70n]]);
  });
});

describe.each<[string, (shop: Opened) => string | null]>([
  ["no token", () => null],
  ["another secret", (shop) => tokenOf(shop, { secret: "else" })],
  ["no algorithm", (shop) => tokenOf(shop, { alg: "none" })],
  ["a name changed on the way", (shop) => tokenOf(shop).split(".").with(1, encoded({ dest: `https://${shop.domain}`, exp: seconds() + 300, sub: "gid://shopify/Customer/8" })).join(".")],
  ["a token of a minute ago", (shop) => tokenOf(shop, { exp: seconds() - 60 })],
  ["a token of staff", (shop) => tokenOf(shop, { sub: "7" })],
])("%s", (_what, forge) => {
  test("is nobody: it hears no question and answers none", async () => {
    const shop = await openShop();
    const refused = { status: 401, origin: "*", ok: false, reason: "not_logged_in" };
    expect(await ask(forge(shop))).toEqual(refused);
    expect(await give(forge(shop), shop)).toEqual(refused);
    expect(await listAnswers(shop)).toEqual([]);
  });
});

test("a shop that left, or that nobody knows, asks nothing", async () => {
  const shop = await openShop();
  expect(await ask(tokenOf({ domain: "nobody.myshopify.com" }))).toMatchObject({ status: 404, origin: "*" });
  await closeShop(shop.shopId, new Date());
  expect(await ask(tokenOf(shop))).toMatchObject({ status: 404, origin: "*" });
  expect(await give(tokenOf(shop), shop)).toMatchObject({ status: 404, origin: "*" });
});

test("whoever sends all the time is slowed down, and nobody else", async () => {
  const shop = await openShop();
  const told = await Promise.all(Array.from({ length: 61 }, () => give(tokenOf(shop), shop)));
  expect(told.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(await listAnswers(shop)).toHaveLength(1);
  expect(await give(tokenOf(shop, { sub: "gid://shopify/Customer/8" }), shop)).toMatchObject({ ok: true });
});
