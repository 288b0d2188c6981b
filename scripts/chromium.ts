// A Chromium without windows for the browser tests and screenshots: one this machine has, else Debian's.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
// Japanese and Chinese pages are tested and photographed too.
// The shell is the same engine without a browser's own windows: a page takes two thirds of the time.
const DEBIAN_PACKAGES = ["chromium-headless-shell", "fonts-noto-cjk"];

export function findChromium(): string | null {
  const named = process.env["CHROMIUM_PATH"];
  return [...(named === undefined || named === "" ? [] : [named]), ...PLACES, chromium.executablePath()].find((file) => existsSync(file)) ?? null;
}

/** Answers where it is; installs it where that can be done without asking, else throws an Error that says how. */
export function provideChromium(report: (line: string) => void): string {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) {
    throw new Error("The browser tests need Chromium: install it (Debian: `apt-get install chromium-headless-shell fonts-noto-cjk`; anywhere: `npx playwright install chromium`), or name it in CHROMIUM_PATH.");
  }
  report("Installing Chromium from Debian …");
  install(["update"]);
  install(["install", "-y", "--no-install-recommends", ...DEBIAN_PACKAGES]);
  const installed = findChromium();
  if (installed === null) throw new Error("Debian's Chromium was installed and is not where it should be: name it in CHROMIUM_PATH.");
  return installed;
}

function install(words: string[]): void {
  const { status, stderr } = spawnSync("apt-get", words, { encoding: "utf8", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  if (status !== 0) throw new Error(`apt-get ${words[0] ?? ""} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
}
