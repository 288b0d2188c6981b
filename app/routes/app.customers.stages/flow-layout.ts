// Where the ribbons of a flow chart run: last month's stages on the left, this month's on the right.
import type { Flow, Stage } from "../../capabilities/profiles/model.ts";

/** From the best standing to the worst; who is not a customer yet comes in from below. */
export const STANDING = ["vip", "regular", "active", "new", "slipping", "at_risk", "one_time", "lapsed", "lost", "prospect"] as const satisfies readonly Stage[];

/** Not a standing among those who come back: most buy once, so that their sums would hide everybody else's. */
export const APART = ["one_time", "prospect"] as const satisfies readonly Stage[];

/** stayed: the same stage · joined: the first order · better and worse: by their standing */
export const CHANGES = ["stayed", "better", "worse", "joined"] as const;
export type Change = (typeof CHANGES)[number];

export type Movement = Pick<Flow, "from" | "to" | "customers">;
export type FlowNode = { stage: Stage; customers: number; top: number; height: number };
export type Ribbon = Movement & { change: Change; fromTop: number; fromHeight: number; toTop: number; toHeight: number };
export type FlowLayout = { left: FlowNode[]; right: FlowNode[]; ribbons: Ribbon[] };

type Frame = { height: number; gap: number; /** of a node, so that its name has room */ nodeMin: number };

export function changeOf({ from, to }: Pick<Flow, "from" | "to">): Change {
  if (from === "prospect") return "joined";
  if (from === to) return "stayed";
  return STANDING.indexOf(to) < STANDING.indexOf(from) ? "better" : "worse";
}

/** For the table: by where they began, the largest first; who began among those apart comes apart. */
export function listMovements(movements: readonly Movement[]): { together: Movement[]; apart: Movement[] } {
  const sorted = movements.toSorted((one, other) => placeOf(one.from) - placeOf(other.from) || other.customers - one.customers);
  return { together: sorted.filter(({ from }) => !isApart(from)), apart: sorted.filter(({ from }) => isApart(from)) };
}

export const isApart = (stage: Stage): boolean => APART.some((one) => one === stage);

export const countChanges = (movements: readonly Movement[]): Record<Change, number> => {
  const counts = { stayed: 0, better: 0, worse: 0, joined: 0 };
  for (const movement of movements) counts[changeOf(movement)] += movement.customers;
  return counts;
};

export function layOutFlow(movements: readonly Movement[], frame: Frame): FlowLayout {
  const left = nodesOf(movements, "from", frame);
  const right = nodesOf(movements, "to", frame);
  const ordered = movements.toSorted((one, other) => placeOf(one.from) - placeOf(other.from) || placeOf(one.to) - placeOf(other.to)); // so that ribbons of a node cross as little as they can
  const [usedLeft, usedRight] = [new Map<Stage, number>(), new Map<Stage, number>()];
  const ribbons = ordered.map((movement): Ribbon => {
    const [fromTop, fromHeight] = take(left, usedLeft, movement.from, movement.customers);
    const [toTop, toHeight] = take(right, usedRight, movement.to, movement.customers);
    return { ...movement, change: changeOf(movement), fromTop, fromHeight, toTop, toHeight };
  });
  return { left, right, ribbons };
}

const placeOf = (stage: Stage): number => STANDING.indexOf(stage);

/** Nodes share the height by their customers, each at least as high as its name. */
function nodesOf(movements: readonly Movement[], side: "from" | "to", { height, gap, nodeMin }: Frame): FlowNode[] {
  const counts = new Map<Stage, number>();
  for (const movement of movements) counts.set(movement[side], (counts.get(movement[side]) ?? 0) + movement.customers);
  const stages = STANDING.filter((stage) => (counts.get(stage) ?? 0) > 0);
  const total = stages.reduce((sum, stage) => sum + (counts.get(stage) ?? 0), 0);
  const room = Math.max(0, height - gap * (stages.length - 1) - nodeMin * stages.length);
  let top = 0;
  return stages.map((stage) => {
    const customers = counts.get(stage) ?? 0;
    const node = { stage, customers, top, height: nodeMin + (room * customers) / total };
    top += node.height + gap;
    return node;
  });
}

function take(nodes: readonly FlowNode[], used: Map<Stage, number>, stage: Stage, customers: number): [top: number, height: number] {
  const node = nodes.find((one) => one.stage === stage);
  if (node === undefined) return [0, 0];
  const before = used.get(stage) ?? 0;
  used.set(stage, before + customers);
  return [node.top + (node.height * before) / node.customers, (node.height * customers) / node.customers];
}

/** A band between two edges, bent once on its way; x from 0 to `width`. */
export function bandPath({ fromTop, fromHeight, toTop, toHeight }: Pick<Ribbon, "fromTop" | "fromHeight" | "toTop" | "toHeight">, width: number): string {
  const half = width / 2;
  const at = (value: number): string => String(Math.round(value * 100) / 100);
  return `M0 ${at(fromTop)}C${half} ${at(fromTop)} ${half} ${at(toTop)} ${width} ${at(toTop)}V${at(toTop + toHeight)}C${half} ${at(toTop + toHeight)} ${half} ${at(fromTop + fromHeight)} 0 ${at(fromTop + fromHeight)}Z`;
}
