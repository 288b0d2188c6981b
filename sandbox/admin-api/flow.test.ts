import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readExtensions } from "../extensions/extension-files.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS, SANDBOX_TEST_TIMEOUT_MS, type TestSandbox } from "../testing/test-sandbox.ts";

vi.setConfig({ testTimeout: SANDBOX_TEST_TIMEOUT_MS });

const toml = `
[[extensions]]
name = "Customer entered segment"
type = "flow_trigger"
handle = "entered"
[settings]
  [[settings.fields]]
  type = "customer_reference"
  [[settings.fields]]
  type = "single_line_text_field"
  key = "Segment"
  [[settings.fields]]
  type = "number_decimal"
  key = "Days since last order"
`;

let folder = "";
let shop: TestSandbox;
let id = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "regulars-extensions-"));
  mkdirSync(join(folder, "entered"));
  writeFileSync(join(folder, "entered/shopify.extension.toml"), toml);
  shop = await openTestSandbox({ extensionsFolder: folder });
  id = shop.state.createCustomer({ email: "mina@example.com" }).id;
}, SANDBOX_START_TIMEOUT_MS);
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => shop.control("DELETE", "/flow"));

const SEND = "mutation send($handle: String, $payload: JSON) { flowTriggerReceive(handle: $handle, payload: $payload) { userErrors { field message } } }";
const send = async (payload: unknown, handle: unknown = "entered") => dig((await shop.ask(SEND, { handle, payload })).body, "data", "flowTriggerReceive", "userErrors");
const good = () => ({ customer_id: Number(id), Segment: "At risk", "Days since last order": 71.5 });

describe("a trigger that is declared", () => {
  test("is taken and kept with its moment, the newest first, also over a restart", async () => {
    expect(await send(good())).toEqual([]);
    expect(await send({ ...good(), customer_id: id, Segment: "Lost" })).toEqual([]);
    await shop.restart();
    const { body } = await shop.control("GET", "/flow");
    expect(body).toEqual([
      { handle: "entered", payload: { ...good(), customer_id: id, Segment: "Lost" }, receivedAt: expect.stringMatching(/^\d{4}-/) },
      { handle: "entered", payload: good(), receivedAt: expect.any(String) },
    ]);
  });
  test("is listed by its handle, and forgotten on request", async () => {
    await send(good());
    expect((await shop.control("GET", "/flow?handle=left")).body).toEqual([]);
    expect((await shop.control("GET", "/flow?handle=entered")).body).toHaveLength(1);
    expect((await shop.control("DELETE", "/flow")).body).toEqual({ ok: true });
    expect((await shop.control("GET", "/flow")).body).toEqual([]);
  });
  test("needs no scope", async () => {
    const { installation } = shop.sandbox.context;
    const before = installation.scopes();
    installation.changeScopes([]);
    expect(await send(good())).toEqual([]);
    installation.changeScopes(before);
  });
});

describe("what is refused, and kept nowhere", () => {
  const schema = (...faults: string[]) => [{ field: ["body"], message: `Errors validating schema:\n${faults.map((fault) => `  ${fault}\n`).join("")}` }];
  test.each<[string, () => unknown, unknown, unknown]>([
    ["an unknown handle", good, "har", schema("Invalid handle 'har'.")],
    ["no handle", good, null, [{ field: ["handle"], message: "`handle` and `payload` arguments are required" }]],
    ["no payload", () => null, "entered", [{ field: ["handle"], message: "`handle` and `payload` arguments are required" }]],
    ["a missing field", () => ({ customer_id: id, Segment: "At risk" }), "entered", schema("Required field missing: 'Days since last order'.")],
    ["a field nobody declared", () => ({ ...good(), Mood: "good" }), "entered", schema("Invalid field: 'Mood'.")],
    ["fields of the wrong type", () => ({ customer_id: "Mina", Segment: 5, "Days since last order": "71" }), "entered",
      schema("Type error for field 'customer_id': Mina is not an Integer.", "Type error for field 'Segment': 5 is not a String.", "Type error for field 'Days since last order': 71 is not a Number.")],
    ["an unknown customer", () => ({ ...good(), customer_id: 404 }), "entered", schema("Invalid customer_id '404': Customer does not exist.")],
    ["more than 50,000 bytes", () => ({ ...good(), Segment: "a".repeat(50_000) }), "entered", schema("Properties size exceeds the limit of 50000 bytes.")],
  ])("%s", async (_what, payload, handle, errors) => {
    expect(await send(payload(), handle)).toEqual(errors);
    expect((await shop.control("GET", "/flow")).body).toEqual([]);
  });
  test("a body beside a payload; a body alone is the old way, which is not spoken here", async () => {
    const both = await shop.ask(`mutation { flowTriggerReceive(body: "{}", handle: "entered") { userErrors { field message } } }`);
    expect(dig(both.body, "data", "flowTriggerReceive", "userErrors", 0, "message")).toBe("Cannot use `handle` and `payload` arguments with `body` argument");
    const alone = await shop.ask(`mutation { flowTriggerReceive(body: "{}") { userErrors { message } } }`);
    expect(alone.body.errors?.[0]?.message).toMatch(/^sandbox: Mutation\.flowTriggerReceive is not implemented/);
  });
});

describe("extension files", () => {
  test("a folder that is not there has none", () => expect(readExtensions(join(folder, "nowhere"))).toEqual({ flowTriggers: [], blocks: [] }));
  test("a broken one is named, with the place", () => {
    const broken = mkdtempSync(join(tmpdir(), "regulars-broken-"));
    mkdirSync(join(broken, "odd"));
    writeFileSync(join(broken, "odd/shopify.extension.toml"), '[[extensions]]\ntype = "flow_trigger"\nname = "Odd"\n');
    expect(() => readExtensions(broken)).toThrow(/odd\/shopify\.extension\.toml: extensions\.0\.handle/);
    rmSync(broken, { recursive: true });
  });
});
