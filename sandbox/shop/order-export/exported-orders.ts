// The orders an export tells of, gathered line by line and checked on the way: an order's own columns stand on its first line only.

import type { FinancialStatus, Id, Instant } from "../model.ts";
import type { ColumnName, ExportLine } from "./columns.ts";
import { quote } from "./export-error.ts";

export type ExportedLine = { name: string; sku: string; vendor: string; quantity: number; unitPriceMinor: number; discountMinor: number };

export type ExportedOrder = {
  id: Id | null;
  name: string;
  /** lower case; empty: a guest */
  email: string;
  personName: string;
  phone: string;
  /** null: the file does not say */
  acceptsMarketing: boolean | null;
  createdAt: Instant;
  cancelledAt: Instant | null;
  financialStatus: FinancialStatus;
  sourceName: string;
  countryCode: string | null;
  tags: string[];
  discountCodes: string[];
  /** null: the file does not say */
  subtotalMinor: number | null;
  shippingMinor: number;
  taxMinor: number;
  discountMinor: number;
  totalMinor: number;
  refundedMinor: number;
  lines: ExportedLine[];
};

const financialStatuses: Readonly<Record<string, FinancialStatus>> = {
  "": "PAID", paid: "PAID", pending: "PENDING", authorized: "AUTHORIZED", partially_paid: "PARTIALLY_PAID", partially_refunded: "PARTIALLY_REFUNDED", refunded: "REFUNDED",
  voided: "VOIDED", expired: "EXPIRED",
};

export type Gathering = { currency: string | null; orders: ExportedOrder[]; lineCount: number; add(line: ExportLine): void };

export function gatherOrders(): Gathering {
  const firstLines = new Map<string, number>();
  let currencyLine = 0;
  const gathering: Gathering = {
    currency: null,
    orders: [],
    lineCount: 0,
    add(line) {
      const last = gathering.orders.at(-1);
      if (isContinuation(line)) {
        if (last?.name === line.text("Name")) addLine(last, line, gathering.currency ?? "");
        else line.refuse("Name", `${quote(line.text("Name"))} goes on with an order whose first line is missing`);
        return;
      }
      gathering.currency = agreeOnCurrency(line, gathering.currency, currencyLine);
      currencyLine ||= line.line;
      refuseRepeated(line, firstLines);
      const order = readOrder(line, gathering.currency);
      addLine(order, line, gathering.currency);
      gathering.orders.push(order);
    },
  };
  function addLine(order: ExportedOrder, line: ExportLine, currency: string): void {
    if (line.text("Lineitem name") === "" && line.text("Lineitem quantity") === "") return; // an order may have lost all of its lines
    order.lines.push(readOrderLine(line, currency));
    gathering.lineCount += 1;
  }
  return gathering;
}

const isContinuation = (line: ExportLine): boolean => line.text("Total") === "" && line.text("Currency") === "";

function agreeOnCurrency(line: ExportLine, known: string | null, knownLine: number): string {
  const currency = line.text("Currency");
  if (!/^[A-Z]{3}$/.test(currency)) line.refuse("Currency", `${quote(currency)} is not a currency`);
  if (known !== null && currency !== known) line.refuse("Currency", `"${currency}", but line ${knownLine} says "${known}"; a shop has one currency`);
  return currency;
}

/** Orders are told apart by their Id, in exports without one by their Name. */
function refuseRepeated(line: ExportLine, firstLines: Map<string, number>): void {
  const column = line.id("Id") === null ? "Name" : "Id";
  const key = `${column} ${line.text(column)}`;
  const earlier = firstLines.get(key);
  if (earlier !== undefined) line.refuse(column, `${quote(line.text(column))} is the order of line ${earlier} already`);
  firstLines.set(key, line.line);
}

function readOrder(line: ExportLine, currency: string): ExportedOrder {
  const optionalAmount = (column: ColumnName): number => line.amount(column, currency) ?? 0;
  const totalMinor = line.amount("Total", currency) ?? line.refuse("Total", "there is no amount");
  const refundedMinor = optionalAmount("Refunded Amount");
  if (refundedMinor > totalMinor) line.refuse("Refunded Amount", `${quote(line.text("Refunded Amount"))} is more than the order's Total`);
  const accepts = line.text("Accepts Marketing").toLowerCase();
  return {
    id: line.id("Id"),
    name: line.text("Name") || line.refuse("Name", "there is no name"),
    email: readEmail(line),
    personName: line.text("Billing Name") || line.text("Shipping Name"),
    phone: line.text("Phone"),
    acceptsMarketing: accepts === "" ? null : accepts === "yes" || accepts === "true",
    createdAt: line.instant("Created at"),
    cancelledAt: line.text("Cancelled at") === "" ? null : line.instant("Cancelled at"),
    financialStatus: financialStatuses[line.text("Financial Status").toLowerCase()] ?? line.refuse("Financial Status", `${quote(line.text("Financial Status"))} is not a financial status`),
    sourceName: line.text("Source") || "web",
    countryCode: readCountry(line),
    tags: splitList(line.text("Tags")),
    discountCodes: splitList(line.text("Discount Code")),
    subtotalMinor: line.amount("Subtotal", currency),
    shippingMinor: optionalAmount("Shipping"),
    taxMinor: optionalAmount("Taxes"),
    discountMinor: optionalAmount("Discount Amount"),
    totalMinor, refundedMinor,
    lines: [],
  };
}

function readOrderLine(line: ExportLine, currency: string): ExportedLine {
  return {
    name: line.text("Lineitem name") || line.refuse("Lineitem name", "there is no name"),
    sku: line.text("Lineitem sku"),
    vendor: line.text("Vendor"),
    quantity: line.quantity("Lineitem quantity"),
    unitPriceMinor: line.amount("Lineitem price", currency) ?? line.refuse("Lineitem price", "there is no amount"),
    discountMinor: line.amount("Lineitem discount", currency) ?? 0,
  };
}

function readEmail(line: ExportLine): string {
  const email = line.text("Email").toLowerCase();
  if (email !== "" && !email.includes("@")) line.refuse("Email", `${quote(line.text("Email"))} is not an e-mail address`);
  return email;
}

function readCountry(line: ExportLine): string | null {
  const code = line.text("Shipping Country") || line.text("Billing Country");
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

const splitList = (text: string): string[] => text.split(",").map((entry) => entry.trim()).filter(Boolean);
