import fc from "fast-check";
import { expect, test } from "vitest";
import { createAgenda } from "./agenda.ts";

test("plans come soonest first, whenever they were made, and those of later stay", () => {
  fc.assert(fc.property(fc.array(fc.nat(1_000)), fc.array(fc.nat(1_000)), fc.nat(1_000), (before, after, endMs) => {
    const agenda = createAgenda(before.map((atMs) => ({ atMs })));
    for (const atMs of after) agenda.add({ atMs });
    const taken: number[] = [];
    for (let plan = agenda.takeBefore(endMs); plan; plan = agenda.takeBefore(endMs)) taken.push(plan.atMs);
    const all = [...before, ...after].sort((a, b) => a - b);
    expect(taken).toEqual(all.filter((atMs) => atMs < endMs));
    expect(agenda.list().map(({ atMs }) => atMs).sort((a, b) => a - b)).toEqual(all.filter((atMs) => atMs >= endMs));
  }));
});
