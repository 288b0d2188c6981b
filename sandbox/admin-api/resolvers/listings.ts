// Lists and counts of orders, customers and products: search terms become filters of the shop's state, the rest is looked at row by row.

import type { CustomerDoc, CustomerFilter, OrderDoc, OrderFilter, Page, ProductDoc, ProductFilter } from "../../shop/model.ts";
import { connect, readPageWish, sortPage, type Connection, type Cursor } from "../connections.ts";
import { compareIds, isId } from "../gids.ts";
import { isWithin, narrow, parseSearch, refuseSearch, toBounds, type Bounds, type Term } from "../search.ts";
import { asNode, type ApiContext, type Arguments } from "./field-table.ts";

type Row = { id: string; createdAt: string; updatedAt: string };
type Filter = { ids?: string[]; updatedAtMin?: string; updatedAtMax?: string };
export type Selection<T, F> = { filter: F; tests: ((row: T) => boolean)[] };
type Source<T> = { each(): Iterable<T>; list(page: Page): T[]; count(): number; tests: ((row: T) => boolean)[] };

export const listOrders = (context: ApiContext, args: Arguments, base: OrderFilter = {}): Connection<OrderDoc> =>
  listPage("Order", sourceOfOrders(context, args.query, base), args, { PROCESSED_AT: (order) => order.processedAt });
export const listCustomers = (context: ApiContext, args: Arguments): Connection<CustomerDoc> => listPage("Customer", sourceOfCustomers(context, args.query), args, {});
export const listProducts = (context: ApiContext, args: Arguments): Connection<ProductDoc> =>
  listPage("Product", sourceOfProducts(context, args.query), args, { TITLE: (product) => product.title });

export const countOrders = (context: ApiContext, args: Arguments): Count => countRows(sourceOfOrders(context, args.query, {}), args);
export const countCustomers = (context: ApiContext, args: Arguments): Count => countRows(sourceOfCustomers(context, args.query), args);
export const countProducts = (context: ApiContext, args: Arguments): Count => countRows(sourceOfProducts(context, args.query), args);

export function sourceOfOrders({ state, ordersSince }: ApiContext, query: unknown, base: OrderFilter): Source<OrderDoc> {
  const { filter, tests } = selectOrders(query, { ...base, ...ordersSince });
  return { tests, each: () => state.eachOrder(filter), list: (page) => state.listOrders(filter, page), count: () => state.countOrders(filter) };
}

export function sourceOfCustomers({ state }: ApiContext, query: unknown): Source<CustomerDoc> {
  const { filter, tests } = selectCustomers(query);
  return { tests, each: () => state.eachCustomer(filter), list: (page) => state.listCustomers(filter, page), count: () => state.countCustomers(filter) };
}

export function sourceOfProducts({ state }: ApiContext, query: unknown): Source<ProductDoc> {
  const { filter, tests } = selectProducts(query);
  return { tests, each: () => state.eachProduct(filter), list: (page) => state.listProducts(filter, page), count: () => state.countProducts(filter) };
}

