// A shopper's tab on the pretend storefront, in jsdom: the survey's scripts run in it, and an app answers as a test tells it to.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../admin-shell/fake-context.ts";
import type { SandboxContext } from "../context.ts";
import { createStorefront } from "../storefront/storefront.ts";
import { aMember, aProgramme, writeProgramme, writeShopper } from "./loyalty-documents.ts";
import { createShopper } from "./shopper.ts";
import { aSurvey, writeSurveys } from "./survey-documents.ts";

const extensionsFolder = join(import.meta.dirname, "../../extensions");
const readAsset = (name: string): string => readFileSync(join(extensionsFolder, "regulars-theme/assets", name), "utf8");
const script = readAsset("regulars-survey.js").replace("import(", "importCard("); // jsdom knows no modules
const card = `(() => { ${readAsset("regulars-survey-card.js").replaceAll("export ", "")} return { open, begin }; })()`;
export type Tab = Window & typeof globalThis;
type Jsdom = { JSDOM: new (html: string, options: { url: string; runScripts: "outside-only"; pretendToBeVisual: true }) => { window: Tab } };
const { JSDOM } = createRequire(import.meta.url)("jsdom") as Jsdom; // it brings no types; Vitest's own jsdom would take URL away from the sandbox

const EMAIL = "mina@example.com";

type Said = { wish: string; place: string; surveyIds?: string[]; surveyId?: string; answerId?: string; choices?: string[]; text?: string; language: string; page: string };
type Answer = { status?: number; body: object };
let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
let current: Tab | null;

type Says = {
  /** what the app says to the next answers, oldest first; the last one goes on */
  answers: Answer[];
  /** which of those it is asked about it lets ask */
  choose: (surveyIds: string[]) => string | null;
  /** what it says beside "none" */
  why: string | null;
  isOnline: boolean;
  /** of the shopper's own clock, in milliseconds */
  now: number;
};
/** What a test says the world is like; as here at the start of each. */
export const says: Says = initially();

function initially(): Says {
  return { answers: [{ body: { ok: true, points: 0 } }], choose: ([first = null]) => first, why: null, isOnline: true, now: Date.UTC(2026, 10, 27) };
}

export async function openWorld(): Promise<void> {
  Object.assign(says, initially());
  current = null;
  app = await serveApp((_request, response) => {
    const { wish, surveyIds = [] } = JSON.parse(app.heard.at(-1)?.body ?? "{}") as Partial<Said>; // what the script sends
    const { answers, choose, why } = says;
    const { status = 200, body } = wish === "answer" ? ((answers.length > 1 ? answers.shift() : answers[0]) ?? { body: {} }) : { body: wish === "ask" ? { ok: true, surveyId: choose(surveyIds), ...(why !== null && { reason: why }) } : { ok: true } };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  fake = createFakeSandbox(app.url, extensionsFolder);
  store = await serveRouter(createStorefront(fake.context));
  writeProgramme(fake.context, aProgramme);
  writeShopper(fake.context, fake.context.state.createCustomer({ email: EMAIL }).id, aMember);
  writeSurveys(fake.context, [aSurvey]);
  fake.context.theme.files.saveEmbed("survey", { isOn: true, settings: {} });
}

export async function closeWorld(): Promise<void> {
  current?.close();
  current = null;
  await store.close();
  await app.close();
  fake.context.state.close();
}

export const context = (): SandboxContext => fake.context;
export const tab = (): Tab | null => current;

export type Visit = { path?: string; isMina?: boolean; isNewSession?: boolean; prepare?: (window: Tab) => void };

/** a page as a browser has it; what the browser keeps comes along from the page before */
export async function visit({ path = "/?locale=en", isMina = false, isNewSession = false, prepare = () => undefined }: Visit = {}): Promise<void> {
  const shopper = createShopper(store.url);
  if (isMina) await shopper.post("/account/login", { email: EMAIL });
  const { window } = new JSDOM(await shopper.read(path), { url: store.url + path, runScripts: "outside-only", pretendToBeVisual: true });
  const cookie = shopper.cookie();
  for (const [key, value] of Object.entries<string>(current?.localStorage ?? {})) window.localStorage.setItem(key, value);
  for (const [key, value] of Object.entries<string>(isNewSession ? {} : (current?.sessionStorage ?? {}))) window.sessionStorage.setItem(key, value);
  current?.close();
  current = Object.assign(window, {
    fetch: async (url: string, init: RequestInit = {}) => {
      if (!says.isOnline) throw new TypeError("Failed to fetch");
      return fetch(store.url + url, { ...init, keepalive: false, headers: { ...(init.headers as Record<string, string> | undefined), cookie } }); // the script gives a plain object
    },
    importCard: async (url: string) => {
      expect((await fetch(store.url + url)).status).toBe(200);
      return window.eval(card) as unknown; // what the file exports
    },
    setTimeout: (run: () => void, ms = 0) => setTimeout(() => current === window && run(), ms >= 1000 ? ms / 1000 : ms), // a second is a millisecond; a closed tab waits for nothing
    IntersectionObserver: class {
      constructor(told: (entries: object[], observer: object) => void) {
        setTimeout(() => told([{ isIntersecting: true }], this), 5);
      }
      observe = () => undefined;
      disconnect = () => undefined;
    },
  });
  window.Date.now = () => says.now;
  prepare(window);
  new window.MutationObserver(() => window.document.querySelectorAll("head link[href*=survey]").forEach((link) => link.dispatchEvent(new window.Event("load")))).observe(window.document.head, { childList: true }); // jsdom loads none
  window.eval(script);
}

export const page = (): Document => current?.document ?? expect.fail("nobody has visited");
export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
export const shown = (): HTMLElement | null => page().querySelector<HTMLElement>("regulars-survey > .rgs-card");
export const one = (selector: string): HTMLElement => shown()?.querySelector<HTMLElement>(selector) ?? expect.fail(`no ${selector}`);
export const textOf = (selector: string): string => one(selector).textContent.replace(/\s+/g, " ").trim();
export const step = (): string | undefined => [...(shown()?.querySelectorAll<HTMLElement>("[data-step]") ?? [])].find(({ hidden }) => !hidden)?.dataset["step"];
export const heard = (wish?: string): Said[] => app.heard.map(({ body }) => JSON.parse(body) as Said).filter((said) => wish === undefined || said.wish === wish); // the script sends objects
export const kept = (): Record<string, unknown> => JSON.parse(current?.localStorage.getItem("regulars-survey") ?? "{}") as Record<string, unknown>; // likewise
export const settled = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 3_000, interval: 5 });
export const opened = (): Promise<void> => settled(() => expect(shown()).not.toBeNull());
export const stayedShut = async (): Promise<void> => {
  await pause(60);
  expect(shown()).toBeNull();
};
export const press = (key: string): boolean => page().dispatchEvent(new (current ?? expect.fail()).KeyboardEvent("keydown", { key, bubbles: true }));
export const write = (text: string): void => void Object.assign(one("[data-step]:not([hidden]) textarea"), { value: text });
