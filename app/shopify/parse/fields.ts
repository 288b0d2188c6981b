// The smallest pieces of Shopify's answers, the same through both doors: webhooks and GraphQL.
import { z } from "zod";
import { parseId, type AnyId } from "../../values/ids.ts";
import { MISREADING_CODES, type Misreading, type MisreadingCode } from "../../values/misreading.ts";
import { parseMinor, type Money } from "../../values/money.ts";

/** Something Shopify sent is not what we can read: where, and why, but never what it said. */
export class ParseError extends Error {
  override name = "ParseError";
  /** `orders/create`, or the noun of a GraphQL node */
  readonly topic: string;
  /** `line_items.0.price_set.shop_money.amount` */
  readonly path: string;
  readonly code: MisreadingCode;
  constructor(topic: string, path: string, code: MisreadingCode) {
    super(`${topic}: ${path || "the whole"}: ${code}`);
    this.topic = topic;
    this.path = path;
    this.code = code;
  }
}

export function parseAs<Schema extends z.ZodType>(topic: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  throw new ParseError(topic, issue?.path.map(String).join(".") ?? "", issue ? codeOf(issue, value) : "unreadable");
}

/** Our own messages are codes already; of zod's only the kind of issue is taken, since its words may quote. */
function codeOf({ code, message, path }: z.core.$ZodIssue, value: unknown): MisreadingCode {
  const own = MISREADING_CODES.find((known) => known === message);
  if (own !== undefined) return own;
  if (code === "invalid_value") return "unknown_word";
  if (code !== "invalid_type") return "unreadable";
  const found = path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), value);
  return found === undefined || found === null ? "missing" : "wrong_kind";
}

/** A record of Shopify's that could not be read; `id` null: not even that. */
export type Unread = Misreading & { id: bigint | null };
export type Reading<Snapshot> = { snapshots: Snapshot[]; unread: Unread[] };

/** One that cannot be read keeps no other from being read. Throws nothing but what is no fault of Shopify's. */
export function readEach<Snapshot>(nodes: readonly unknown[], parse: (node: unknown) => Snapshot): Reading<Snapshot> {
  const reading: Reading<Snapshot> = { snapshots: [], unread: [] };
  for (const node of nodes) {
    try {
      reading.snapshots.push(parse(node));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      reading.unread.push({ id: idOf(node), code: error.code, at: error.path });
    }
  }
  return reading;
}

const idOf = (node: unknown): bigint | null => z.object({ id: id<AnyId>() }).safeParse(node).data?.id ?? null;

/** For what comes by the million: made into one function beforehand, four times as fast. Throws where it begins if that cannot be done. */
export const compiled = <Schema extends z.ZodType>(schema: Schema): Schema => z.compile(schema, { strict: true });

const deepest = (issues: z.core.$ZodIssue[]) =>
  issues.reduce<z.core.$ZodIssue | undefined>((found, issue) => (found && found.path.length >= issue.path.length ? found : issue), undefined);

/** `gid://shopify/Order/1`, `"1"` or `1`; the values module read numbers beyond 2^53 as text. */
export const id = <T extends AnyId>() =>
  z.union([z.string(), z.number()], "not_an_id").transform((value, context): T => readable(context, () => parseId<T>(value)));

/** A noun's id in a webhook: the gid is exact even where somebody's JSON library rounded the number. */
export const exactId = <T extends AnyId>(node: { admin_graphql_api_id?: T | null | undefined; id: T }): T => node.admin_graphql_api_id ?? node.id;

export const instant = z.iso.datetime({ offset: true, error: "not_an_instant" }).transform((text) => new Date(text));

/** Money in the shop's own currency: a webhook's `…_set`. */
export const webhookMoney = z
  .object({ shop_money: z.object({ amount: z.string(), currency_code: z.string() }) })
  .transform(({ shop_money }, context): Money => toMoney(shop_money.amount, shop_money.currency_code, context));

/** Money in the shop's own currency: a MoneyBag. */
export const nodeMoney = z
  .object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
  .transform(({ shopMoney }, context): Money => toMoney(shopMoney.amount, shopMoney.currencyCode, context));

/** A bare amount, in a currency said elsewhere. */
export const amountIn = (currency: string) => z.string().transform((amount, context) => toMoney(amount, currency, context).minor);

const toMoney = (amount: string, currency: string, context: z.core.$RefinementCtx): Money =>
  readable(context, () => ({ minor: parseMinor(amount, currency), currency }));

/** The values throw RangeErrors; their words hold no values, so they may be told. */
function readable<T>(context: z.core.$RefinementCtx, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue({ code: "custom", message: RANGE_CODES.get(error.message) ?? "out_of_range" });
    return z.NEVER;
  }
}

const RANGE_CODES = new Map<string, MisreadingCode>([["not an id", "not_an_id"], ["not an amount", "not_an_amount"]]);

/** Absent and null are the same to us. */
export const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null);

/** `a, b` in webhooks, a list in GraphQL. */
export const commaList = z
  .string()
  .nullish()
  .transform((text) => (text ?? "").split(",").map((part) => part.trim()).filter((part) => part !== ""));

/** Nothing written is nothing. */
export const filled = z.string().nullish().transform((text) => (text === undefined || text === "" ? null : text));
