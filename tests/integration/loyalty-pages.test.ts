// The loyalty pages as HTTP: a programme set up, launched, changed, looked at and put into force; what is wrong is named by its field and changes nothing.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Programme } from "../../app/capabilities/loyalty/model/programme.ts";
import { addDays, dayAt } from "../../app/values/day.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { createThemeFiles } from "../../sandbox/storefront/theme/theme-files.ts";
import { startApp, type RunningApp } from "../support/app.ts";
import { eventually, readRows, settle } from "../support/app-database.ts";
import { askApp, readSync } from "../support/reports.ts";

const AS_OF = new Date("2026-11-20T18:00:00Z");
const HOME = "/app/loyalty?index&_data=routes%2Fapp.loyalty._index";
const SETUP = "/app/loyalty/setup?_data=routes%2Fapp.loyalty.setup";
const EDITOR = "/app/loyalty/programme?_data=routes%2Fapp.loyalty.programme";

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ fill: (state, clock) => seedTeaShop(state, { seed: 5, asOf: clock.now() < AS_OF ? AS_OF : clock.now(), customerCount: 60, months: 14 }), extraScopes: ["read_all_orders"] });
  await readSync(app); // the merchant's first visit installs
  await settle(app);
}, 120_000);
afterAll(() => app?.stop());

async function read<Data>(path: string): Promise<Data> {
  const answer = await askApp(app, path);
  expect(answer.status, path).toBe(200);
  return await answer.json() as Data; // what our own loader says
}
const post = async (path: string, wish: Record<string, string>) => {
  const answer = await askApp(app, path, { method: "POST", body: new URLSearchParams(wish) });
  expect(answer.status, path).toBe(200);
  return answer.json() as Promise<{ ok: boolean; faults?: Record<string, { code: string }> }>; // what our own action says
};
type Editor = { state: string; programme: Programme; savedAt: string; isAhead: boolean; today: string };
const readSetup = () => read<{ programme: Programme; past: { orders: number } }>(SETUP);
const readEditor = () => read<Editor>(EDITOR);
const today = () => dayAt(app.sandbox.context.clock.now(), app.state.shop().timeZone);
const versions = () => readRows<{ version: number; kept_until: string | null }>(app.databaseUrl, "select version, kept_until from programme_version order by version");

describe("before there is a programme", () => {
  test("Loyalty has nothing to show, and the editor leads to the set-up", async () => {
    expect(await read(HOME)).toEqual({ view: null });
    const answer = await askApp(app, EDITOR, { redirect: "manual" });
    expect(answer.headers.get("x-remix-redirect") ?? answer.headers.get("location")).toContain("/app/loyalty/setup");
  });

  test("the set-up begins with what suits the shop, and keeps nothing until somebody goes on", async () => {
    const { programme, past } = await readSetup();
    expect(programme.order.perMinor).toBeGreaterThan(1);
    expect(past.orders).toBeGreaterThanOrEqual(0);
    expect(await readRows(app.databaseUrl, "select 1 from programme")).toEqual([]);
  });
});

