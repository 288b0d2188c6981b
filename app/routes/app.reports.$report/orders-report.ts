// Counted orders of a range, the newest first.
import type { ListedOrder } from "../../capabilities/analytics/model.ts";
import type { OrderChoice } from "../../ui/order-query.ts";
import { toDecimal } from "../../values/money.ts";
import type { Report, Row } from "./report.ts";

export const ordersReport = ({ range, kind }: OrderChoice, pages: AsyncIterable<ListedOrder[]>, currency: string): Report => ({
  name: "orders",
  fileName: `regulars-orders-${range.from}-${range.to}`,
  about: { from: range.from, to: range.to, kind, currency },
  columns: [{ name: "order_id", type: "text" }, { name: "name", type: "text" }, { name: "day", type: "day" }, { name: "customer_id", type: "text" }, { name: "place", type: "integer" }, { name: "revenue", type: "decimal" }],
  rows: rowsOf(pages, currency),
});

async function* rowsOf(pages: AsyncIterable<ListedOrder[]>, currency: string): AsyncGenerator<Row[]> {
  for await (const page of pages) {
    yield page.map(({ orderId, name, day, customerId, place, revenueMinor }) => [String(orderId), name, day, customerId === null ? null : String(customerId), customerId === null ? null : place, toDecimal({ minor: revenueMinor, currency })]);
  }
}
