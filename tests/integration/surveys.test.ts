// A survey over HTTP: who may be asked, once; what is answered, once; and what follows at Shopify, on the board and in segments.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readBoard } from "../../app/capabilities/followups/followups.server.ts";
import { db, inTransaction } from "../../app/platform/db.server.ts";
import { pause, publish } from "../../app/capabilities/loyalty/loyalty.server.ts";
import { changeTelling, saveSegment } from "../../app/capabilities/segments/segments.server.ts";
import { readShop } from "../../app/capabilities/shops/shops.server.ts";
import { changeState, exportPerson, erasePerson, findSurvey, joinPeople, listSurveys, saveSetting, saveSurvey, startSurvey as start } from "../../app/capabilities/surveys/surveys.server.ts";
import { openKeyNames } from "../../app/ui/answer-words.ts";
import { readAppMetafields, readCustomerMetafields } from "../../sandbox/admin-api/storefront-metafields.ts";
import { createShopper } from "../../sandbox/testing/shopper.ts";
import { eventually, readRows, ring } from "../support/app-database.ts";
import { openLoyaltyShop, PLAIN, type Known, type LoyaltyShop } from "../support/loyalty-shop.ts";
import { answerWith, askFor, DELIVERY, say, startSurvey } from "../support/survey-shop.ts";

let shop: LoyaltyShop;
beforeAll(async () => {
  shop = await openLoyaltyShop({ ...PLAIN, survey: { isOn: true, points: 20 } });
  await saveSetting(shop.shopId, { restDays: 0 }); // the tests that are about rest set their own
});
afterAll(() => shop.stop());
afterEach(async () => { // ten may be live at once
  const about = await readShop(shop.shopId);
  for (const { id, state } of await listSurveys(shop.shopId)) if (state === "live") await changeState(about, id, "ended");
});

const rowsOf = (statement: string, ...values: unknown[]) => readRows(shop.app.databaseUrl, statement, values);
const answersTo = (surveyId: string) => rowsOf("select id::text, customer_id, choices, text, version from survey_answer where survey_id = $1::uuid order by answered_at", surveyId);
const guest = () => createShopper(shop.app.sandbox.url);

test("the first by priority asks, once; who closed it or answered is not asked again, on no device", async () => {
  const first = await startSurvey(shop.shopId);
  const second = await startSurvey(shop.shopId, { name: "Another" });
  const { browser } = await shop.openShopper("ann");
  expect(await askFor(browser, second, first)).toMatchObject({ status: 200, surveyId: first });
  expect(await askFor(browser, second, first)).toMatchObject({ surveyId: first }); // the page was loaded again
  expect(await say(browser, { wish: "dismiss", surveyId: first })).toMatchObject({ ok: true });
  const phone = guest();
  await phone.post("/account/login", { email: "ann@example.com" });
  expect(await askFor(phone, first, second)).toMatchObject({ surveyId: second });
  expect(await answerWith(phone, second, ["good"])).toEqual({ status: 200, ok: true, points: 0 });
  expect(await askFor(browser, first, second)).toMatchObject({ surveyId: null });
  expect(await findSurvey(shop.shopId, first)).toMatchObject({ asked: 1, answered: 0, dismissed: 1 });
  expect(await findSurvey(shop.shopId, second)).toMatchObject({ asked: 1, answered: 1, dismissed: 0 });
});

test("between two questions to one person lies the shop's rest, whichever tab asks first", async () => {
  await saveSetting(shop.shopId, { restDays: 7 });
  const [one, other] = [await startSurvey(shop.shopId), await startSurvey(shop.shopId)];
  const { browser } = await shop.openShopper("bea");
  const asked = await Promise.all(Array.from({ length: 8 }, (_, at) => askFor(browser, at % 2 === 0 ? one : other)));
  expect(new Set(asked.map(({ surveyId }) => surveyId).filter((id) => id !== null)).size).toBe(1);
  const [sums] = await rowsOf("select sum(asked_count)::int as asked from survey where id = any ($1::uuid[])", [one, other]);
  expect(sums).toEqual({ asked: 1 });
  await saveSetting(shop.shopId, { restDays: 0 });
});