function selectOrders(query: unknown, base: OrderFilter): Selection<OrderDoc, OrderFilter> {
  const selection: Selection<OrderDoc, OrderFilter> = { filter: { ...base }, tests: [] };
  const { filter, tests } = selection;
  for (const term of termsOf(query)) {
    const value = term.value.toLowerCase();
    switch (term.field) {
      case "created_at": {
        const bounds = narrow(boundsOf(filter.createdAtMin, filter.createdAtMax), toBounds(term));
        if (bounds.min !== undefined) filter.createdAtMin = bounds.min;
        if (bounds.max !== undefined) filter.createdAtMax = bounds.max;
        break;
      }
      case "processed_at": tests.push((order) => isWithin(order.processedAt, toBounds(term))); break;
      case "customer_id": filter.customerId = exact(term).value; break;
      case "email": tests.push((order) => order.email?.toLowerCase() === exact(term).value.toLowerCase()); break;
      case "name": tests.push((order) => order.name.replace(/^#/, "") === exact(term).value.replace(/^#/, "")); break;
      case "tag": tests.push((order) => order.tags.some((tag) => tag.toLowerCase() === value)); break;
      case "test": tests.push((order) => String(order.test) === value); break;
      case "discount_code": tests.push((order) => order.discountCodes.some((code) => code.toLowerCase() === value)); break;
      case "financial_status": tests.push((order) => value.split(",").includes(order.financialStatus.toLowerCase())); break;
      case "status": tests.push(testStatus(exact(term).value)); break;
      default: applyCommonTerm(term, selection);
    }
  }
  return selection;
}

/** The pretend shop never archives an order, so what is not cancelled is open. */
function testStatus(status: string): (order: OrderDoc) => boolean {
  switch (status) {
    case "any": return () => true;
    case "open": case "not_closed": return (order) => order.cancelledAt === null;
    case "closed": return () => false;
    case "cancelled": return (order) => order.cancelledAt !== null;
    default: throw refuseSearch(`status:${status}`);
  }
}

function selectCustomers(query: unknown): Selection<CustomerDoc, CustomerFilter> {
  const selection: Selection<CustomerDoc, CustomerFilter> = { filter: {}, tests: [] };
  for (const term of termsOf(query)) {
    const value = term.value.toLowerCase();
    switch (term.field) {
      case "email": selection.filter.email = exact(term).value; break;
      case "customer_date": case "created_at": selection.tests.push((customer) => isWithin(customer.createdAt, toBounds(term))); break;
      case "country": selection.tests.push((customer) => customer.countryCode?.toLowerCase() === value); break;
      case "state": selection.tests.push((customer) => customer.state.toLowerCase() === value); break;
      case "tag": selection.tests.push((customer) => customer.tags.some((tag) => tag.toLowerCase() === value)); break;
      default: applyCommonTerm(term, selection);
    }
  }
  return selection;
}

function selectProducts(query: unknown): Selection<ProductDoc, ProductFilter> {
  const selection: Selection<ProductDoc, ProductFilter> = { filter: {}, tests: [] };
  for (const term of termsOf(query)) {
    const value = term.value.toLowerCase();
    switch (term.field) {
      case "created_at": selection.tests.push((product) => isWithin(product.createdAt, toBounds(term))); break;
      case "status": selection.tests.push((product) => value.split(",").includes(product.status.toLowerCase())); break;
      case "product_type": selection.tests.push((product) => product.productType.toLowerCase() === value); break;
      case "vendor": selection.tests.push((product) => product.vendor.toLowerCase() === value); break;
      case "tag": selection.tests.push((product) => product.tags.some((tag) => tag.toLowerCase() === value)); break;
      default: applyCommonTerm(term, selection);
    }
  }
  return selection;
}

function applyCommonTerm<T extends Row>(term: Term, { filter, tests }: Selection<T, Filter>): void {
  switch (term.field) {
    case "updated_at": {
      const bounds = narrow(boundsOf(filter.updatedAtMin, filter.updatedAtMax), toBounds(term));
      if (bounds.min !== undefined) filter.updatedAtMin = bounds.min;
      if (bounds.max !== undefined) filter.updatedAtMax = bounds.max;
      return;
    }
    case "id": {
      if (!term.value.split(",").every(isId)) throw refuseSearch(`id:${term.value} is not a number`);
      if (term.operator === ":") filter.ids = term.value.split(",");
      else tests.push((row) => isInOrder(compareIds(row.id, term.value), term.operator));
      return;
    }
    default: throw refuseSearch(`"${term.field}" is not a filter it knows`);
  }
}

const isInOrder = (order: number, operator: Term["operator"]): boolean =>
  operator === ">" ? order > 0 : operator === ">=" ? order >= 0 : operator === "<" ? order < 0 : order <= 0;

const termsOf = (query: unknown): Term[] => parseSearch(typeof query === "string" ? query : null);

const boundsOf = (min: string | undefined, max: string | undefined): Bounds => ({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) });

function exact(term: Term): Term {
  if (term.operator !== ":") throw refuseSearch(`${term.field}${term.operator}`);
  return term;
}

const ROWS_PER_READ = 250;

/** `extraKeys` are sort keys the shop's state has no index for: for those every row is looked at. */
function listPage<T extends Row>(typeName: string, source: Source<T>, args: Arguments, extraKeys: Readonly<Record<string, (row: T) => string>>): Connection<T> {
  const sortKey = String(args.sortKey);
  const extraKey = extraKeys[sortKey];
  const keyOf = extraKey ?? keyOfRow(sortKey);
  const cursorOf = (row: T): Cursor => ({ key: keyOf(row), id: row.id });
  const passes = (row: T): boolean => source.tests.every((test) => test(row));
  const page = connect<T>(readPageWish(args), cursorOf, ({ first, after, reverse }) => {
    if (extraKey) return sortPage(filterRows(source.each(), passes), cursorOf, { first, after, reverse });
    const found: T[] = [];
    for (let from = after; found.length < first; ) {
      const rows = source.list({ sortKey: toStateKey(sortKey), reverse, first: source.tests.length > 0 ? ROWS_PER_READ : first, after: from });
      found.push(...rows.filter(passes));
      const last = rows.at(-1);
      if (last === undefined || source.tests.length === 0 || rows.length < ROWS_PER_READ) break;
      from = cursorOf(last);
    }
    return found.slice(0, first);
  });
  for (const node of page.nodes) asNode(typeName, node);
  return page;
}

function keyOfRow(sortKey: string): (row: Row) => string {
  switch (toStateKey(sortKey)) {
    case "ID": return (row) => row.id;
    case "UPDATED_AT": return (row) => row.updatedAt;
    case "CREATED_AT": return (row) => row.createdAt;
  }
}

function toStateKey(sortKey: string): Page["sortKey"] {
  if (sortKey === "ID" || sortKey === "UPDATED_AT" || sortKey === "CREATED_AT") return sortKey;
  throw refuseSearch(`sortKey ${sortKey}`);
}

function* filterRows<T>(rows: Iterable<T>, passes: (row: T) => boolean): Iterable<T> {
  for (const row of rows) if (passes(row)) yield row;
}

type Count = { count: number; precision: "EXACT" | "AT_LEAST" };

function countRows<T>(source: Source<T>, args: Arguments): Count {
  let count = 0;
  if (source.tests.length === 0) count = source.count();
  else for (const row of source.each()) if (source.tests.every((test) => test(row))) count += 1;
  const limit = typeof args.limit === "number" ? args.limit : Number.POSITIVE_INFINITY;
  return count > limit ? { count: limit, precision: "AT_LEAST" } : { count, precision: "EXACT" };
}