describe("what cannot be kept is named by its place, and nothing is", () => {
  const bad: [name: string, place: string, code: string, change: (programme: Programme) => unknown][] = [
    ["no points", "order.points", "missing", (programme) => ({ ...programme, order: { ...programme.order, points: "" } })],
    ["words for a number", "order.points", "not_a_number", (programme) => ({ ...programme, order: { ...programme.order, points: "many" } })],
    ["half a point", "signUp.points", "not_whole", (programme) => ({ ...programme, signUp: { isOn: true, points: 1.5 } })],
    ["none at all", "signUp.points", "too_small", (programme) => ({ ...programme, signUp: { isOn: true, points: 0 } })],
    ["waiting too long", "pendingDays", "too_large", (programme) => ({ ...programme, pendingDays: 181 })],
    ["bonus days that end before they begin", "windows.0.to", "reversed", (programme) => ({ ...programme, windows: [{ id: "a", title: "A", from: "2026-12-02", to: "2026-12-01", percent: 200 }] })],
    ["a day that is none", "windows.0.from", "not_a_day", (programme) => ({ ...programme, windows: [{ id: "a", title: "A", from: "2026-02-30", to: "2026-12-01", percent: 200 }] })],
    ["a link without https", "links.0.url", "not_an_address", (programme) => ({ ...programme, links: [{ id: "a", isOn: true, kind: "follow", title: "A", url: "http://a.example", points: 5 }] })],
    ["two actions of one name", "custom.1.id", "same_id", (programme) => ({ ...programme, custom: [1, 2].map(() => ({ id: "a", isOn: true, title: "A", points: 5, limit: null })) })],
    ["a name other systems could not send", "custom.0.id", "bad_id", (programme) => ({ ...programme, custom: [{ id: "A b", isOn: true, title: "A", points: 5, limit: null }] })],
    ["the same order twice", "nthOrders.1.number", "twice", (programme) => ({ ...programme, nthOrders: [{ number: 5, points: 1 }, { number: 5, points: 2 }] })],
    ["tiers that do not rise", "tiers.levels.1.entry", "not_rising", (programme) => ({ ...programme, tiers: programme.tiers && { ...programme.tiers, levels: programme.tiers.levels.map((level) => ({ ...level, entry: 500_00, keep: 1 })) } })],
    ["staying above entering", "tiers.levels.0.keep", "above_entry", (programme) => ({ ...programme, tiers: programme.tiers && { ...programme.tiers, levels: programme.tiers.levels.map((level, at) => (at === 0 ? { ...level, keep: level.entry + 1 } : level)) } })],
    ["a reward for a tier there is not", "rewards.0.tierIds", "unknown_tier", (programme) => ({ ...programme, rewards: programme.rewards.map((reward) => ({ ...reward, tierIds: ["platinum"] })) })],
    ["a perk without a name", "rewards.0.title", "no_words", (programme) => ({ ...programme, rewards: [{ ...programme.rewards[1], kind: "custom", title: {} }] })],
    ["a free product nobody chose", "rewards.0.productId", "missing", (programme) => ({ ...programme, rewards: [{ ...programme.rewards[1], kind: "free_product", productId: "", variantId: "", productTitle: "", priceMinor: 1 }] })],
    ["no programme", "whole", "missing", () => null],
  ];

  test.each(bad)("%s", async (_name, place, code, change) => {
    const { programme } = await readSetup();
    for (const path of [SETUP, EDITOR]) {
      const answer = await post(path, { intent: "save", programme: JSON.stringify(change(programme)) });
      expect(answer.ok).toBe(false);
      expect(answer.faults?.[place]?.code).toBe(code);
    }
    expect(await readRows(app.databaseUrl, "select 1 from programme")).toEqual([]);
  });

  test.each([["", "missing"], ["2026-02-30", "not_a_day"], ["2999-01-01", "in_future"]])("launching from %j", async (from, code) => {
    expect(await post(SETUP, { intent: "launch", from })).toMatchObject({ ok: false, faults: { from: { code } } });
    expect(await versions()).toEqual([]);
  });

  test("a form that is not one of ours is refused", async () => {
    for (const path of [HOME, SETUP, EDITOR]) expect((await askApp(app, path, { method: "POST", body: new URLSearchParams({ intent: "give" }) })).status).toBeGreaterThanOrEqual(400);
  });
});

type Run = { isDone: boolean; names: Record<string, string>; sums: { now: { points: number }; then: { points: number }; gaining: number; losing: number; moves: { from: string | null; to: string | null; customers: number; firstIds: string[] }[] } };
const newRun = () => `/app/loyalty/dry-run/${randomUUID()}?_data=routes%2Fapp.loyalty.dry-run.%24runId`;
const finish = (run: string): Promise<Run> => eventually(async () => {
  const found = await read<Run>(run);
  expect(found.isDone).toBe(true);
  return found;
});