test("two who answer at once both count, and one who answers eight times at once counts once", async () => {
  const survey = await startSurvey(shop.shopId);
  const [cid, dan] = [await shop.openShopper("cid"), await shop.openShopper("dan")];
  const told = await Promise.all([answerWith(dan.browser, survey, ["slow"]), ...Array.from({ length: 8 }, () => answerWith(cid.browser, survey, ["good"]))]);
  expect(told.every(({ ok }) => ok)).toBe(true);
  expect(await answersTo(survey)).toHaveLength(2);
  expect(await findSurvey(shop.shopId, survey)).toMatchObject({ asked: 2, answered: 2 });
});

test("who has registered this moment, and of whom Shopify's news is lost, joins, answers and has the points", async () => {
  shop.app.sandbox.context.faults.change({ drop: { next: 1 } });
  const survey = await startSurvey(shop.shopId, { earnsPoints: true });
  const { browser, id } = await shop.openShopper("new");
  expect(await rowsOf("select 1 from customer where id = $1", id)).toEqual([]);
  expect(await answerWith(browser, survey, ["good"])).toEqual({ status: 200, ok: true, points: 20 });
  expect(await rowsOf("select first_name from customer where id = $1", id)).toEqual([{ first_name: "new" }]);
});

test("the same answer again is the same; within the hour another replaces it, later none does", async () => {
  const survey = await startSurvey(shop.shopId);
  const { browser } = await shop.openShopper("eva");
  const answerId = crypto.randomUUID();
  await answerWith(browser, survey, ["slow"], { answerId });
  await answerWith(browser, survey, ["slow"], { answerId });
  await answerWith(browser, survey, ["slow"], { answerId, text: "Two weeks" });
  expect(await answersTo(survey)).toMatchObject([{ id: answerId, choices: ["slow"], text: "Two weeks", version: 2 }]);
  expect(await answerWith(browser, survey, ["good"])).toMatchObject({ ok: true }); // another device
  await rowsOf("update survey_answer set answered_at = answered_at - interval '2 hours' where survey_id = $1::uuid", survey);
  expect(await answerWith(browser, survey, ["broken"], { answerId })).toEqual({ status: 409, ok: false, reason: "already_answered" });
  expect(await answersTo(survey)).toMatchObject([{ id: answerId, choices: ["good"], text: "", version: 3 }]);
  expect(await findSurvey(shop.shopId, survey)).toMatchObject({ answered: 1 });
});

test("points come once, tag, segment, Flow and task at once, and all of them follow a change", async () => {
  const survey = await startSurvey(shop.shopId, {
    earnsPoints: true, startsFlow: true,
    steps: [{ key: "broken", hasTag: true, hasSegment: true, opensTask: true }, { key: "good", hasTag: true, hasSegment: false, opensTask: false }],
  });
  const { browser, id } = await shop.openShopper("fay");
  const answerId = crypto.randomUUID();
  expect(await answerWith(browser, survey, ["broken"], { answerId, text: "The cup" })).toEqual({ status: 200, ok: true, points: 20 });
  expect(await answerWith(browser, survey, ["broken"], { answerId, text: "The cup" })).toMatchObject({ points: 20 });
  const board = async () => (await readBoard(await readShop(shop.shopId), { standing: "open", stage: null, isVipOnly: false, hasTask: false }, 0)).rows.map(({ customerId }) => customerId);
  expect(await board()).toContain(id);
  const tag = `regulars:survey-${survey.slice(0, 8)}-`;
  const tags = () => [...shop.app.state.eachCustomer({})].find((customer) => customer.id === String(id))?.tags.filter((each) => each.startsWith(tag));
  await eventually(() => expect(tags()).toEqual([`${tag}broken`]));
  await eventually(() => expect(shop.app.sandbox.context.flow.list()).toContainEqual(expect.objectContaining({ handle: "survey-answered", payload: { customer_id: Number(id), Survey: "How was the delivery?", Answer: "Something broke", Text: "The cup" } })));
  await eventually(async () => expect(await rowsOf("select s.name from segment s join segment_member m on m.segment_id = s.id where m.customer_id = $1::bigint and s.name like 'Delivery%'", id)).toEqual([{ name: "Delivery: Something broke" }]));
  expect(await answerWith(browser, survey, ["good"], { answerId })).toMatchObject({ points: 20 });
  expect(await board()).not.toContain(id);
  await eventually(() => expect(tags()).toEqual([`${tag}good`]));
  await eventually(async () => expect(await rowsOf("select 1 from segment s join segment_member m on m.segment_id = s.id where m.customer_id = $1::bigint and s.name like 'Delivery%'", id)).toEqual([]));
  expect(await rowsOf("select sum(points)::int as points from ledger_entry where customer_id = $1::bigint", id)).toEqual([{ points: 20 }]);
});

