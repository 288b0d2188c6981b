// Lines of a bulk file, children behind their parents, put together into snapshots.
import { z } from "zod";
import type { AnyId } from "../../values/ids.ts";
import type { CustomerSnapshot, OrderSnapshot, ProductSnapshot } from "../snapshots.ts";
import { parseCustomerNode } from "./customer.ts";
import { id, parseAs, ParseError, readEach, type Reading } from "./fields.ts";
import { parseOrderNode } from "./order.ts";
import { parseProductNode } from "./product.ts";

type Line = { line: unknown; endByte: number };
/** Lines as they arrive, some at a time: a million one by one would cost more in waiting than in reading. */
type Lines = AsyncIterable<Line[]>;
/** `endByte`: these and everything before them are whole; reading can go on there. */
export type Assembled<Snapshot> = Reading<Snapshot> & { endByte: number };

export const assembleOrders = (lines: Lines): AsyncGenerator<Assembled<OrderSnapshot>> => assemble(lines, "lineItems", parseOrderNode);
export const assembleCustomers = (lines: Lines): AsyncGenerator<Assembled<CustomerSnapshot>> => assemble(lines, null, parseCustomerNode);
export const assembleProducts = (lines: Lines, shop: { currency: string }): AsyncGenerator<Assembled<ProductSnapshot>> =>
  assemble(lines, "variants", (node) => parseProductNode(node, shop));

/** Of a file that holds ids alone. */
export async function* assembleIds(lines: Lines): AsyncGenerator<AnyId[]> {
  for await (const together of lines) yield together.map(({ line }) => parseAs("bulk line", idLine, line).id);
}
const idLine = z.object({ id: id<AnyId>() });

type Group = { id: unknown; parent: object; children: unknown[]; endByte: number };

async function* assemble<Snapshot>(lines: Lines, field: string | null, parse: (node: unknown) => Snapshot): AsyncGenerator<Assembled<Snapshot>> {
  const finish = (groups: Group[]): Assembled<Snapshot> =>
    ({ ...readEach(groups.map(({ parent, children }) => (field === null ? parent : { ...parent, [field]: { nodes: children } })), parse), endByte: groups.at(-1)?.endByte ?? 0 });
  let group: Group | undefined;
  for await (const together of lines) {
    const finished: Group[] = [];
    for (const line of together) {
      const next = addLine(group, line);
      if (group && next !== group) finished.push(group);
      group = next;
    }
    if (finished.length > 0) yield finish(finished);
  }
  if (group) yield finish([group]);
}

/** The group the line belongs to: the open one, or one it begins. */
function addLine(group: Group | undefined, { line, endByte }: Line): Group {
  if (typeof line !== "object" || line === null) throw new ParseError("bulk line", "", "wrong_kind");
  if (!("__parentId" in line)) return { id: "id" in line ? line.id : undefined, parent: line, children: [], endByte };
  // Grouping was asked for; without it an order would silently lose its lines.
  if (group === undefined || line.__parentId !== group.id) throw new ParseError("bulk line", "__parentId", "misplaced");
  group.children.push(line);
  group.endByte = endByte;
  return group;
}