describe("a programme's life", () => {
  test("kept as a draft it is there again; launched it counts from the day chosen, once", async () => {
    const { programme } = await readSetup();
    expect(await post(SETUP, { intent: "save", programme: JSON.stringify({ ...programme, signUp: { isOn: true, points: 77 } }) })).toEqual({ ok: true, intent: "save" });
    expect((await readSetup()).programme.signUp.points).toBe(77);
    expect(await read(HOME)).toMatchObject({ view: { state: "draft", figures: null } });
    for (let times = 0; times < 2; times += 1) expect(await post(SETUP, { intent: "launch", from: addDays(today(), -300) })).toMatchObject({ ok: true });
    expect(await versions()).toHaveLength(1);
    await eventually(async () => expect(await read<{ view: { state: string; figures: { members: number } } }>(HOME)).toMatchObject({ view: { state: "live", isAhead: false } }));
    await eventually(async () => expect((await read<{ view: { figures: { members: number } } }>(HOME)).view.figures.members).toBeGreaterThan(0));
  });

  test("a change is saved, told over the last twelve months, and counts only when it is put into force, with tiers kept", async () => {
    const before = await readEditor();
    const changed = { ...before.programme, order: { ...before.programme.order, points: before.programme.order.points * 2 } };
    expect(await post(EDITOR, { intent: "save", programme: JSON.stringify(changed) })).toMatchObject({ ok: true });
    const saved = await readEditor();
    expect(saved).toMatchObject({ isAhead: true, programme: changed });
    expect(await versions()).toHaveLength(1);

    const run = newRun();
    expect((await askApp(app, run)).status).toBe(404);
    for (let times = 0; times < 2; times += 1) expect(await post(run, {})).toEqual({ ok: true });
    const done = await finish(run);
    expect(done.sums.then.points).toBeGreaterThan(done.sums.now.points);
    expect(done.sums.gaining).toBeGreaterThan(0);
    expect(done.sums.losing).toBe(0);
    expect(done.sums.moves.filter(({ from, to }) => from !== to)).toEqual([]); // tiers go by what was spent

    for (const [keptUntil, code] of [["", "missing"], ["soon", "not_a_day"], [today(), "in_past"]] as const) {
      expect(await post(EDITOR, { intent: "publish", savedAt: saved.savedAt, keptUntil })).toMatchObject({ ok: false, faults: { keptUntil: { code } } });
    }
    expect(await post(EDITOR, { intent: "publish", savedAt: before.savedAt })).toMatchObject({ ok: false, faults: { programme: { code: "changed" } } });
    expect(await versions()).toHaveLength(1);
    const keptUntil = addDays(today(), 90);
    expect(await post(EDITOR, { intent: "publish", savedAt: saved.savedAt, keptUntil })).toEqual({ ok: true, intent: "publish" });
    expect(await post(EDITOR, { intent: "publish", savedAt: saved.savedAt, keptUntil })).toMatchObject({ ok: false }); // pressed twice, once in force
    expect(await versions()).toMatchObject([{ version: 1 }, { version: 2, kept_until: keptUntil }]);
    expect((await readEditor()).isAhead).toBe(false);
  });

  test("a draft that moves tiers names who moves, one that moves none says so, after several versions as well", async () => {
    const { programme } = await readEditor();
    const told = async (draft: Programme): Promise<Run> => {
      await post(EDITOR, { intent: "save", programme: JSON.stringify(draft) });
      const run = newRun();
      await post(run, {});
      return finish(run);
    };
    const same = await told({ ...programme, referral: programme.referral && { ...programme.referral, friend: { kind: "free_shipping" } } });
    expect(same.sums).toMatchObject({ gaining: 0, losing: 0, then: same.sums.now });
    expect(same.sums.moves.filter(({ from, to }) => from !== to)).toEqual([]);
    const { sums, names } = await told({ ...programme, tiers: programme.tiers && { ...programme.tiers, levels: programme.tiers.levels.map((level, at) => ({ ...level, entry: at + 1, keep: 1 })) } });
    const [move] = sums.moves.filter(({ from, to }) => from !== to);
    expect(move).toMatchObject({ to: "gold" });
    expect(move?.firstIds.map((id) => names[id]).every((name) => name !== undefined && name !== "")).toBe(true);
    await post(EDITOR, { intent: "save", programme: JSON.stringify(programme) });
  });

  test("paused and resumed", async () => {
    expect(await post(HOME, { intent: "pause" })).toEqual({ ok: true, intent: "pause" });
    expect(await post(HOME, { intent: "pause" })).toEqual({ ok: false, intent: "pause" });
    const { view } = await read<{ view: { state: string; savedAt: string } }>(HOME);
    expect(view.state).toBe("paused");
    expect(await post(HOME, { intent: "resume", savedAt: view.savedAt })).toEqual({ ok: true, intent: "resume" });
    expect(await read(HOME)).toMatchObject({ view: { state: "live", isAhead: false } });
    expect(await versions()).toHaveLength(4);
  });

  test("whether the panel is on is asked of the theme, and unknown without the scope", async () => {
    const ask = () => read<{ status: string }>("/app/embeds/loyalty?_data=routes%2Fapp.embeds.%24embed");
    expect(await ask()).toEqual({ status: "off" });
    const theme = createThemeFiles(app.state, "regulars");
    theme.saveEmbed("loyalty", { isOn: true, settings: {} });
    expect(await ask()).toEqual({ status: "on" });
    theme.saveEmbed("loyalty", { isOn: false, settings: {} });
    expect(await ask()).toEqual({ status: "off" });
    const { installation } = app.sandbox.context;
    const granted = installation.scopes();
    installation.changeScopes(granted.filter((scope) => scope !== "read_themes"));
    expect(await ask()).toEqual({ status: "unknown" });
    installation.changeScopes(granted);
  });
});

test.each(["ja", "zh-CN"])("a page in %s arrives letter by letter as it was written", async (locale) => {
  const page = await (await askApp(app, `/app/loyalty/programme?locale=${locale}`)).text();
  expect(page).toContain("<main>");
  expect(page).not.toMatch(/\0|\uFFFD/); // React 18's stream leaves gaps where a letter does not fit
});