test("Flow hears of each answer once, also when many come at once and their jobs meet", async () => {
  const survey = await startSurvey(shop.shopId, { startsFlow: true });
  const shoppers: Known[] = [];
  for (const name of ["qa", "qb", "qc", "qd", "qe", "qf"]) shoppers.push(await shop.openShopper(name));
  await Promise.all(shoppers.map(({ browser }) => answerWith(browser, survey, ["slow"])));
  await eventually(async () => expect(await rowsOf("select 1 from survey_answer where done_version < version")).toEqual([]));
  const ids = shoppers.map(({ id }) => Number(id));
  const told = shop.app.sandbox.context.flow.list().flatMap(({ handle, payload }) => (handle === "survey-answered" && ids.includes(Number(payload["customer_id"])) ? [Number(payload["customer_id"])] : []));
  expect(told.sort()).toEqual(ids.sort());
});

test("Flow hears, once, of the answers it was chosen for, and of no other", async () => {
  const survey = await startSurvey(shop.shopId, { steps: [{ key: "slow", hasTag: true, hasSegment: false, opensTask: false, startsFlow: true }] });
  const [slow, good] = [await shop.openShopper("ra"), await shop.openShopper("rb")];
  await answerWith(slow.browser, survey, ["slow"]);
  await answerWith(good.browser, survey, ["good"]);
  await eventually(async () => expect(await rowsOf("select 1 from survey_answer where done_version < version")).toEqual([]));
  const told = shop.app.sandbox.context.flow.list().filter(({ payload }) => [slow.id, good.id].map(Number).includes(Number(payload["customer_id"])));
  expect(told.map(({ payload }) => payload)).toEqual([{ customer_id: Number(slow.id), Survey: "How was the delivery?", Answer: "Slow", Text: "" }]);
});

test("what the programme gives, and how the segment asked is known there, reach the theme though no survey was touched", async () => {
  const segmentId = crypto.randomUUID();
  await saveSegment(shop.shopId, { id: segmentId, name: "Everybody", rule: { field: "orders", operator: "at_least", value: 0 } });
  await changeTelling(shop.shopId, segmentId, { isMirrored: true, locale: "en", slug: "everybody" });
  await startSurvey(shop.shopId, { earnsPoints: true, audience: { ...DELIVERY.audience, segmentId } });
  const shown = (): unknown => JSON.parse(readAppMetafields(shop.app.sandbox.context, "regulars")["surveys"]?.value ?? "{}");
  await ring("surveys.sweep");
  await eventually(() => expect(shown()).toMatchObject({ surveys: [{ points: 20, hasSegment: true, tag: "regulars:everybody" }] }));
  await pause(shop.shopId);
  await changeTelling(shop.shopId, segmentId, { isMirrored: false, locale: "en", slug: "everybody" });
  await ring("surveys.sweep");
  await eventually(() => expect(shown()).toMatchObject({ surveys: [{ points: 0, hasSegment: true, tag: null }] })); // then the app says who is in it
  await publish(shop.shopId, { keptUntil: null });
});

test("a guest is asked where everybody is, stays nameless, and is nobody under customers or members", async () => {
  const [everyone, customers] = [await startSurvey(shop.shopId, { audience: { ...DELIVERY.audience, who: "everyone" } }), await startSurvey(shop.shopId)];
  const members = await startSurvey(shop.shopId, { audience: { ...DELIVERY.audience, who: "members" } });
  const browser = guest();
  expect(await askFor(browser, customers, members)).toMatchObject({ surveyId: null });
  expect(await askFor(browser, customers, everyone)).toMatchObject({ surveyId: everyone });
  for (const survey of [customers, members]) expect(await answerWith(browser, survey, ["good"])).toEqual({ status: 409, ok: false, reason: "not_live" });
  const answerId = crypto.randomUUID();
  expect(await answerWith(browser, everyone, ["slow"], { answerId })).toMatchObject({ ok: true, points: 0 });
  expect(await answerWith(browser, everyone, ["slow"], { answerId, text: "Rain" })).toMatchObject({ ok: true });
  const { browser: own, id } = await shop.openShopper("gil");
  expect(await answerWith(own, everyone, ["good"], { answerId })).toMatchObject({ ok: false, reason: "already_answered" }); // a guest's answer never becomes a person's
  expect(await answerWith(own, everyone, ["good"])).toMatchObject({ ok: true });
  expect(await answersTo(everyone)).toMatchObject([{ customer_id: null, choices: ["slow"], text: "Rain" }, { customer_id: id, choices: ["good"] }]);
});

