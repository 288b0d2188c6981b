// Takes the README's pictures from a running demo: `npm run demo` in one terminal, `node scripts/screenshots.ts` in another.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { provideChromium } from "./chromium.ts";

const HELP = `node scripts/screenshots.ts [--url http://localhost:4000] [--folder docs/images] [--all]

  --all  every page in three languages at 1280 and 360 px, for looking at; without it the README's pictures`;

const { values } = parseArgs({ options: { url: { type: "string", default: "http://localhost:4000" }, folder: { type: "string", default: "docs/images" }, all: { type: "boolean" }, help: { type: "boolean", short: "h" } } });

type Picture = { name: string; path: string; locale: string; width: number };

const APP = "/admin/apps/regulars/app";
const PAGES = { home: APP, "at-risk": `${APP}/at-risk`, customers: `${APP}/customers`, vips: `${APP}/customers/vips`, rfm: `${APP}/customers/rfm`, stages: `${APP}/customers/stages`, segments: `${APP}/segments`, "new-segment": `${APP}/segments/new`, loyalty: `${APP}/loyalty`, "loyalty-setup": `${APP}/loyalty/setup`, "loyalty-programme": `${APP}/loyalty/programme`, forecasts: `${APP}/forecasts`, "loyalty-members": `${APP}/loyalty/members`, "loyalty-liability": `${APP}/loyalty/liability`, "loyalty-compare": `${APP}/loyalty/compare`, "loyalty-import": `${APP}/loyalty/import`, cohorts: `${APP}/cohorts`, sync: `${APP}/sync` };
const README: Picture[] = [
  { name: "home", path: PAGES.home, locale: "en", width: 1280 },
  { name: "cohorts", path: PAGES.cohorts, locale: "en", width: 1280 },
  { name: "home-ja", path: PAGES.home, locale: "ja", width: 1280 },
];
const everything = (): Picture[] => Object.entries(PAGES).flatMap(([name, where]) => ["en", "ja", "zh-CN"].flatMap((locale) => [1280, 360].map((width) => ({ name: `${name}-${locale}-${width}`, path: where, locale, width }))));

if (values.help === true) process.stdout.write(`${HELP}\n`);
else await takeAll(values.all === true ? everything() : README);

async function takeAll(pictures: Picture[]): Promise<void> {
  mkdirSync(values.folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: provideChromium((line) => void process.stderr.write(`${line}\n`)), args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"] });
  try {
    for (const picture of pictures) {
      const page = await browser.newPage({ viewport: { width: picture.width, height: picture.width < 500 ? 780 : 860 }, reducedMotion: "reduce", userAgent: "Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/156 Safari/537.36" });
      await show(page, picture);
      await page.screenshot({ path: path.join(values.folder, `${picture.name}.png`) });
      await page.close();
      process.stdout.write(`${picture.name}.png\n`);
    }
  } finally {
    await browser.close();
  }
}

/** Waits for what the page is about, not for time to pass. */
async function show(page: Page, { path: where, locale }: Picture): Promise<void> {
  await page.goto(new URL(`${where}?locale=${locale}`, values.url).href);
  if (!where.startsWith("/admin")) return;
  const frame = page.frameLocator("iframe");
  await frame.locator("main, [role=main], .Polaris-Page").first().waitFor();
  await page.waitForLoadState("networkidle").catch(() => undefined); // a page that polls is never idle
}
