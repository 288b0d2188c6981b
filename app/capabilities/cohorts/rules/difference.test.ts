import { expect, test } from "vitest";
import { differenceOf } from "./difference.ts";

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
