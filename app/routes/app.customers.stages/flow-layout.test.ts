import { expect, test } from "vitest";
import { STAGES } from "../../capabilities/profiles/model.ts";
import { bandPath, changeOf, countChanges, layOutFlow, listMovements, STANDING, type Movement } from "./flow-layout.ts";

const movements: Movement[] = [
  { from: "active", to: "at_risk", customers: 10 }, { from: "active", to: "active", customers: 30 }, { from: "at_risk", to: "active", customers: 5 }, { from: "prospect", to: "new", customers: 15 },
];
const frame = { height: 400, gap: 10, nodeMin: 20 };
const { left, right, ribbons } = layOutFlow(movements, frame);

test("every stage has its place, and each node the customers who were in it", () => {
  expect([...STANDING].sort()).toEqual([...STAGES].sort());
  expect(left.map(({ stage, customers }) => [stage, customers])).toEqual([["active", 40], ["at_risk", 5], ["prospect", 15]]);
  expect(right.map(({ stage, customers }) => [stage, customers])).toEqual([["active", 35], ["new", 15], ["at_risk", 10]]);
});

test.each([["left", left], ["right", right]] as const)("the %s side fills the height, none overlap, and none is too low for its name", (_side, nodes) => {
  expect((nodes.at(-1)?.top ?? 0) + (nodes.at(-1)?.height ?? 0)).toBeCloseTo(frame.height);
  for (const [index, node] of nodes.entries()) {
    expect(node.height).toBeGreaterThanOrEqual(frame.nodeMin);
    expect(node.top).toBeCloseTo(index === 0 ? 0 : (nodes[index - 1]?.top ?? 0) + (nodes[index - 1]?.height ?? 0) + frame.gap);
  }
});

test("ribbons fill their nodes from top to bottom, without a gap", () => {
  for (const [nodes, side] of [[left, "from"], [right, "to"]] as const) {
    for (const node of nodes) {
      const ends = ribbons.filter((ribbon) => ribbon[side] === node.stage).map((ribbon) => (side === "from" ? { top: ribbon.fromTop, height: ribbon.fromHeight } : { top: ribbon.toTop, height: ribbon.toHeight })).toSorted((one, other) => one.top - other.top);
      expect(ends[0]?.top).toBeCloseTo(node.top);
      expect(ends.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(node.height);
    }
  }
});

test("movements are better, worse, none, or a first order", () => {
  expect(countChanges(movements)).toEqual({ stayed: 30, better: 5, worse: 10, joined: 15 });
  expect(changeOf({ from: "new", to: "one_time" })).toBe("worse");
  expect(changeOf({ from: "one_time", to: "active" })).toBe("better");
  expect(changeOf({ from: "prospect", to: "vip" })).toBe("joined");
});

test("the table has who bought once, and who is new, apart from who came again", () => {
  const once: Movement = { from: "one_time", to: "one_time", customers: 900 };
  expect(listMovements([once, ...movements])).toEqual({ together: [movements[1], movements[0], movements[2]], apart: [once, movements[3]] });
});

test("a month in which nobody was there is drawn as nothing", () => {
  expect(layOutFlow([], frame)).toEqual({ left: [], right: [], ribbons: [] });
});

test("a band is a closed shape between its edges", () => {
  expect(bandPath({ fromTop: 0, fromHeight: 10, toTop: 20, toHeight: 5 }, 100)).toBe("M0 0C50 0 50 20 100 20V25C50 25 50 10 0 10Z");
});
