// Chance that can be repeated: one seed, one history.

export type Chance = {
  /** 0 up to, but not including, 1 */
  next(): number;
  isTrue(probability: number): boolean;
  between(min: number, max: number): number;
  /** a whole number from min to max, both included */
  whole(min: number, max: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** an item by its weight; weights of 0 are never taken unless all are 0 */
  weigh<T>(items: readonly [T, ...T[]], weightOf: (item: T) => number): T;
  normal(): number;
  /** times a median: half of the answers are below 1 */
  logNormal(sigma: number): number;
  beta(a: number, b: number): number;
  poisson(mean: number): number;
};

/** sfc32 by Chris Doty-Humphrey (public domain), seeded by mixing one number into four. */
export function createChance(seed: number): Chance {
  const mix = createMixer(seed);
  let [a, b, c, counter] = [mix(), mix(), mix(), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next(); // until the seed is spread over all bits
  return takeChance(next);
}

/** Any source of numbers from 0 to 1, such as Math.random. */
export function takeChance(next: () => number): Chance {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const gamma = (shape: number): number => sampleGamma(shape, next, normal);
  const whole = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    isTrue: (probability) => next() < probability,
    between: (min, max) => min + next() * (max - min),
    whole,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    weigh: (items, weightOf) => {
      let left = next() * items.reduce((sum, item) => sum + weightOf(item), 0);
      for (const item of items) if ((left -= weightOf(item)) < 0) return item;
      return items[0];
    },
    normal,
    logNormal: (sigma) => Math.exp(sigma * normal()),
    beta: (a, b) => {
      const x = gamma(a);
      return x / (x + gamma(b));
    },
    poisson: (mean) => samplePoisson(mean, next, normal),
  };
}

/** Marsaglia and Tsang (2000), with their boost for shapes below 1. */
function sampleGamma(shape: number, next: () => number, normal: () => number): number {
  if (shape < 1) return sampleGamma(shape + 1, next, normal) * (1 - next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

const POISSON_BY_COUNTING_MAX = 50; // beyond, counting takes long and the normal distribution is close

function samplePoisson(mean: number, next: () => number, normal: () => number): number {
  if (mean > POISSON_BY_COUNTING_MAX) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > limit; product *= next()) count += 1;
  return count;
}

/** splitmix32 */
function createMixer(seed: number): () => number {
  let state = Math.trunc(seed) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
