// What watches the pages in the other tests is seen to find each fault once, also inside the app's frame.
import { existsSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, listAccessFaults, listLatinWords, listOverflows, visit } from "../support/browser.ts";

const documentOf = (title: string, body: string) => `<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

let browser: Browser;
let server: Server;
let origin = "";
let inFrame = "";

beforeAll(async () => {
  browser = await launchBrowser();
  server = createServer((request, response) => {
    if (request.url === "/favicon.ico") return response.writeHead(204).end();
    const page = request.url === "/frame" ? documentOf("中", inFrame) : documentOf("外", '<iframe id="app" title="枠" src="/frame" style="width: 100%; height: 400px; border: 0"></iframe>');
    response.writeHead(200, { "content-type": "text/html" }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  if (address !== null && typeof address === "object") origin = `http://localhost:${address.port}`;
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function look(frame: string, steps: (page: Page) => Promise<void> = async () => undefined): Promise<void> {
  inFrame = frame;
  await visit(browser, { origin, locale: "ja", width: 360 }, async (page) => {
    await page.goto("/", { waitUntil: "networkidle" });
    await steps(page);
  });
}

test("a page without fault is left in peace", async () => {
  await look('<p>Regulars へようこそ</p><div style="overflow-x: auto"><p style="width: 900px">表</p></div><p hidden>Hidden words</p>', async (page) => {
    expect([...(await listAccessFaults(page)), ...(await listOverflows(page)), ...(await listLatinWords(page, ["Regulars"]))]).toEqual([]);
  });
});

describe("found:", () => {
  test("a picture without words", () => look('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">', async (page) => expect((await listAccessFaults(page)).join()).toContain("image-alt")));
  test("text one can hardly see", () => look('<p style="color: #ccc; background: #fff">薄い</p>', async (page) => expect((await listAccessFaults(page)).join()).toContain("color-contrast")));
  test("what makes the page scroll sideways", () => look('<p style="width: 900px">広い</p>', async (page) => expect((await listOverflows(page)).join()).toContain("ends at")));
  test("what is cut off", () => look('<div style="overflow: hidden"><p style="width: 900px">広い</p></div>', async (page) => expect((await listOverflows(page)).join()).toContain("ends at")));
  test.each(["<p>Try again</p>", '<button aria-label="Close">×</button>', '<input aria-label="名" placeholder="Name">'])("words of another language: %s", (body) => look(body, async (page) => expect(await listLatinWords(page, ["Regulars"])).toHaveLength(1)));
});

describe("ends a walk, with a picture:", () => {
  test.each([
    ["a console error", "<script>console.error('oh')</script>", "console: oh"],
    ["a script that throws", "<script>setTimeout(() => { throw new Error('oh') })</script>", "page error: Error: oh"],
    ["a request to somebody else", '<script>fetch("http://localhost:9/").catch(() => undefined)</script>', "asked another origin: http://localhost:9/"],
    ["a file that is not there", '<script src="http://localhost:9/app.js"></script>', "asked another origin"],
  ])("%s", async (_name, body, words) => {
    const failure = await look(body).then(() => new Error("nothing was found"), (error: unknown) => error);
    const { message } = failure instanceof Error ? failure : new Error(String(failure));
    expect(message).toContain(words);
    const [, picture = ""] = /Picture: (.*)/.exec(message) ?? [];
    expect(existsSync(picture)).toBe(true);
    rmSync(path.dirname(picture), { recursive: true });
  });
});
