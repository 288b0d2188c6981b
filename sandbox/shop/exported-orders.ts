// The orders, people and products an order export tells of, gathered line by line and then stored.
import type { ExportLine, ExportSummary } from "./order-export.ts";
import { FIRST_ORDER_NUMBER } from "./orders.ts";
import type { Ledger } from "./ledger.ts";
import type { CustomerDoc, FinancialStatus, Id, Instant, OrderDoc, ProductDoc } from "./model.ts";

type GatheredLine = { name: string; sku: string; vendor: string; quantity: number; unitPriceMinor: number };
type Gathered = Pick<OrderDoc, "name" | "createdAt" | "cancelledAt" | "financialStatus" | "sourceName" | "countryCode" | "tags" | "shippingMinor" | "taxMinor" | "totalMinor" | "discountMinor" | "refundedMinor" | "discountCodes"> &
  { id: Id | null; email: string; personName: string; acceptsMarketing: boolean; lines: GatheredLine[] };

const STATUSES: Record<string, FinancialStatus> = {
  "": "PAID", paid: "PAID", pending: "PENDING", authorized: "AUTHORIZED", partially_paid: "PARTIALLY_PAID", partially_refunded: "PARTIALLY_REFUNDED", refunded: "REFUNDED", voided: "VOIDED", expired: "EXPIRED",
};

export class ExportedOrders {
  readonly #orders: Gathered[] = [];
  readonly #ids = new Set<Id>();
  #currency = "";

  isEmpty(): boolean {
    return this.#orders.length === 0;
  }

