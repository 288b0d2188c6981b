// A thousand shops whose truth is known: the intervals of what people did next hold it at least 93 times in a hundred, whatever kind of shop.
import { describe, expect, test } from "vitest";
import { createChance, type Chance } from "../../../../sandbox/shop/chance.ts";
import { ANSWERED, SILENT, type Estimate, type Measured, type StratumSums } from "../model/results.ts";
import { outcomesOf } from "./outcomes.ts";

const SHOPS = 1_000;
const HOLDS = 0.93;
const SEEN = SHOPS / 5; // an answer shown in fewer shops says little of how often it holds
const KEYS = ["glad", "neither", "cross"] as const;
const DAYS = 90;

/** Of each kind of customer (rules/weights.ts, stratumOf): their share of those asked, how likely they answer, how much they buy, and what they say. */
type Kind = { stratum: number; asked: number; answers: number; buys: number; says: Record<(typeof KEYS)[number], number> };
const KINDS: [Kind, ...Kind[]] = [
  { stratum: 0, asked: 0.06, answers: 0.4, buys: 0.3, says: { glad: 0.3, neither: 0.3, cross: 0.4 } },
  { stratum: 1, asked: 0.15, answers: 0.5, buys: 0.3, says: { glad: 0.2, neither: 0.3, cross: 0.5 } },
  { stratum: 2, asked: 0.15, answers: 0.8, buys: 0.6, says: { glad: 0.3, neither: 0.3, cross: 0.4 } },
  { stratum: 3, asked: 0.18, answers: 1, buys: 1, says: { glad: 0.4, neither: 0.3, cross: 0.3 } },
  { stratum: 4, asked: 0.12, answers: 1.4, buys: 1.6, says: { glad: 0.4, neither: 0.4, cross: 0.2 } },
  { stratum: 5, asked: 0.08, answers: 1.1, buys: 1, says: { glad: 0.4, neither: 0.2, cross: 0.4 } },
  { stratum: 6, asked: 0.06, answers: 0.7, buys: 0.5, says: { glad: 0.3, neither: 0.2, cross: 0.5 } },
  { stratum: 7, asked: 0.05, answers: 0.9, buys: 0.8, says: { glad: 0.4, neither: 0.1, cross: 0.5 } },
  { stratum: 8, asked: 0.07, answers: 1.6, buys: 1.8, says: { glad: 0.5, neither: 0.3, cross: 0.2 } },
  { stratum: 9, asked: 0.08, answers: 2, buys: 3, says: { glad: 0.6, neither: 0.2, cross: 0.2 } },
];
const BUYS_MORE = { glad: 1.5, neither: 1, cross: 0.6 };

/** `answers` and `orders` of a usual customer; `unequal`: how many times as many orders one of them makes, each as likely; `sigma` of what an order is worth. */
type World = { name: string; asked: number; answers: number; orders: number; unequal: [number, ...number[]]; sigma: number };
const WORLDS: World[] = [
  { name: "a small shop of eager customers", asked: 400, answers: 0.3, orders: 0.4, unequal: [0.4, 1.6], sigma: 0.6 },
  { name: "a shop where one in ten answers", asked: 2_000, answers: 0.1, orders: 0.25, unequal: [0, 1, 2], sigma: 0.8 },
  { name: "a shop of few and very unequal orders", asked: 2_000, answers: 0.15, orders: 0.15, unequal: [0, 0, 0.5, 3.5], sigma: 1 },
  { name: "a larger shop", asked: 4_000, answers: 0.2, orders: 0.3, unequal: [0, 0.5, 2.5], sigma: 0.9 },
];
const WORTH_MINOR = 3_000; // the median order

/** What all customers like these would do: the share that orders, and their mean revenue. */
function truthOf({ orders, unequal, sigma }: World, key: (typeof KEYS)[number]) {
  const groups = KINDS.flatMap(({ asked, says, buys }) => unequal.map((times) => ({ weight: asked * says[key], rate: orders * buys * BUYS_MORE[key] * times })));
  const meanOf = (of: (rate: number) => number): number => groups.reduce((sum, { weight, rate }) => sum + weight * of(rate), 0) / groups.reduce((sum, { weight }) => sum + weight, 0);
  return { share: meanOf((rate) => 1 - Math.exp(-rate)), revenue: meanOf((rate) => rate * WORTH_MINOR * Math.exp(sigma ** 2 / 2)) };
}

function drawShop({ asked, answers, orders, unequal, sigma }: World, chance: Chance): StratumSums[] {
  const rows = new Map<string, StratumSums>();
  const count = (key: string, stratum: number, bought: number, spent: number): void => {
    const row = rows.get(`${key} ${stratum}`) ?? { key, stratum, days: DAYS, waiting: 0, people: 0, repurchased: 0, revenue: 0, revenueSquares: 0, revenueCubes: 0 };
    rows.set(`${key} ${stratum}`, {
      ...row, people: row.people + 1, repurchased: row.repurchased + Math.min(1, bought), revenue: row.revenue + spent, revenueSquares: row.revenueSquares + spent ** 2, revenueCubes: row.revenueCubes + spent ** 3,
    });
  };
  for (let person = 0; person < asked; person += 1) {
    const kind = chance.weigh(KINDS, (one) => one.asked);
    if (!chance.isTrue(answers * kind.answers)) {
      count(SILENT, kind.stratum, 0, 0);
      continue;
    }
    const key = chance.weigh(KEYS, (one) => kind.says[one]);
    const bought = chance.poisson(orders * kind.buys * BUYS_MORE[key] * chance.pick(unequal));
    const spent = Array.from({ length: bought }, () => Math.round(WORTH_MINOR * chance.logNormal(sigma))).reduce((sum, minor) => sum + minor, 0);
    for (const group of [key, ANSWERED]) count(group, kind.stratum, bought, spent);
  }
  return [...rows.values()];
}

describe.each(WORLDS)("$name", (world) => {
  const said = KEYS.flatMap((key) => (["share", "revenue"] as const).map((figure) => ({ key, figure, truth: truthOf(world, key)[figure], shown: 0, held: 0 })));

  test("shares and revenue hold the truth, for each answer", { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= SHOPS; seed += 1) {
      const rows = outcomesOf(KEYS, drawShop(world, createChance(seed)));
      for (const one of said) {
        const measured = rows.find(({ key }) => key === one.key)?.outcomes.find(({ days }) => days === DAYS)?.[one.figure];
        if (isKnown(measured)) Object.assign(one, { shown: one.shown + 1, held: one.held + Number(measured.low <= one.truth && one.truth <= measured.high) });
      }
    }
    const seen = said.filter(({ shown }) => shown >= SEEN);
    expect(new Set(seen.map(({ figure }) => figure))).toEqual(new Set(["share", "revenue"]));
    for (const one of seen) expect(one.held / one.shown, JSON.stringify(one)).toBeGreaterThanOrEqual(HOLDS);
  });
});

const isKnown = (measured: Measured | undefined): measured is { isKnown: true } & Estimate => measured?.isKnown === true;
