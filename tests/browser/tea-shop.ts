// A small tea shop that is the same in every run, with the whole app behind it, and what its pages must therefore show.
import type { Frame } from "playwright-core";
import { expect, vi } from "vitest";
import { openTranslator } from "../../app/i18n/translate.ts";
import type { Locale } from "../../app/i18n/locales.ts";
import { createClock } from "../../sandbox/clock.ts";
import { seedTeaShop } from "../../sandbox/shop/generator.ts";
import { readRows } from "../support/app-database.ts";
import { startApp, type AppOptions, type RunningApp } from "../support/app.ts";
import { askApp, readSync } from "../support/reports.ts";

export const AS_OF = new Date("2026-11-20T18:00:00Z"); // a fixed day: every run has the same months and the same shoppers
const CUSTOMERS = 300;
const SEED = 7;
/** Of the shop, of Shopify's things, units and models: the same in every language. */
export const NAMES = ["Regulars Tea & Coffee", "Regulars", "Shopify", "CSV", "English", "USD", "US$", "Customer entered segment", "Customer left segment", "Flow", "RFM", "VIP", "MBG/NBD", "NBD", "Gamma-Gamma"];
export const READ_TIMEOUT_MS = 90_000; // a second or three for a history this small, on a machine with nothing else to do

export async function startTeaShop(options: AppOptions = {}): Promise<RunningApp> {
  const clockOffsetMs = AS_OF.getTime() - createClock(0).now().getTime();
  return startApp({ clockOffsetMs, extraScopes: ["read_all_orders"], fill: (state) => seedTeaShop(state, { seed: SEED, asOf: AS_OF, customerCount: CUSTOMERS }), ...options });
}

/** The first question with a session token installs the app; resolves when the history is in. */
export async function readHistory(app: RunningApp): Promise<void> {
  await vi.waitFor(async () => expect(await readSync(app)).toMatchObject({ backfill_state: "done" }), { timeout: READ_TIMEOUT_MS, interval: 500 });
}

/** History in, and everybody measured. */
export async function readEverybody(app: RunningApp): Promise<void> {
  await readHistory(app);
  await vi.waitFor(async () => expect(await readRows(app.databaseUrl, "select is_whole from profile_basis")).toEqual([{ is_whole: true }]), { timeout: READ_TIMEOUT_MS, interval: 500 });
}

/** Those, its people and its goods. */
export function listNames({ state }: RunningApp): string[] {
  const people = state.listCustomers({}, { sortKey: "ID", first: 1_000 }).flatMap(({ firstName, lastName, email }) => [firstName, lastName, email]);
  const goods = state.listProducts({}, { sortKey: "ID", first: 100 }).flatMap(({ title, productType }) => [title, productType]);
  return [...NAMES, ...[...people, ...goods].filter((name): name is string => typeof name === "string" && name !== "")];
}

/** What Home shows: each card's figure and each total, by its name. */
export type Shown = Record<string, string>;

export const readHome = (frame: Frame): Promise<Shown> => frame.evaluate(() => {
  const textOf = (element: Element | null | undefined): string => element?.textContent ?? "";
  const cards = [...document.querySelectorAll("h2")].filter(({ nextElementSibling }) => nextElementSibling?.tagName === "P").map((title) => [textOf(title), textOf(title.nextElementSibling)]);
  const totals = [...document.querySelectorAll(".regulars-totals > div")].map((total) => [textOf(total.querySelector("dt")), textOf(total.querySelector("dd"))]);
  return Object.fromEntries([...cards, ...totals]);
});

/** What Home must show by the report of the same period. */
export async function expectedOnHome(app: RunningApp, locale: Locale): Promise<Shown> {
  const { t } = await openTranslator(locale);
  const { count, share, money } = writersFor(locale);
  const figures = Object.fromEntries(parseCsv(await readReport(app, "overview.csv")));
  const of = (metric: string): number => Number(figures[metric]);
  return {
    [t("analytics.kpis.customers.title")]: count(of("customers")),
    [t("analytics.kpis.repeat_purchase_rate.title")]: share(of("repeat_purchase_rate")),
    [t("analytics.kpis.repurchase_retention.title")]: share(of("repurchase_retention")),
    [t("analytics.kpis.revenue_per_customer.title")]: money(of("revenue_per_customer")),
    [t("analytics.kpis.average_order_value.title")]: money(of("average_order_value")),
    [t("analytics.kpis.returning_revenue_share.title")]: share(of("returning_revenue_share")),
    [t("analytics.home.orders")]: count(of("orders")),
    [t("analytics.home.revenue")]: money(of("revenue")),
    [t("analytics.home.newCustomers")]: count(of("new_customers")),
    [t("analytics.home.guestOrders")]: count(of("guest_orders")),
  };
}

export function writersFor(locale: Locale) {
  const number = (options: Intl.NumberFormatOptions) => (value: number) => new Intl.NumberFormat(locale, options).format(value);
  const month = new Intl.DateTimeFormat(locale, { year: "numeric", month: "short", timeZone: "UTC" });
  return {
    count: number({ maximumFractionDigits: 0 }),
    share: number({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    money: number({ style: "currency", currency: "USD" }),
    /** of `2026-11` */
    month: (text: string) => month.format(new Date(`${text}-01T00:00:00Z`)),
  };
}

export async function readReport(app: RunningApp, name: string): Promise<string> {
  const answer = await askApp(app, `/app/reports/${name}`);
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Rows by the names of their columns. */
export function parseRecords(text: string): Record<string, string>[] {
  const names = text.slice(0, text.indexOf("\n")).split(",");
  return parseCsv(text).map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
}

/** Our reports of figures need no quotes. The header line is left out. */
export const parseCsv = (text: string): string[][] => text.trimEnd().split("\n").slice(1).map((line) => line.split(","));
