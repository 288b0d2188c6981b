// Nobody is forgotten by half: every table that can hold a person has an eraser, and every table of a shop goes with it.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");
const read = (pattern: string) => globSync(pattern, { cwd: ROOT }).sort().map((file) => readFileSync(path.join(ROOT, file), "utf8")).join("\n");

type Table = { name: string; columns: string[]; isOfShop: boolean };

/** The tables of a Prisma schema, with the names the database knows. */
function tablesOf(schema: string): Table[] {
  return [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].map(([, body = ""]) => {
    const columns = [...body.matchAll(/^ {2}(\w+)\s+\w+.*$/gm)].map(([line, field = ""]) => /@map\("(\w+)"\)/.exec(line)?.[1] ?? field);
    return { name: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "", columns, isOfShop: columns.includes("shop_id") };
  });
}

const PERSONAL = /(?:customer|advocate|friend)_id|buyer_id|kept_id|email|first_name|last_name|payload|export|access_info/;
/** How each table that can hold a person lets go of one. Add the eraser first, then the line. */
const ERASED_BY: Record<string, string> = {
  orders: "orders disowns: a surrogate stands for the person",
  customer: "orders deletes the row",
  customer_alias: "orders keeps the bare number: late news about it goes nowhere",
  changed_buyer: "privacy refreshes after noting: the notes are taken",
  counted_order: "privacy refreshes: the row moves to the surrogate",
  customer_fact: "privacy refreshes: the row moves to the surrogate",
  delivery: "the inbox deletes those that mention the person",
  moved_customer: "privacy deletes the notes the refresh left",
  data_request: "privacy deletes the file",
  cohort_member: "cohorts follows the person once more: nothing is left to count",
  customer_profile: "profiles deletes the row",
  contact_preference: "profiles deletes the row",
  kept_forecast: "forecasts deletes the rows",
  segment_member: "segments deletes the rows, and counts one less",
  segment_move: "segments deletes the rows",
  segment_telling: "segments deletes the rows: Shopify forgets its own customer",
  member: "loyalty deletes the row",
  ledger_entry: "loyalty closes the account; its lines then belong to a surrogate, so that the books add up",
  point_lot: "loyalty deletes the rows",
  tier_period: "loyalty deletes the rows",
  earn_event: "loyalty deletes the rows",
  redemption: "loyalty deletes the rows",
  referral_code: "loyalty deletes the row",
  referral: "loyalty deletes an advocate's rows; of a friend's the person and their hashes",
  followup: "followups deletes the row",
  followup_entry: "followups deletes the rows",
  followup_task: "followups deletes the rows",
  last_contact: "followups deletes the row",
  customer_mark: "segments deletes the rows",
  survey_ask: "surveys deletes the rows; the counters name nobody",
  survey_answer: "surveys deletes the rows",
  shop: "the merchant's own address; erased with the shop",
  session: "staff, not customers; erased with the shop",
};

const SCHEMA = read("prisma/schema/*.prisma");
const ERASERS = read("app/capabilities/*/store.server{.ts,/*.ts}") + read("app/inbox/store.server.ts") + read("app/shopify/session-storage.server.ts");

/** `delete from x`, a name in a list of tables to clear, or Prisma's `x.deleteMany`. */
function isCleared(table: string, code: string): boolean {
  const model = table.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const lists = [...code.matchAll(/const TABLES = \[([^\]]*)\]/g)].map(([, names = ""]) => names).join();
  return lists.includes(`"${table}"`) || new RegExp(`delete from ${table} where shop_id = \\$\\{\\w+\\}::bigint\``).test(code) || new RegExp(`\\.${model}\\.deleteMany\\(\\{ where: \\{ (shopId|id: shopId|domain) \\} \\}\\)`).test(code);
}

const personalOf = (schema: string) => tablesOf(schema).filter(({ columns }) => columns.some((column) => PERSONAL.test(column))).map(({ name }) => name).sort();

test("every table with a person in it says how it lets go of one", () => {
  expect(personalOf(SCHEMA)).toEqual(Object.keys(ERASED_BY).sort());
});

test("every table of a shop is cleared when the shop is erased", () => {
  const tables = tablesOf(SCHEMA).map(({ name }) => name);
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((name) => !isCleared(name, ERASERS))).toEqual([]);
});

test("a new table is found when nobody erases it", () => {
  const careless = `${SCHEMA}\nmodel Careless {\n  shopId BigInt @map("shop_id")\n  id BigInt\n  buyerId BigInt @map("buyer_id")\n\n  @@id([shopId, id])\n  @@map("careless")\n}\n`;
  expect(personalOf(careless)).toContain("careless");
  expect(tablesOf(careless).filter(({ name }) => !isCleared(name, ERASERS))).toMatchObject([{ name: "careless", isOfShop: true }]);
});
