// What surveys say to Shopify: for the theme, of who was asked, and of an answer, in tags and to Flow. Who is gone stops nobody else.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseId, type CustomerId } from "../../app/values/ids.ts";
import { readAppMetafields, readCustomerMetafields } from "../../sandbox/admin-api/storefront-metafields.ts";
import { SANDBOX_START_TIMEOUT_MS } from "../../sandbox/testing/test-sandbox.ts";
import { openNearShopify, type NearShopify } from "../support/near-shopify.ts";

/** Loaded only when fetch leads to the sandbox, since Shopify's library keeps the fetch it finds. */
const loadApp = async () => ({
  ...(await import("../../app/shopify/callers.server.ts")),
  ...(await import("../../app/shopify/errors.ts")),
  ...(await import("../../app/shopify/surveys.server.ts")),
});

let near: NearShopify;
let app: Awaited<ReturnType<typeof loadApp>>;
let domain: string;
let ann: CustomerId;
let bob: CustomerId;
/** Throws away the answer to questions of this name; Shopify has heard by then. */
let lost = "";
const GONE = parseId<CustomerId>(404n);

beforeAll(async () => {
  near = await openNearShopify(async ({ init, ask }) => {
    const response = await ask();
    if (lost !== "" && typeof init.body === "string" && init.body.includes(lost)) throw new Error("the line went dead");
    return response;
  });
  app = await loadApp();
  near.shopify.sandbox.context.installation.install();
  ({ domain } = await app.adminFrom(await near.requestOf("/app")));
  [ann, bob] = ["ann", "bob"].map((name) => parseId<CustomerId>(near.shopify.state.createCustomer({ email: `${name}@example.com`, tags: ["regulars:survey-old", "theirs"] }).id)) as [CustomerId, CustomerId]; // two names, two numbers
}, SANDBOX_START_TIMEOUT_MS);
afterAll(() => near.close());
beforeEach(() => near.shopify.sandbox.context.flow.clear());

const valuesOf = (fields: Readonly<Record<string, { type: string; value: string }>>) => Object.fromEntries(Object.entries(fields).map(([key, { type, value }]) => [key, [type, value]]));
const context = () => near.shopify.sandbox.context;
const tagsOf = (id: CustomerId) => context().state.getCustomer(String(id))?.tags;
const flows = () => context().flow.list().map(({ handle, payload }) => ({ handle, payload }));

test("the theme is told what is live, and that nothing is any more", async () => {
  await app.tellSurveys(domain, { isLive: true, document: { surveys: [{ id: "one" }] } });
  expect(valuesOf(readAppMetafields(context(), "regulars"))).toEqual({ surveys: ["json", '{"surveys":[{"id":"one"}]}'], is_survey_live: ["boolean", "true"] });
  await app.tellSurveys(domain, { isLive: false, document: { surveys: [] } });
  expect(valuesOf(readAppMetafields(context(), "regulars"))).toEqual({ surveys: ["json", '{"surveys":[]}'], is_survey_live: ["boolean", "false"] });
});

test("25 at once are told whom need not be asked, and who is gone stops nobody else", async () => {
  const document = { done: ["one"], quietUntil: "2026-12-24" };
  const crowd = Array.from({ length: 23 }, (_, at) => parseId<CustomerId>(context().state.createCustomer({ email: `crowd${at}@example.com` }).id));
  await app.tellAsked(domain, [ann, ...crowd, bob].map((customerId) => ({ customerId, document })));
  await app.tellAsked(domain, [ann, GONE, bob].map((customerId) => ({ customerId, document: { ...document, quietUntil: null } })));
  for (const id of [ann, bob]) expect(valuesOf(readCustomerMetafields(context(), String(id), "regulars"))).toEqual({ surveys: ["json", '{"done":["one"],"quietUntil":null}'] });
  expect(valuesOf(readCustomerMetafields(context(), String(crowd[22]), "regulars"))).toEqual({ surveys: ["json", '{"done":["one"],"quietUntil":"2026-12-24"}'] });
});

test("an answer changes our tags, leaves those of others, and starts a Flow on one line", async () => {
  const flow = { survey: "How was it?", answer: "Slow", text: "Two weeks.\n\nThen <b>broken</b>." };
  expect(await app.tellAnswer(domain, { customerId: ann, addTags: ["regulars:survey-slow", "regulars:survey-broken"], removeTags: ["regulars:survey-old"], flow })).toBe(true);
  expect(tagsOf(ann)?.toSorted()).toEqual(["regulars:survey-broken", "regulars:survey-slow", "theirs"]);
  expect(flows()).toEqual([{ handle: "survey-answered", payload: { customer_id: Number(ann), Survey: "How was it?", Answer: "Slow", Text: "Two weeks. Then <b>broken</b>." } }]);
});

test("without a Flow none starts, and an answer without words has an empty text", async () => {
  await app.tellAnswer(domain, { customerId: bob, addTags: ["regulars:survey-good"], removeTags: [], flow: null });
  expect(flows()).toEqual([]);
  await app.tellAnswer(domain, { customerId: bob, addTags: [], removeTags: [], flow: { survey: "How was it?", answer: "Good", text: "" } });
  expect(flows()).toMatchObject([{ payload: { Text: "" } }]);
  expect(tagsOf(bob)).toContain("regulars:survey-good");
});

test.each([[{ addTags: ["regulars:a"], flow: null }], [{ addTags: [], flow: { survey: "?", answer: "!", text: "" } }]])("of who is no customer any more it says so: %j", async (news) => {
  expect(await app.tellAnswer(domain, { customerId: GONE, removeTags: [], ...news })).toBe(false);
  expect(flows()).toEqual([]);
});

test("a Flow is not started a second time because the answer got lost", async () => {
  lost = "mutation tellCustomer";
  await expect(app.tellAnswer(domain, { customerId: ann, addTags: [], removeTags: [], flow: { survey: "?", answer: "!", text: "" } })).rejects.toThrow(app.ShopifyUnreachable);
  lost = "";
  expect(flows()).toHaveLength(1);
});