  add(line: ExportLine): void {
    const last = this.#orders.at(-1);
    if (line.text("Total") === "" && line.text("Currency") === "") {
      if (!last || last.name !== line.text("Name")) line.refuse("Total", "the order's first line is missing");
      else last.lines.push(this.#lineOf(line));
      return;
    }
    this.#orders.push(this.#orderOf(line));
  }

  #orderOf(line: ExportLine): Gathered {
    const currency = line.text("Currency");
    if (!/^[A-Z]{3}$/.test(currency)) line.refuse("Currency", `"${currency}" is not a currency`);
    if (this.#currency !== "" && currency !== this.#currency) line.refuse("Currency", `${currency} beside ${this.#currency}: a shop has one currency`);
    this.#currency = currency;
    const id = this.#idOf(line);
    const status = STATUSES[line.text("Financial Status").toLowerCase()] ?? line.refuse("Financial Status", `"${line.text("Financial Status")}" is not a financial status`);
    const money = (column: Parameters<ExportLine["amount"]>[0]) => line.amount(column, currency);
    if (line.text("Total") === "") line.refuse("Total", "it is empty");
    const totalMinor = money("Total");
    const refundedMinor = money("Refunded Amount");
    if (refundedMinor > totalMinor) line.refuse("Refunded Amount", "more was refunded than was paid");
    return {
      id, name: line.text("Name") || line.refuse("Name", "it is empty"), createdAt: line.instant("Created at"), cancelledAt: line.text("Cancelled at") === "" ? null : line.instant("Cancelled at"),
      financialStatus: status, sourceName: line.text("Source") || "web", countryCode: countryOf(line), tags: line.text("Tags").split(",").map((tag) => tag.trim()).filter(Boolean),
      shippingMinor: money("Shipping"), taxMinor: money("Taxes"), totalMinor, discountMinor: money("Discount Amount"), refundedMinor, discountCodes: [line.text("Discount Code")].filter(Boolean),
      email: line.text("Email").toLowerCase(), personName: line.text("Billing Name") || line.text("Shipping Name"), acceptsMarketing: line.text("Accepts Marketing").toLowerCase() === "yes", lines: [this.#lineOf(line)],
    };
  }

  #idOf(line: ExportLine): Id | null {
    const id = line.text("Id");
    if (id === "") return null;
    if (!/^[1-9]\d{0,17}$/.test(id)) line.refuse("Id", `"${id}" is not a number`);
    if (this.#ids.has(id)) line.refuse("Id", `${id} stands for two orders`);
    this.#ids.add(id);
    return id;
  }

  #lineOf(line: ExportLine): GatheredLine {
    return { name: line.text("Lineitem name") || line.refuse("Lineitem name", "it is empty"), sku: line.text("Lineitem sku"), vendor: line.text("Vendor"), quantity: line.quantity("Lineitem quantity"), unitPriceMinor: line.amount("Lineitem price", this.#currency) };
  }

  store(ledger: Ledger): ExportSummary {
    const orders = [...this.#orders].sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0));
    const [first, last] = [orders[0]?.createdAt ?? "", orders.at(-1)?.createdAt ?? ""];
    ledger.remember("shop", { ...ledger.shop(), currency: this.#currency, createdAt: first });
    const products = storeProducts(ledger, orders);
    const customers = storeCustomers(ledger, orders);
    orders.forEach((order, index) => ledger.putOrder(documentOf(ledger, order, { products, customerId: customers.get(order.email) ?? null, number: FIRST_ORDER_NUMBER + index })));
    ledger.remember("last order number", FIRST_ORDER_NUMBER + orders.length - 1);
    return { currency: this.#currency, firstOrderAt: first, lastOrderAt: last, orderCount: orders.length, lineCount: orders.reduce((sum, order) => sum + order.lines.length, 0), customerCount: customers.size };
  }
}

/** One product per name, one variant per article number; the last price seen is today's. */
function storeProducts(ledger: Ledger, orders: Gathered[]): Map<string, ProductDoc> {
  const products = new Map<string, ProductDoc>();
  for (const order of orders) for (const line of order.lines) {
    const product = products.get(line.name) ?? {
      id: ledger.nextId("product"), title: line.name, handle: line.name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-"), description: "", productType: "", vendor: line.vendor, status: "ACTIVE", tags: [], createdAt: order.createdAt, updatedAt: order.createdAt, variants: [],
    };
    products.set(line.name, product);
    const variant = product.variants.find((each) => each.sku === line.sku);
    if (variant) variant.priceMinor = line.unitPriceMinor;
    else product.variants.push({ id: ledger.nextId("variant"), title: product.variants.length === 0 ? "Default Title" : line.sku, sku: line.sku, priceMinor: line.unitPriceMinor, unitCostMinor: null, updatedAt: order.createdAt });
  }
  for (const product of products.values()) ledger.putProduct(product);
  return products;
}

/** One customer per e-mail address, whatever its case; none for a blank one: a guest. */
function storeCustomers(ledger: Ledger, orders: Gathered[]): Map<string, Id> {
  const customers = new Map<string, CustomerDoc>();
  for (const order of orders) {
    if (order.email === "") continue;
    const known = customers.get(order.email);
    if (known) {
      customers.set(order.email, { ...known, updatedAt: order.createdAt, emailConsent: consentOf(order) });
      continue;
    }
    const words = (order.personName || nameOf(order.email)).split(/\s+/);
    customers.set(order.email, {
      id: ledger.nextId("customer"), firstName: words[0] ?? null, lastName: words.slice(1).join(" ") || null, email: order.email, phone: null, locale: "en", countryCode: order.countryCode, city: null, state: "DISABLED", tags: [], note: null,
      emailConsent: consentOf(order), createdAt: order.createdAt, updatedAt: order.createdAt,
    });
  }
  for (const customer of customers.values()) ledger.putCustomer(customer);
  return new Map([...customers].map(([email, customer]) => [email, customer.id]));
}

const consentOf = (order: Gathered): CustomerDoc["emailConsent"] =>
  order.acceptsMarketing ? { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: order.createdAt } : { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null };

const nameOf = (email: string): string => email.slice(0, email.indexOf("@")).split(/[._-]+/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");

function countryOf(line: ExportLine): string | null {
  const code = line.text("Shipping Country") || line.text("Billing Country");
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

function documentOf(ledger: Ledger, order: Gathered, { products, customerId, number }: { products: Map<string, ProductDoc>; customerId: Id | null; number: number }): OrderDoc {
  const goodsMinor = order.lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0);
  const isAllBack = order.cancelledAt !== null || (order.refundedMinor > 0 && order.refundedMinor === order.totalMinor);
  const lines = order.lines.map((line) => {
    const product = products.get(line.name);
    const variant = product?.variants.find((each) => each.sku === line.sku);
    return {
      id: ledger.nextId("line"), productId: product?.id ?? null, variantId: variant?.id ?? null, title: line.name, variantTitle: null, sku: line.sku || null, vendor: line.vendor || null, quantity: line.quantity,
      currentQuantity: isAllBack ? 0 : line.quantity, unitPriceMinor: line.unitPriceMinor, discountMinor: goodsMinor === 0 ? 0 : Math.floor((order.discountMinor * line.quantity * line.unitPriceMinor) / goodsMinor),
    };
  });
  const changedAt: Instant = order.cancelledAt ?? order.createdAt;
  return {
    id: order.id ?? ledger.nextId("order"), name: order.name, number, customerId, email: order.email || null, createdAt: order.createdAt, processedAt: order.createdAt, updatedAt: changedAt, cancelledAt: order.cancelledAt,
    cancelReason: order.cancelledAt === null ? null : "other", test: false, financialStatus: order.financialStatus, sourceName: order.sourceName, countryCode: order.countryCode, customerLocale: null, discountCodes: order.discountCodes, tags: order.tags,
    subtotalMinor: goodsMinor - order.discountMinor, discountMinor: order.discountMinor, shippingMinor: order.shippingMinor, taxMinor: order.taxMinor, totalMinor: order.totalMinor,
    currentTotalMinor: order.cancelledAt === null ? order.totalMinor - order.refundedMinor : 0, refundedMinor: order.refundedMinor, lines,
    refunds: order.refundedMinor === 0 ? [] : [{ id: ledger.nextId("refund"), createdAt: changedAt, note: null, lines: [], shippingMinor: 0, amountMinor: order.refundedMinor }],
  };
}