test("what is forged, too long, unknown or no answer changes nothing, and says which field", async () => {
  const survey = await startSurvey(shop.shopId);
  const { browser } = await shop.openShopper("hal");
  const stranger = await shop.openShopper("ida");
  const theirs = crypto.randomUUID();
  await answerWith(stranger.browser, survey, ["slow"], { answerId: theirs, text: "<b onclick=x>&amp;</b>" });
  expect(await answersTo(survey)).toMatchObject([{ text: "<b onclick=x>&amp;</b>" }]); // as it was said: pages show it as text
  expect(await answerWith(browser, survey, ["good"], { answerId: theirs })).toEqual({ status: 409, ok: false, reason: "already_answered" });
  expect(await answerWith(browser, crypto.randomUUID(), ["good"])).toEqual({ status: 409, ok: false, reason: "not_live" });
  expect(await answerWith(browser, survey, ["nothing"])).toEqual({ status: 409, ok: false, reason: "bad_answer" });
  expect(await answerWith(browser, survey, ["good", "slow"])).toEqual({ status: 409, ok: false, reason: "bad_answer" });
  expect(await answerWith(browser, survey, ["slow"], { text: "字".repeat(1_001) })).toEqual({ status: 400, ok: false, reason: "bad_request", field: "text" });
  expect(await answerWith(browser, survey, ["slow"], { answerId: "1-1-1-1-1" })).toEqual({ status: 400, ok: false, reason: "bad_request", field: "answerId" });
  expect(await askFor(browser, "x")).toMatchObject({ status: 400, field: "surveyIds.0" });
  const straight = await fetch(`${shop.app.appUrl}/proxy/survey?shop=${(await readShop(shop.shopId)).domain}&logged_in_customer_id=1&timestamp=${Math.floor(Date.now() / 1000)}&signature=00`, { method: "POST", body: "{}" });
  expect(straight.status).toBe(401);
  expect(await answersTo(survey)).toHaveLength(1);
  expect(await findSurvey(shop.shopId, survey)).toMatchObject({ asked: 1, answered: 1 });
});

test("it ends by itself, and the theme hears of what is live and of who was asked", async () => {
  const survey = await startSurvey(shop.shopId, { stop: { kind: "answers", count: 1 } });
  const { browser, id } = await shop.openShopper("joe");
  const { context } = shop.app.sandbox;
  const documents = () => ({ live: readAppMetafields(context, "regulars")["surveys"]?.value, asked: readCustomerMetafields(context, String(id), "regulars")["surveys"]?.value });
  await ring("surveys.sweep");
  await eventually(() => expect(documents().live).toContain(survey));
  await answerWith(browser, survey, ["good"]);
  await eventually(async () => expect(await findSurvey(shop.shopId, survey)).toMatchObject({ state: "ended", endReason: "answers" }));
  await eventually(() => expect(documents().live).not.toContain(survey));
  await eventually(() => expect(documents().asked).toContain("quietUntil"));
  const { browser: late } = await shop.openShopper("kim");
  expect(await askFor(late, survey)).toMatchObject({ surveyId: null });
});

test("what was answered keeps its choices; what ended is not started again", async () => {
  const survey = await startSurvey(shop.shopId);
  await answerWith((await shop.openShopper("lea")).browser, survey, ["good"]);
  const [about, nameKey] = [await readShop(shop.shopId), await openKeyNames("en")];
  const { question } = DELIVERY;
  expect(await saveSurvey(about, { id: survey, definition: { ...DELIVERY, question: { ...question, choices: question.choices.slice(1) } } }, nameKey)).toEqual({ ok: false, reason: "question_fixed" });
  expect(await saveSurvey(about, { id: survey, definition: { ...DELIVERY, question: { ...question, text: { en: "How did it arrive?" } } } }, nameKey)).toMatchObject({ ok: true });
  expect(await changeState(about, survey, "ended")).toEqual({ ok: true });
  expect(await start(about, survey, nameKey)).toEqual({ ok: false, reason: "wrong_state" });
  expect(await answerWith((await shop.openShopper("max")).browser, survey, ["good"])).toMatchObject({ reason: "not_live" });
});

