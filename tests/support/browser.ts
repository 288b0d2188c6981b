// A browser for tests: every page is watched for trouble, and photographed when a walk on it fails.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium, type Browser, type Frame, type FrameLocator, type Page } from "playwright-core";
import { expect } from "vitest";
import { LOCALES, type Locale } from "../../app/i18n/locales.ts";
import { findChromium } from "../../scripts/chromium.ts";

const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"; // headless Chromium's own looks like a robot's
const HEIGHT = 860;
const ELSEWHERE = "Asia/Kolkata"; // neither the shop's time zone nor the server's: what is written in the browser's own differs from what the server wrote
const PATIENCE_MS = 30_000;

const APP_PATH = "/admin/apps/regulars/app";

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("There is no Chromium: `npm test` brings one, or name yours in CHROMIUM_PATH.");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

export type Visitor = { origin: string; locale?: Locale; width?: number; hasScript?: boolean };

/** A person of their own, without memory. Whatever goes wrong on their pages fails the walk, and a picture shows where. */
export async function visit(browser: Browser, { origin, locale = "en", width = 1280, hasScript = true }: Visitor, walk: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: origin, locale, viewport: { width, height: HEIGHT }, userAgent: USER_AGENT, timezoneId: ELSEWHERE, reducedMotion: "reduce", acceptDownloads: true, javaScriptEnabled: hasScript });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const troubles = listenForTrouble(page, origin);
  try {
    await walk(page);
    expect(troubles).toEqual([]);
  } catch (error) {
    throw await withPicture(error, page, troubles);
  } finally {
    await context.close();
  }
}

function listenForTrouble(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && troubles.push(`console: ${message.text()} (${message.location().url})`)));
  page.on("pageerror", (error) => void troubles.push(`page error: ${error.stack ?? error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["data:", "blob:"].includes(url.protocol)) troubles.push(`asked another origin: ${url.href}`);
  });
  return troubles;
}

async function withPicture(error: unknown, page: Page, troubles: string[]): Promise<Error> {
  const failure = error instanceof Error ? error : new Error(String(error));
  const file = path.join(mkdtempSync(path.join(tmpdir(), "regulars-browser-")), "failure.png");
  const taken = await page.screenshot({ path: file }).then(() => file, () => "could not be taken");
  failure.message += [`\nPicture: ${taken}`, `Address: ${page.url()}`, ...troubles].join("\n");
  return failure;
}

/** The app's frame inside the Admin's page, for locators. */
export const inApp = (page: Page): FrameLocator => page.frameLocator("iframe#app");

/** The same, for scripts of one's own. It stays the same frame whatever document it shows. */
export async function appFrameOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector("iframe#app")).contentFrame();
  if (frame === null) throw new Error("the app's frame has no page");
  return frame;
}

/** Resolves when the app's page has woken up: what is clicked before that is lost. React marks the elements it has taken over. */
export async function wake(page: Page): Promise<void> {
  await (await appFrameOf(page)).waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__react")));
  await page.locator("#app-loading").waitFor({ state: "hidden" });
}

export async function openApp(page: Page, where = ""): Promise<void> {
  await page.goto(APP_PATH + where);
  await wake(page);
}

export async function reload(page: Page): Promise<void> {
  await page.reload();
  await wake(page);
}

/** As a merchant moves between pages: by the app's links in the Admin's navigation, which a phone hides behind a button. */
export async function follow(page: Page, name: string): Promise<void> {
  const menu = page.locator(".menu-button");
  if (await menu.isVisible()) await menu.click();
  await page.locator("#app-links").getByText(name, { exact: true }).click();
}

/** Each language once, and both widths: where all six would cost minutes and find what these find. */
export const SOME_VIEWS = [{ locale: "en", width: 1280 }, { locale: "ja", width: 360 }, { locale: "zh-CN", width: 360 }] as const;

/** Every language at the width of a desk and of a phone. */
export const VIEWS = LOCALES.flatMap((locale) => [1280, 360].map((width) => ({ locale, width })));

/** What holds for every page in every view: its language, all within reach, no word of another language but the names given, no obstacle. */
export async function expectWell(page: Page, locale: Locale, names: readonly string[]): Promise<void> {
  for (const frame of [page.mainFrame(), await appFrameOf(page)]) expect(await frame.evaluate(() => document.documentElement.lang)).toBe(locale);
  expect(await listOverflows(page)).toEqual([]);
  if (locale !== "en") expect(await listLatinWords(page, names)).toEqual([]);
  expect(await listAccessFaults(page)).toEqual([]);
}

/** What axe finds serious or critical, the frame's contents included. */
export async function listAccessFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** The page's, and the app's where it stands in the Admin's page. */
const listFrames = async (page: Page): Promise<Frame[]> => [page.mainFrame(), ...(await page.locator("iframe#app").count() === 0 ? [] : [await appFrameOf(page)])];

/** What is cut off at the right edge, out of every scroller's reach, and pages that scroll sideways as a whole. */
export async function listOverflows(page: Page): Promise<string[]> {
  const found = await Promise.all((await listFrames(page)).map((frame) => frame.evaluate(() => {
    const wholes = [document.documentElement, document.body, ...document.querySelectorAll("main")];
    const wide = wholes.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ tagName, scrollWidth, clientWidth }) => `${tagName.toLowerCase()} is ${scrollWidth} wide in ${clientWidth}`);
    const isInScroller = (element: Element): boolean => {
      const above = element.parentElement;
      if (above === null) return false;
      return (!wholes.includes(above) && /auto|scroll/.test(getComputedStyle(above).overflowX)) || isInScroller(above);
    };
    const isSeen = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 1;
    const edge = document.documentElement.clientWidth;
    const cut = [...document.body.querySelectorAll("*")].filter((element) => isSeen(element) && element.getBoundingClientRect().right > edge + 1 && !isInScroller(element));
    return [...wide, ...cut.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} ends at ${Math.round(element.getBoundingClientRect().right)} of ${edge}`)];
  })));
  return found.flat();
}

/** Latin words a reader sees or hears on the page, frame included, or within a part of it, without the names given: on a Japanese page there should be none. */
export async function listLatinWords(page: Page, names: readonly string[], within = "body"): Promise<string[]> {
  const texts = await Promise.all((await listFrames(page)).map((frame) => frame.evaluate((part) => {
    const SPOKEN = ["aria-label", "title", "alt", "placeholder", "aria-description"];
    const seen = [...document.querySelectorAll(`${part} *`)].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !["SCRIPT", "STYLE", "TEMPLATE"].includes(element.tagName));
    return [part === "body" ? document.title : "", ...seen.flatMap((element) => [
      ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ""),
      ...SPOKEN.filter((name) => name !== "aria-label" || !element.hasAttribute("aria-labelledby")).map((name) => element.getAttribute(name) ?? ""), // the other name wins, and Polaris's dialogs carry an id in this one
    ])];
  }, within)));
  const longestFirst = names.toSorted((one, other) => other.length - one.length); // a name may be part of another
  const withoutNames = (text: string): string => longestFirst.reduce((rest, name) => rest.replaceAll(name, ""), text);
  return texts.flat().map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(withoutNames(text)));
}
