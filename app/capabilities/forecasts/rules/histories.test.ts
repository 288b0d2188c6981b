import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupHistories, toHistory, type Purchases } from "./histories.ts";

const histories = fc.array(fc.tuple(fc.nat(6), fc.nat(20), fc.nat(20)).map(([times, active, silent]): Purchases => {
  const repeats = Math.min(times, active);
  return { repeats, recencyDays: repeats === 0 ? 0 : active, ageDays: (repeats === 0 ? 0 : active) + silent };
}), { maxLength: 80 });

test("every kind is counted once, however often and in whatever order it comes", () => {
  fc.assert(fc.property(histories, (customers) => {
    const { groupCount, repeats, recencyDays, ageDays, counts, ...sums } = groupHistories(customers);
    const told = Array.from({ length: groupCount }, (_, index) => `${repeats[index]} ${recencyDays[index]} ${ageDays[index]} x ${counts[index]}`);
    const expected = Object.entries(Object.groupBy(customers, ({ repeats: x, recencyDays: t, ageDays: age }) => `${x} ${t} ${age}`)).map(([kind, alike]) => `${kind} x ${alike?.length}`);
    expect(told.sort()).toEqual(expected.sort());
    expect(ageDays).toEqual(ageDays.toSorted());
    expect(sums).toMatchObject({ customerCount: customers.length, repeaterCount: customers.filter((customer) => customer.repeats > 0).length, oldestAgeDays: Math.max(0, ...customers.map((customer) => customer.ageDays)) });
  }));
});

describe("the pace of half of the repeaters", () => {
  const came = (repeats: number, recencyDays: number): Purchases => ({ repeats, recencyDays, ageDays: recencyDays });
  test("is the median of their own mean gaps", () => {
    expect(groupHistories([came(1, 10), came(2, 60), came(3, 270), came(0, 0)]).medianGapDays).toBe(30);
    expect(groupHistories([came(1, 10), came(1, 10), came(1, 10), came(2, 60)]).medianGapDays).toBe(10);
    expect(groupHistories([came(0, 0)]).medianGapDays).toBeNull();
  });
});

test.each<Purchases>([
  { repeats: 2, recencyDays: 1, ageDays: 9 }, { repeats: 1, recencyDays: 10, ageDays: 9 }, { repeats: 0, recencyDays: 3, ageDays: 9 }, { repeats: 1, recencyDays: 2.5, ageDays: 9 }, { repeats: -1, recencyDays: 0, ageDays: 9 }, { repeats: 0, recencyDays: 0, ageDays: 1e6 },
])("%o cannot be", (customer) => expect(() => groupHistories([customer])).toThrow());

test("days become weeks", () => expect(toHistory({ repeats: 2, recencyDays: 14, ageDays: 21 })).toEqual({ repeats: 2, recency: 2, age: 3 }));
