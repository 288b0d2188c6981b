import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../../admin-shell/fake-context.ts";
import type { CustomerDoc } from "../../shop/model.ts";
import { aMember, aProgramme, writeProgramme, writeShopper } from "../../testing/loyalty-documents.ts";
import { createShopper } from "../../testing/shopper.ts";
import { anywhere, aSurvey, surveyNumbered, writeAsked, writeSurveys, type SurveyDocument } from "../../testing/survey-documents.ts";
import { createStorefront } from "../storefront.ts";
import { createLiquid } from "./liquid-engine.ts";
import { readThemeExtension } from "./theme-extension.ts";

let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
let mina: CustomerDoc;

beforeEach(async () => {
  app = await serveApp((_request, response) => response.end("{}"));
  fake = createFakeSandbox(app.url, join(import.meta.dirname, "../../../extensions"));
  store = await serveRouter(createStorefront(fake.context));
  mina = fake.context.state.createCustomer({ email: "mina@example.com", countryCode: "JP", tags: ["wholesale"] });
  writeProgramme(fake.context, { ...aProgramme, enrolment: "joiners" });
  fake.context.theme.files.saveEmbed("survey", { isOn: true, settings: {} });
});
afterEach(async () => {
  await store.close();
  await app.close();
  fake.context.state.close();
});

async function read(path = "/", { isMina = false } = {}): Promise<string> {
  const shopper = createShopper(store.url);
  if (isMina) await shopper.post("/account/login", { email: "mina@example.com" });
  return shopper.read(path);
}

