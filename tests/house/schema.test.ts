// The tables can be sharded by shop: the rules of docs/decisions/0003-database.md, which a plain PostgreSQL would let us forget until it is too late.
import { describe, expect, test } from "vitest";
import { listFiles, readText } from "./files.ts";
import { parseModels, type Field, type Model } from "./prisma-schema.ts";

/** Without a shop of their own: the shop itself, the table that says which domain is whose, and sessions, which exist before the shop is known. */
const WITHOUT_SHOP = ["Shop", "ShopDomain", "Session"];
const REFERENCE_TABLES = ["shop_domain"]; // copied to every node; citus.sql lists the same
const LOCAL_TABLES = ["session"];

const models = parseModels(listFiles("prisma/schema").map(readText).join("\n"));

/** What keeps a schema from being sharded by shop. */
function faultsOf(schema: Model[]): string[] {
  const names = new Set(schema.map(({ name }) => name));
  return schema.flatMap((model) => [...(WITHOUT_SHOP.includes(model.name) ? [] : tenantFaults(model)), ...model.fields.flatMap((field) => [...idFaults(field), ...relationFaults(field, names)])].map((fault) => `${model.name}: ${fault}`));
}

function tenantFaults({ fields, key, uniques, indexes }: Model): string[] {
  const shop = fields.find(({ name }) => name === "shopId");
  const startsElsewhere = (kind: string, list: string[][]) => list.filter(([first]) => first !== "shopId").map((names) => `${kind} (${names.join(", ")}) must start with shopId`);
  return [
    ...(shop?.type === "BigInt" && !shop.isList && shop.attributes.includes('@map("shop_id")') ? [] : ['needs shopId BigInt @map("shop_id")']),
    ...startsElsewhere("key", [key]), ...startsElsewhere("unique", uniques), ...startsElsewhere("index", indexes),
  ];
}

const idFaults = ({ name, type, attributes }: Field): string[] =>
  type === "Int" && attributes.includes("autoincrement()") ? [`${name} counts in Int: workers of Citus have no such sequence, use BigInt`] : [];

function relationFaults({ name, type, isList, attributes }: Field, models: Set<string>): string[] {
  if (!models.has(type) || isList) return [];
  const [fields = "", references = ""] = ["fields", "references"].map((side) => new RegExp(`${side}:\\s*\\[([^\\]]*)\\]`).exec(attributes)?.[1] ?? "");
  return [
    ...(fields.startsWith("shopId") && /^(shopId|id)\b/.test(references) ? [] : [`relation ${name} must go from (shopId, …)`]),
    ...(attributes.includes("onUpdate: NoAction") ? [] : [`relation ${name} needs onUpdate: NoAction`]),
    ...(/onDelete: (Cascade|Restrict|NoAction)/.test(attributes) ? [] : [`relation ${name} needs an onDelete other than SetNull`]),
  ];
}

test("every table can be sharded by its shop", () => {
  expect(models.length).toBeGreaterThan(15);
  expect(faultsOf(models)).toEqual([]);
});

test("a schema that cannot is told everything that stands in the way", () => {
  const bad = parseModels(`
model Coupon {
  id     Int    @id @default(autoincrement()) // no shop
  code   String @unique
  shop   Shop?  @relation(fields: [shop_id], references: [id])
  orders Order[]

  @@index([code(sort: Desc), id])
  @@map("coupon")
}
model Shop {
  id BigInt @id
}
`);
  expect(faultsOf(bad)).toEqual([
    'Coupon: needs shopId BigInt @map("shop_id")', "Coupon: key (id) must start with shopId", "Coupon: unique (code) must start with shopId", "Coupon: index (code, id) must start with shopId",
    "Coupon: id counts in Int: workers of Citus have no such sequence, use BigInt",
    "Coupon: relation shop must go from (shopId, …)", "Coupon: relation shop needs onUpdate: NoAction", "Coupon: relation shop needs an onDelete other than SetNull",
  ]);
});

test("citus.sql places every table: by shop, copied, or left where it is", () => {
  const citus = readText("prisma/citus.sql");
  const copied = [...(/reference_tables constant text\[\] := ARRAY\[([^\]]*)\]/.exec(citus)?.[1] ?? "").matchAll(/'(\w+)'/g)].map(([, table]) => table);
  expect(copied).toEqual(REFERENCE_TABLES);
  for (const table of LOCAL_TABLES) expect(citus).toContain(`\`${table}\``);
  const unplaced = models.filter(({ table, fields }) => table !== "shop" && !REFERENCE_TABLES.includes(table) && !LOCAL_TABLES.includes(table) && !fields.some(({ attributes }) => attributes.includes('@map("shop_id")')));
  expect(unplaced.map(({ table }) => table)).toEqual([]);
  expect(models.map(({ table }) => table)).toEqual(expect.arrayContaining([...REFERENCE_TABLES, ...LOCAL_TABLES, "shop"]));
});

test("docs/architecture.md says whose every table is", () => {
  const [, rooms = ""] = readText("docs/architecture.md").split("\n## Rooms\n");
  const owned = [...(rooms.split("\n## ")[0] ?? "").matchAll(/`(\w+)`/g)].map(([, table]) => table);
  expect(owned.sort()).toEqual(models.map(({ table }) => table).sort());
});

describe("no statement asks for what Citus refuses, or decides by the database's own clock", () => {
  const statements = listFiles().filter((file) => /^prisma\/(migrations\/.*[.]sql|schema[.]sql)$/.test(file) || (/^app\/.*store[.]server/.test(file) && file.endsWith(".ts")));
  const banned: [string, RegExp][] = [
    ["now() of the database: time is an argument", /\b(now\(\)|current_timestamp|current_date|clock_timestamp)/i],
    ["random() in a statement", /\brandom\(\)/i],
    ["advisory locks: they hold on one node only, lock a row", /pg_(try_)?advisory/i],
    ["merge: write insert … on conflict", /\bmerge\s+into\b/i],
    ["triggers, but the one of the ledger: docs/decisions/0012", /\bcreate\s+(or\s+replace\s+)?(constraint\s+)?trigger\b(?! "keep_ledger")/i],
    ["sequences of int", /\b(small)?serial\b/i],
    ["an update that follows a changed key", /on\s+update\s+(cascade|set)/i],
    ["recursive and grouping-set queries", /\b(with\s+recursive|grouping\s+sets|rollup\s*\(|cube\s*\()/i],
    ["a shop that changes hands", /update\s+set\s+shop_id/i],
  ];

  test.each(statements)("%s", (file) => {
    const text = readText(file);
    expect(banned.filter(([, pattern]) => pattern.test(text)).map(([name]) => name)).toEqual([]);
  });

  test("each would be noticed", () => {
    const samples = ["x = now()", "order by random()", "select pg_advisory_lock(1)", "MERGE INTO t", "CREATE TRIGGER t", '"id" SERIAL', "ON UPDATE CASCADE", "with recursive r as", "update set shop_id = 1"];
    expect(samples.map((sample) => banned.findIndex(([, pattern]) => pattern.test(sample)))).toEqual([...banned.keys()]);
  });
});
