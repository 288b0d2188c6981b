import { expect, test } from "vitest";
import { differenceOf, weighed } from "./difference.ts";

test("Newcombe's own example: 56 of 70 against 48 of 80 differ by 0.0524 to 0.3339", () => {
  const found = differenceOf({ successes: 48, trials: 80 }, { successes: 56, trials: 70 });
  expect(found?.value).toBeCloseTo(0.2, 12);
  expect(found?.low).toBeCloseTo(0.0524, 3);
  expect(found?.high).toBeCloseTo(0.3339, 3);
  expect(found?.verdict).toBe("higher");
});

test("a small difference of small cohorts is chance, and of nobody nothing can be said", () => {
  expect(differenceOf({ successes: 3, trials: 20 }, { successes: 5, trials: 20 })?.verdict).toBe("chance");
  expect(differenceOf({ successes: 300, trials: 1_000 }, { successes: 100, trials: 1_000 })?.verdict).toBe("lower");
  expect(differenceOf({ successes: 0, trials: 0 }, { successes: 1, trials: 2 })).toBeNull();
});

test("a second group is weighed as the first came, over the months that have both", () => {
  // 100 came in May and 300 in June; of the others 20 % of 50 in May and 40 % of 100 in June; July has none of the first, August none of the others
  const { one, other } = weighed([
    { one: { successes: 30, trials: 100 }, other: { successes: 10, trials: 50 } }, { one: { successes: 60, trials: 300 }, other: { successes: 40, trials: 100 } },
    { one: { successes: 0, trials: 0 }, other: { successes: 9, trials: 9 } }, { one: { successes: 5, trials: 5 }, other: { successes: 0, trials: 0 } },
  ]);
  expect(one).toEqual({ successes: 90, trials: 400 });
  expect(other.successes / other.trials).toBeCloseTo(0.25 * 0.2 + 0.75 * 0.4, 12);
  expect(other.trials).toBeCloseTo(1 / (0.25 ** 2 / 50 + 0.75 ** 2 / 100), 9);
  expect(weighed([]).other.trials).toBe(0);
});