/** the surveys a page's pop-up may open by itself, in order */
const dueIn = (page: string): number[] => [...page.matchAll(/<template data-survey="[^"]*?0*(\d+)" data-on=/g)].map(([, number]) => Number(number));
const linkedIn = (page: string): number[] => [...page.matchAll(/<template data-survey="[^"]*?0*(\d+)"/g)].map(([, number]) => Number(number));
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const cardOf = (page: string): string => /<section class="rgs-card"[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
const onPages = (rest: Partial<NonNullable<SurveyDocument["popup"]>>): Partial<SurveyDocument> => ({ popup: { ...anywhere, ...rest } });

describe("who is asked", () => {
  test.each<[string, Partial<SurveyDocument>, { guest: boolean; mina: boolean; member?: boolean }]>([
    ["everyone", {}, { guest: true, mina: true }],
    ["customers", { who: "customers" }, { guest: false, mina: true }],
    ["members", { who: "members" }, { guest: false, mina: false, member: true }],
    ["who is new", { orders: "new" }, { guest: true, mina: false }],
    ["who comes again", { orders: "returning" }, { guest: false, mina: true }],
    ["a tier", { tierIds: ["gold", "silver"] }, { guest: false, mina: false, member: true }],
    ["another tier", { tierIds: ["gold"] }, { guest: false, mina: false, member: false }],
    ["a tag", { tag: "wholesale" }, { guest: false, mina: true }],
    ["part of a tag", { tag: "whole" }, { guest: false, mina: false }],
    ["a segment by its tag", { hasSegment: true, tag: "wholesale" }, { guest: false, mina: true }],
    ["a segment that only the app knows", { hasSegment: true }, { guest: false, mina: true }],
    ["a language", { languages: ["ja", "en"] }, { guest: true, mina: true }],
    ["another language", { languages: ["zh-CN"] }, { guest: false, mina: false }],
    ["a country", { countries: ["JP"] }, { guest: false, mina: true }],
    ["days to come", { from: "2999-01-01" }, { guest: false, mina: false }],
    ["days gone by", { to: "2020-01-01" }, { guest: false, mina: false }],
    ["days around today", { from: "2020-01-01", to: "2999-01-01" }, { guest: true, mina: true }],
    ["nobody by a pop-up", { popup: null }, { guest: false, mina: false }],
  ])("%s", async (_what, survey, expected) => {
    for (let count = 0; count < 2; count += 1) fake.context.state.placeOrder({ customerId: mina.id, lines: [{ productId: "101", quantity: 1 }] });
    writeSurveys(fake.context, [surveyNumbered(1, survey)]);
    const asks = async (isMina: boolean) => dueIn(await read("/?locale=en", { isMina })).length > 0;
    expect({ guest: await asks(false), mina: await asks(true) }).toEqual({ guest: expected.guest, mina: expected.mina });
    writeShopper(fake.context, mina.id, aMember);
    expect(await asks(true)).toBe(expected.member ?? expected.mina);
  });

  test("where everybody earns, everybody with an account is a member", async () => {
    writeProgramme(fake.context, aProgramme);
    writeSurveys(fake.context, [surveyNumbered(1, { who: "members" })]);
    expect([dueIn(await read("/", { isMina: true })), dueIn(await read())]).toEqual([[1], []]);
  });

  test("the first and the last day are the shop's, not the server's", async () => {
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: fake.context.state.shop().timeZone }).format(fake.context.clock.now());
    writeSurveys(fake.context, [surveyNumbered(1, { from: today, to: today })]);
    expect(dueIn(await read())).toEqual([1]);
  });

  test("who was asked is not asked again, and in their days of rest nothing pops up", async () => {
    writeSurveys(fake.context, [surveyNumbered(1), surveyNumbered(2, { isInPage: true })]);
    writeAsked(fake.context, mina.id, { done: [surveyNumbered(1).id], quietUntil: null });
    expect([dueIn(await read("/", { isMina: true })), dueIn(await read())]).toEqual([[2], [1, 2]]);
    writeAsked(fake.context, mina.id, { done: [], quietUntil: "2999-01-01" });
    const page = await read("/pages/loyalty", { isMina: true });
    expect([dueIn(page), textOf(cardOf(page))]).toEqual([[], expect.stringContaining("Question 2")]);
    writeAsked(fake.context, mina.id, { done: [surveyNumbered(2).id], quietUntil: "2020-01-01" });
    expect(dueIn(await read("/", { isMina: true }))).toEqual([1]);
  });
});

test.each<[string, Partial<NonNullable<SurveyDocument["popup"]>>, string[]]>([
  ["anywhere", {}, ["/", "/products/ethiopia-guji", "/account/login", "/nowhere"]],
  ["kinds", { pageKinds: ["index", "product"] }, ["/", "/products/ethiopia-guji"]],
  ["other kinds", { pageKinds: ["other"] }, ["/account/login", "/nowhere"]],
  ["a product", { productIds: ["101"] }, ["/products/ethiopia-guji"]],
  ["another product", { productIds: ["102"] }, []],
  ["a product or a path", { productIds: ["101"], paths: ["/nowhere"] }, ["/products/ethiopia-guji", "/nowhere"]],
  ["part of a path", { paths: ["/account"] }, []],
])("on which pages: %s", async (_what, popup, expected) => {
  writeSurveys(fake.context, [surveyNumbered(1, onPages(popup))]);
  const found: string[] = [];
  for (const path of ["/", "/products/ethiopia-guji", "/account/login", "/nowhere"]) if (dueIn(await read(`${path}?utm=x`)).length > 0) found.push(path);
  expect(found).toEqual(expected);
});

test("on a home page in another language, which is a folder, the path is still that of a home page", async () => {
  const extension = readThemeExtension(join(import.meta.dirname, "../../../extensions")) ?? expect.fail();
  const render = createLiquid(extension, { readShop: () => fake.context.state.shop(), readNow: () => fake.context.clock.now(), assetUrl: String });
  const listDue = (path: string) => render("{% render 'survey-ids', surveys: surveys, place: 'popup' %}", {
    surveys: { surveys: [surveyNumbered(1, onPages({ paths: ["/"] })), surveyNumbered(2, onPages({ paths: ["/cart"] }))] },
    request: { path, page_type: "404", locale: { iso_code: "ja" } }, routes: { root_url: "/ja" }, localization: { country: { iso_code: "JP" } },
  });
  expect([await listDue("/ja"), await listDue("/ja/cart")]).toEqual([`${surveyNumbered(1).id},`, `${surveyNumbered(2).id},`]);
});

test("inside a page, what only the app can tell waits, with the first that may ask otherwise", async () => {
  const all = [surveyNumbered(1, { who: "members" }), surveyNumbered(2, { hasSegment: true }), surveyNumbered(3), surveyNumbered(4)].map((survey) => ({ ...survey, isInPage: true, popup: null }));
  const inPage = (page: string) => /<regulars-survey data-proxy[\s\S]*?<[/]regulars-survey>/.exec(page)?.[0] ?? "";
  writeSurveys(fake.context, all);
  const [own, guests] = [inPage(await read("/pages/loyalty", { isMina: true })), inPage(await read("/pages/loyalty"))];
  expect([linkedIn(own), textOf(own.replace(/<template[\s\S]*?<[/]template>/g, "")).trim()]).toEqual([[2, 3], ""]);
  expect([linkedIn(guests), textOf(cardOf(guests))]).toEqual([[], expect.stringContaining("Question 3")]);
  writeSurveys(fake.context, all.map((survey) => ({ ...survey, hasSegment: true, tag: "wholesale" })));
  expect(linkedIn(inPage(await read("/pages/loyalty", { isMina: true })))).toEqual([]); // its tag says it
});

describe("what is loaded", () => {
  const SCRIPT = '<script type="module" fetchpriority="low" src="/cdn/extensions/regulars-theme/assets/regulars-survey.js">';

  test("all that may ask, in order, with one script and no style", async () => {
    writeSurveys(fake.context, [5, 2, 9, 3, 4].map((number) => surveyNumbered(number, number === 2 ? { who: "customers" } : {})));
    const page = await read();
    expect([dueIn(page), linkedIn(page)]).toEqual([[5, 9, 3, 4], [5, 9, 3, 4]]);
    expect(page.split(SCRIPT)).toHaveLength(2);
    expect(page).not.toMatch(/<link[^>]*regulars-survey/);
  });

  test("nothing but words for a link, where none may ask by itself", async () => {
    writeSurveys(fake.context, [surveyNumbered(1, onPages({ pageKinds: ["cart"] })), surveyNumbered(2, { who: "members" })]);
    const page = await read();
    expect([dueIn(page), linkedIn(page)]).toEqual([[], [1]]);
    expect(page).not.toContain(SCRIPT);
    expect(page).toContain('<script>/[?&]survey=/.test(location.search) && import("/cdn/extensions/regulars-theme/assets/regulars-survey.js")</script>');
  });

  test("nothing at all where none is live, or on checkout; the word that it is closed, for a link, where none is for this visitor", async () => {
    writeSurveys(fake.context, []);
    expect(await read("/pages/loyalty")).not.toMatch(/regulars-survey|rgs-/);
    for (const survey of [{ who: "members" as const }, { hasSegment: true }]) {
      writeSurveys(fake.context, [surveyNumbered(1, { ...survey, isInPage: true })]);
      for (const path of ["/", "/pages/loyalty", "/products/ethiopia-guji"]) {
        const page = await read(path);
        expect([page.split("<regulars-survey").length, dueIn(page), linkedIn(page), page.includes("<template data-closed>")]).toEqual([2, [], [], true]);
        expect(page).not.toMatch(/<script[^>]*regulars-survey|<link[^>]*regulars-survey|Question 1/);
      }
    }
    writeSurveys(fake.context, [aSurvey]);
    const shopper = createShopper(store.url);
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    expect(await shopper.read("/cart")).toContain("regulars-survey");
    expect(await shopper.read("/checkout")).not.toMatch(/regulars-survey|rgs-/);
  });
});

describe("what is said", () => {
  const nps = surveyNumbered(1, { kind: "nps", choices: [], isInPage: true, popup: null, points: 1, followUp: { text: { en: "Why?", ja: "理由は？", "zh-CN": "为什么？" }, after: ["detractor", "promoter"] } });
  test.each([
    ["en", "What made you choose us? You get 50 points for your answer. The taste The price A friend told me To answer, turn on JavaScript", "1 Very bad 5 Very good", "Choose all that apply.", "Yes No"],
    ["ja", "当店を選んだ理由は何ですか？ ご回答で50ポイントを差し上げます。 おいしさ 価格 友人のすすめ ご回答いただくには", "1 とても悪い 5 とても良い", "あてはまるものをすべてお選びください。", "はい いいえ"],
    ["zh-CN", "您为什么选择我们？ 回答后可得 50 积分。 味道 价格 朋友推荐 如需回答", "1 非常差 5 非常好", "可多选。", "是 否"],
  ])("%s: every kind of question reads without a script", async (locale, single, scale, several, yesNo) => {
    writeShopper(fake.context, mina.id, aMember);
    const readKind = async (survey: SurveyDocument) => {
      writeSurveys(fake.context, [{ ...survey, isInPage: true, points: 50 }]);
      const card = cardOf(await read(`/pages/loyalty?locale=${locale}`, { isMina: true }));
      expect(card).toContain("<fieldset class=\"rgs-field\"");
      expect(/<fieldset[^>]* disabled>/.test(card)).toBe(true);
      expect(card).not.toMatch(/Translation missing|role="dialog"|data-do="close"/);
      return textOf(card);
    };
    expect(await readKind(aSurvey)).toContain(single);
    expect(await readKind({ ...aSurvey, kind: "scale", choices: [] })).toContain(scale);
    expect(await readKind({ ...aSurvey, kind: "several" })).toContain(several);
    expect(await readKind({ ...aSurvey, kind: "yes_no", choices: [] })).toContain(yesNo);
    expect(await readKind(nps)).toMatch(/ 0 1 2 3 4 5 6 7 8 9 10 /);
  });

  test("points are promised to members alone", async () => {
    writeSurveys(fake.context, [{ ...aSurvey, points: 50 }]);
    expect(await read("/?locale=en", { isMina: true })).not.toContain("50 points for your answer");
    expect(await read("/?locale=en")).not.toContain("50 points for your answer");
    writeShopper(fake.context, mina.id, aMember);
    writeProgramme(fake.context, { ...aProgramme, pointName: { en: "leaves & <buds>", ja: "茶葉", "zh-CN": "茶叶" } });
    const page = await read("/?locale=en", { isMina: true });
    expect(page).toContain("You get 50 leaves &amp; &lt;buds&gt; for your answer.");
    expect(page).toContain('data-other="You got {n} leaves &amp; &lt;buds&gt;."');
  });

  test("after which answers the reason is asked, groups of a recommendation as scores", async () => {
    writeSurveys(fake.context, [nps]);
    expect(cardOf(await read("/pages/loyalty"))).toContain('data-after="0,1,2,3,4,5,6,9,10"');
    writeSurveys(fake.context, [{ ...nps, followUp: nps.followUp && { ...nps.followUp, after: null } }]);
    expect(cardOf(await read("/pages/loyalty"))).not.toContain("data-after");
  });

  test("a merchant's words are text, once escaped", async () => {
    const nasty = { en: '<img src=x onerror="alert(1)"> & more', ja: "ー", "zh-CN": "ー" };
    const survey: SurveyDocument = { ...aSurvey, text: nasty, low: nasty, thanks: nasty, followUp: { text: nasty, after: ['"><b>'] }, choices: [{ id: '"><i>', text: nasty, image: 'https://cdn.example.com/a.png?x="><b>' }], isInPage: true };
    for (const kind of ["single", "several", "scale"] as const) {
      writeSurveys(fake.context, [{ ...survey, kind }]);
      const page = await read("/pages/loyalty?locale=en");
      expect(page).toContain("&lt;img src=x onerror=&#34;alert(1)&#34;&gt; &amp; more");
      expect(page).not.toMatch(/<img src=x|<b>|"><i>|&amp;(amp|lt);/);
    }
  });
});
