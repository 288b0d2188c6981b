// What the loyalty panel and a survey's pop-up cost a page by Lighthouse: the sandbox's storefront with both app embeds on and off, in turns, and the medians compared.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import lighthouse from "lighthouse";
import { chromium } from "playwright-core";
import { findFreePort } from "../app/platform/free-port.server.ts";
import { createClock } from "../sandbox/clock.ts";
import { startSandbox, type Sandbox } from "../sandbox/server.ts";
import { seedTeaShop } from "../sandbox/shop/generator.ts";
import { openShop } from "../sandbox/shop/state.ts";
import { aMember, aProgramme, writeProgramme, writeShopper } from "../sandbox/testing/loyalty-documents.ts";
import { aSurvey, writeSurveys } from "../sandbox/testing/survey-documents.ts";
import { provideChromium } from "./chromium.ts";

const HELP = `npm run lighthouse [-- OPTIONS]

  --runs N   Lighthouse runs of each page with the embeds on, and as many with them off; without: 5
  --help     this text

Opens a tea shop of the sandbox with a live programme and a survey that pops up at once, visits home, collection and a product as a
logged-in member on Lighthouse's slow phone, and compares the medians of the performance score. Changes nothing.
Ends with 0 when no page loses more than 1 point, with 1 when one does, and with 2 when a page could not be measured.`;

const LOSS_MAX = 1; // points of 100
const EMAIL = "mina@example.com";

type Measured = { score: number; firstPaintMs: number; largestPaintMs: number; blockedMs: number; shift: number };

const print = (line: string) => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({ options: { runs: { type: "string", default: "5" }, help: { type: "boolean", short: "h", default: false } } });
if (values.help) print(HELP);
else if (!/^[1-9]\d?$/.test(values.runs)) {
  process.stderr.write("--runs takes a number from 1 to 99.\n");
  process.exitCode = 2;
} else await compare(Number(values.runs));

async function compare(runs: number): Promise<void> {
  const { sandbox, close } = await openStore();
  const port = await findFreePort(0);
  const browser = await chromium.launch({ executablePath: provideChromium((line) => void process.stderr.write(`${line}\n`)), args: ["--no-sandbox", `--remote-debugging-port=${port}`, "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"] });
  try {
    const cookie = await logIn(sandbox.url);
    const rows: string[][] = [["page", "embeds", "score", "first paint", "largest paint", "blocked", "shift"]];
    for (const [name, where] of Object.entries(pagesOf(sandbox))) {
      const measured: Record<"off" | "on", Measured[]> = { off: [], on: [] };
      for (let run = 0; run < runs; run += 1) for (const embed of ["off", "on"] as const) { // in turns, so that a busy minute hits both
        for (const handle of ["loyalty", "survey"]) sandbox.context.theme.files.saveEmbed(handle, { isOn: embed === "on", settings: {} });
        measured[embed].push(await measure(`${sandbox.url}${where}`, { port: port ?? 0, cookie }));
        process.stderr.write(".");
      }
      const [off, on] = [medianOf(measured.off), medianOf(measured.on)];
      rows.push(cellsOf(name, "off", off), cellsOf("", "on", on));
      if (off.score - on.score > LOSS_MAX) process.exitCode = 1;
    }
    process.stderr.write("\n");
    printTable(rows);
    print(process.exitCode === 1 ? `\nA page loses more than ${LOSS_MAX} point with the embeds on.` : `\nNo page loses more than ${LOSS_MAX} point with the embeds on. Medians of ${runs} runs each.`);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  } finally {
    await browser.close();
    await close();
  }
}

/** A year of a small shop, a programme with everything in it, and a survey; all that is asked of the app is whether that may ask, and it may. */
async function openStore(): Promise<{ sandbox: Sandbox; close: () => Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), "regulars-lighthouse-"));
  const clock = createClock(0);
  const state = openShop({ file: path.join(folder, "shop.sqlite"), clock });
  await seedTeaShop(state, { seed: 1, asOf: clock.now(), customerCount: 20, months: 2 });
  const port = (await findFreePort(0)) ?? 0;
  const app = createServer((_request, response) => response.end(JSON.stringify({ ok: true, surveyId: aSurvey.id }))).listen(port, "127.0.0.1");
  const sandbox = await startSandbox({ port: 0, state, clock, dataFolder: folder, app: { baseUrl: `http://127.0.0.1:${port}`, apiKey: "key", apiSecret: "secret", handle: "regulars", name: "Regulars" } });
  writeProgramme(sandbox.context, aProgramme);
  writeShopper(sandbox.context, state.createCustomer({ email: EMAIL }).id, aMember);
  writeSurveys(sandbox.context, [aSurvey]);
  const close = async () => {
    app.close();
    await sandbox.close();
    state.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { sandbox, close };
}

function pagesOf({ context }: Sandbox): Record<string, string> {
  const [product] = context.state.listProducts({}, { sortKey: "ID", first: 1 });
  return { home: "/", collection: "/collections/all", product: `/products/${product?.handle ?? ""}` };
}

async function logIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/account/login`, { method: "POST", body: new URLSearchParams({ email: EMAIL }), redirect: "manual" });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function measure(url: string, { port, cookie }: { port: number; cookie: string }): Promise<Measured> {
  const found = await lighthouse(url, { port, onlyCategories: ["performance"], extraHeaders: { cookie }, logLevel: "silent" });
  const { audits = {}, categories, runtimeError } = found?.lhr ?? {};
  const score = categories?.["performance"]?.score;
  if (typeof score !== "number") throw new Error(`Lighthouse could not measure ${url}: ${runtimeError?.message ?? "it gave no score"}`);
  const read = (name: string): number => audits[name]?.numericValue ?? Number.NaN;
  return { score: score * 100, firstPaintMs: read("first-contentful-paint"), largestPaintMs: read("largest-contentful-paint"), blockedMs: read("total-blocking-time"), shift: read("cumulative-layout-shift") };
}

function medianOf(runs: readonly Measured[]): Measured {
  const of = (name: keyof Measured): number => {
    const sorted = runs.map((run) => run[name]).toSorted((one, other) => one - other);
    const middle = (sorted.length - 1) / 2;
    return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
  };
  return { score: of("score"), firstPaintMs: of("firstPaintMs"), largestPaintMs: of("largestPaintMs"), blockedMs: of("blockedMs"), shift: of("shift") };
}

function cellsOf(name: string, embed: string, { score, firstPaintMs, largestPaintMs, blockedMs, shift }: Measured): string[] {
  return [name, embed, score.toFixed(1), ...[firstPaintMs, largestPaintMs, blockedMs].map((ms) => `${Math.round(ms)} ms`), shift.toFixed(3)];
}

function printTable(rows: readonly string[][]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows) print(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd());
}
