// What one verb does, as one transaction: documents change, events are remembered, and are told after the commit.
import { Documents } from "./documents.ts";
import { SandboxError, type CustomerDoc, type Id, type Instant, type OrderDoc, type ProductDoc, type SandboxClock, type ShopDoc, type ShopEvent } from "./model.ts";

const FIRST_IDS = { order: 5_700_000_000_000n, customer: 7_400_000_000_000n, product: 8_100_000_000_000n, line: 14_200_000_000_000n, variant: 44_100_000_000_000n, refund: 980_000_000_000n, refundLine: 610_000_000_000n } as const;
const GAP = 3n; // Shopify's numbers are not consecutive either
export type Numbered = keyof typeof FIRST_IDS;

export class Ledger {
  readonly documents: Documents;
  readonly clock: SandboxClock;
  readonly #listeners = new Set<(event: ShopEvent) => void>();
  #events: ShopEvent[] | null = null;
  #at: Instant | null = null;
  /** the last number given of each kind, as far as this process has looked */
  readonly #lastIds = new Map<Numbered, bigint>();

  constructor(file: string, clock: SandboxClock) {
    this.documents = new Documents(file);
    this.clock = clock;
  }

  /** Runs one verb. A verb within a verb shares its transaction and its moment. */
  change<T>(verb: () => T): T {
    if (this.#events) return verb();
    this.#events = [];
    const { database } = this.documents;
    database.exec("begin immediate");
    let answer: T;
    try {
      answer = verb();
      for (const [kind, last] of this.#lastIds) this.remember(`last ${kind}`, String(last));
      database.exec("commit");
    } catch (error) {
      this.#events = null;
      this.#lastIds.clear();
      database.exec("rollback");
      throw error;
    }
    const events = this.#events;
    this.#events = null;
    for (const event of events) for (const listener of this.#listeners) listener(event);
    return answer;
  }

  /** Verbs inside happen at this moment instead of now: history being made, or days being stepped. */
  during<T>(at: Instant, run: () => T): T {
    const before = this.#at;
    this.#at = at;
    try {
      return run();
    } finally {
      this.#at = before;
    }
  }

  /** Whole seconds, as Shopify's own timestamps are. */
  now(): Instant {
    return this.#at ?? toSeconds(this.clock.now());
  }

  /** The body is written now, as it is at this moment, unless nobody listens. */
  tell(topic: string, body: () => string): void {
    if (this.#listeners.size > 0) this.#events?.push({ topic, occurredAt: this.#at ?? this.clock.now().toISOString(), body: body() });
  }

  listen(listener: (event: ShopEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next number of its kind, with gaps as Shopify has them. */
  nextId(kind: Numbered): Id {
    const next = this.#lastId(kind) + GAP;
    this.#lastIds.set(kind, next);
    return String(next);
  }

  #lastId(kind: Numbered): bigint {
    const known = this.#lastIds.get(kind);
    if (known !== undefined) return known;
    const kept = this.recall(`last ${kind}`);
    return typeof kept === "string" ? BigInt(kept) : FIRST_IDS[kind];
  }

  remember(key: string, value: unknown): void {
    this.documents.run("insert into memory (key, value) values (?, ?) on conflict (key) do update set value = excluded.value", key, JSON.stringify(value ?? null));
  }

  recall(key: string): unknown {
    const [row] = this.documents.rows("select value from memory where key = ?", key);
    return row ? JSON.parse(String(row["value"])) : undefined;
  }

  shop(): ShopDoc {
    const shop = this.recall("shop");
    if (!isShop(shop)) throw new SandboxError("this file holds no shop");
    return shop;
  }

  order(id: Id): OrderDoc {
    return this.documents.get<OrderDoc>("order", id) ?? refuse(`there is no order ${id}`);
  }

  customer(id: Id): CustomerDoc {
    return this.documents.get<CustomerDoc>("customer", id) ?? refuse(`there is no customer ${id}`);
  }

  product(id: Id): ProductDoc {
    return this.documents.get<ProductDoc>("product", id) ?? refuse(`there is no product ${id}`);
  }

  putOrder(order: OrderDoc): OrderDoc {
    this.documents.put("order", order, { createdAt: order.createdAt, updatedAt: order.updatedAt, ownerId: order.customerId, email: order.email?.toLowerCase() ?? null });
    return order;
  }

  putCustomer(customer: CustomerDoc): CustomerDoc {
    this.documents.put("customer", customer, { createdAt: customer.createdAt, updatedAt: customer.updatedAt, ownerId: null, email: customer.email?.toLowerCase() ?? null });
    return customer;
  }

  putProduct(product: ProductDoc): ProductDoc {
    this.documents.put("product", product, { createdAt: product.createdAt, updatedAt: product.updatedAt, ownerId: null, email: null });
    return product;
  }
}

export const toSeconds = (date: Date): Instant => new Date(Math.floor(date.getTime() / 1_000) * 1_000).toISOString();

export function refuse(sentence: string): never {
  throw new SandboxError(sentence);
}

const isShop = (value: unknown): value is ShopDoc => typeof value === "object" && value !== null && "domain" in value;
