// What one verb does, as one transaction: documents change, events are written down, and are told after the commit.

import { Documents, isId } from "./documents.ts";
import { SandboxError, type CustomerDoc, type Id, type Instant, type OrderDoc, type ProductDoc, type SandboxClock, type ShopDoc, type ShopEvent } from "./model.ts";

const FIRST_IDS = {
  order: 5_700_000_000_000n,
  customer: 7_400_000_000_000n,
  product: 8_100_000_000_000n,
  line: 14_200_000_000_000n,
  variant: 44_100_000_000_000n,
  refund: 980_000_000_000n,
  refundLine: 610_000_000_000n,
  dataRequest: 9_000_000n,
  orderNumber: 1_000n,
  discount: 1_450_000_000_000n,
  storeCreditAccount: 12_300_000n,
  storeCreditTransaction: 45_600_000n,
  giftCard: 610_200_000_000n,
} as const;
export type Numbered = keyof typeof FIRST_IDS;

const GAP = 3n; // Shopify's ids are not consecutive either

const NOTED_MAX = 2n ** 62n; // beyond, numbers could run out

export class Ledger {
  readonly documents: Documents;
  readonly clock: SandboxClock;
  readonly #listeners = new Set<(event: ShopEvent) => void>();
  #events: ShopEvent[] | null = null;
  #at: Instant | null = null;
  #shop: ShopDoc | null = null;
  readonly #products = new Map<Id, ProductDoc>();
  /** the last number given of each kind, as far as this process has looked, and which of them are not yet stored */
  readonly #lastNumbers = new Map<Numbered, bigint>();
  readonly #unsaved = new Set<Numbered>();

  constructor(file: string, clock: SandboxClock) {
    this.documents = new Documents(file);
    this.clock = clock;
  }

  /** Runs one verb. A verb within a verb shares its transaction and its moment. */
  change<T>(verb: () => T): T {
    if (this.#events) return verb();
    const events: ShopEvent[] = [];
    this.#events = events;
    const { database } = this.documents;
    let answer: T;
    try {
      database.exec("begin immediate");
      answer = verb();
      this.#saveNumbers();
      database.exec("commit");
    } catch (error) {
      this.#lastNumbers.clear();
      this.#unsaved.clear();
      this.#products.clear();
      this.#shop = null;
      if (database.isTransaction) database.exec("rollback");
      throw error;
    } finally {
      this.#events = null;
    }
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

  /** The next id of its kind, with gaps as Shopify has them. */
  nextId(kind: Numbered): Id {
    return String(this.#advance(kind, GAP));
  }

  nextOrderNumber(): number {
    return Number(this.#advance("orderNumber", 1n));
  }

  /** An id that came from elsewhere: those given from now on are higher, so that ids go on growing with time. */
  noteId(kind: Numbered, id: Id): void {
    const noted = BigInt(id);
    if (noted > this.#lastNumber(kind) && noted <= NOTED_MAX) this.#setLast(kind, noted);
  }

  remember(key: string, value: unknown): void {
    if (key === "shop") this.#shop = null;
    this.documents.run("insert into memory (key, value) values (?, ?) on conflict (key) do update set value = excluded.value", key, JSON.stringify(value ?? null));
  }

  recall(key: string): unknown {
    const [row] = this.documents.rows("select value from memory where key = ?", key);
    return row ? JSON.parse(String(row["value"])) : undefined;
  }

  /** What is remembered under keys that begin so, in their order. */
  recallAll(prefix: string): unknown[] {
    return this.documents.rows("select value from memory where key >= ? and key < ? order by key", prefix, `${prefix}\u{ffff}`).map((row): unknown => JSON.parse(String(row["value"])));
  }

  forget(key: string): void {
    this.documents.run("delete from memory where key = ?", key);
  }

  shop(): ShopDoc {
    if (this.#shop) return this.#shop;
    const shop = this.recall("shop");
    if (!isShop(shop)) throw new SandboxError("This file holds no shop.");
    return (this.#shop = shop);
  }

  order(id: Id): OrderDoc {
    return this.documents.get<OrderDoc>("order", id) ?? refuse(`There is no order ${id}.`);
  }

  customer(id: Id): CustomerDoc {
    return this.documents.get<CustomerDoc>("customer", id) ?? refuse(`There is no customer ${id}.`);
  }

  product(id: Id): ProductDoc {
    return this.#readProduct(id) ?? refuse(`There is no product ${id}.`);
  }

  findProductOfVariant(variantId: Id): ProductDoc | null {
    if (!isId(variantId)) return null;
    const [row] = this.documents.rows("select product_id from variant where id = ?", BigInt(variantId));
    return row ? this.#readProduct(String(row["product_id"])) : null;
  }

  /** Kept at hand: a shop has few products, and every line of an order asks for one. */
  #readProduct(id: Id): ProductDoc | null {
    const known = this.#products.get(id) ?? this.documents.get<ProductDoc>("product", id);
    if (known) this.#products.set(id, known);
    return known;
  }

  hasProduct(id: Id): boolean {
    return this.documents.rows("select 1 from product where id = ?", BigInt(id)).length > 0;
  }

  hasVariant(id: Id): boolean {
    return this.documents.rows("select 1 from variant where id = ?", BigInt(id)).length > 0;
  }

  putOrder(order: OrderDoc): OrderDoc {
    const isCounted = order.cancelledAt === null && !order.test;
    this.documents.put("order", order, { createdAt: order.createdAt, updatedAt: order.updatedAt, ownerId: order.customerId, spentMinor: isCounted ? order.currentTotalMinor : null });
    return order;
  }

  putCustomer(customer: CustomerDoc): CustomerDoc {
    this.documents.put("customer", customer, { createdAt: customer.createdAt, updatedAt: customer.updatedAt, email: customer.email?.toLowerCase() ?? null });
    return customer;
  }

  putProduct(product: ProductDoc): ProductDoc {
    this.#products.delete(product.id);
    this.documents.put("product", product, { createdAt: product.createdAt, updatedAt: product.updatedAt });
    this.documents.run("delete from variant where product_id = ?", BigInt(product.id));
    for (const { id } of product.variants) this.documents.run("insert or replace into variant (id, product_id) values (?, ?)", BigInt(id), BigInt(product.id));
    return product;
  }

  removeProduct(id: Id): void {
    this.#products.delete(id);
    this.documents.run("delete from variant where product_id = ?", BigInt(id));
    this.documents.remove("product", id);
  }

  #advance(kind: Numbered, step: bigint): bigint {
    const next = this.#lastNumber(kind) + step;
    this.#setLast(kind, next);
    return next;
  }

  #lastNumber(kind: Numbered): bigint {
    const known = this.#lastNumbers.get(kind);
    if (known !== undefined) return known;
    const kept = this.recall(`last ${kind}`);
    const last = typeof kept === "string" ? BigInt(kept) : FIRST_IDS[kind];
    this.#lastNumbers.set(kind, last);
    return last;
  }

  #setLast(kind: Numbered, last: bigint): void {
    this.#lastNumbers.set(kind, last);
    this.#unsaved.add(kind);
  }

  #saveNumbers(): void {
    for (const kind of this.#unsaved) this.remember(`last ${kind}`, String(this.#lastNumbers.get(kind)));
    this.#unsaved.clear();
  }
}

const toSeconds = (date: Date): Instant => new Date(Math.floor(date.getTime() / 1_000) * 1_000).toISOString();

export function refuse(sentence: string): never {
  throw new SandboxError(sentence);
}

const isShop = (value: unknown): value is ShopDoc => typeof value === "object" && value !== null && "domain" in value;