test("a step or a follow-up after an answer the question does not take is refused by its field", async () => {
  const [about, nameKey] = [await readShop(shop.shopId), await openKeyNames("en")];
  const save = (change: Partial<typeof DELIVERY>) => saveSurvey(about, { id: crypto.randomUUID(), definition: { ...DELIVERY, ...change } }, nameKey);
  expect(await save({ steps: [{ key: "late", hasTag: true, hasSegment: false, opensTask: false }] })).toEqual({ ok: false, reason: "unknown_key", field: "steps" });
  expect(await save({ followUp: { text: { en: "Why?" }, after: ["slow", "late"] } })).toEqual({ ok: false, reason: "unknown_key", field: "followUp.after" });
});

test("segments of answers are named in the merchant's language, as answers are on the page", async () => {
  const step = (key: string) => ({ key, hasTag: false, hasSegment: true, opensTask: false });
  const question = { ...DELIVERY.question, choices: [] };
  const namesOf = async (name: string) => (await rowsOf("select name from segment where name like $1 order by name", `${name}%`)).map((row) => row["name"]);
  await startSurvey(shop.shopId, { name: "Score", question: { ...question, kind: "nps" }, followUp: null, steps: ["detractor", "passive", "promoter"].map(step) });
  expect(await namesOf("Score")).toEqual(["Score: Detractors (0 to 6)", "Score: Passives (7 and 8)", "Score: Promoters (9 and 10)"]);
  await startSurvey(shop.shopId, { name: "言葉", question: { ...question, kind: "text" }, followUp: null, steps: [step("wrote")] }, "ja");
  expect(await namesOf("言葉")).toEqual(["言葉: 記入あり"]);
  await startSurvey(shop.shopId, { name: "配送", steps: [step("slow")] }, "ja");
  expect(await namesOf("配送")).toEqual(["配送: 遅かった"]);
});

test("a link of a message asks whom a pop-up may not ask again, and nobody who answered", async () => {
  await saveSetting(shop.shopId, { restDays: 30 });
  const survey = await startSurvey(shop.shopId);
  const { browser } = await shop.openShopper("nia");
  await askFor(browser, survey);
  await say(browser, { wish: "dismiss", surveyId: survey });
  expect(await askFor(browser, survey)).toMatchObject({ surveyId: null });
  const byLink = () => say(browser, { wish: "ask", surveyIds: [survey], place: "link" });
  expect(await byLink()).toMatchObject({ surveyId: survey });
  await say(browser, { wish: "answer", surveyId: survey, answerId: crypto.randomUUID(), choices: ["good"], text: "", place: "link" });
  expect(await byLink()).toMatchObject({ surveyId: null, reason: "already_answered" });
  expect(await findSurvey(shop.shopId, survey)).toMatchObject({ asked: 1, answered: 1, dismissed: 1 });
  await saveSetting(shop.shopId, { restDays: 0 });
});

test("whoever is merged brings their answers along, what the kept customer said stands, and who is forgotten leaves only counts", async () => {
  const [one, other] = [await startSurvey(shop.shopId), await startSurvey(shop.shopId)];
  const [kept, gone] = [await shop.openShopper("ola"), await shop.openShopper("pia")];
  await answerWith(kept.browser, one, ["good"]);
  await answerWith(gone.browser, one, ["slow"]);
  await answerWith(gone.browser, other, ["broken"]);
  await db().customerAlias.create({ data: { shopId: shop.shopId, id: gone.id, keptId: kept.id } });
  await inTransaction((tx) => joinPeople(tx, shop.shopId, [gone.id]));
  expect(await answersTo(one)).toMatchObject([{ customer_id: kept.id, choices: ["good"] }]);
  expect(await answersTo(other)).toMatchObject([{ customer_id: kept.id, choices: ["broken"] }]);
  expect(await inTransaction((tx) => exportPerson(tx, shop.shopId, kept.id))).toMatchObject({ surveyAnswers: [{}, {}], surveyAsks: [{}, {}] });
  await inTransaction((tx) => erasePerson(tx, shop.shopId, kept.id));
  expect([...(await answersTo(one)), ...(await answersTo(other))]).toEqual([]);
  expect(await findSurvey(shop.shopId, one)).toMatchObject({ answered: 2 });
});
