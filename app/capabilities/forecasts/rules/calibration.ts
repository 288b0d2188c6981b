// Whether chances come true: of those told 30 %, did three of ten order?
import { rank, type Outcomes } from "./auc.ts";
import { wilson, type Interval } from "./wilson.ts";

export type CalibrationGroup = { customerCount: number; predictedMean: number; happenedShare: number } & Interval;

const TENTHS = 10;

/** Tenths by what was predicted, lowest first, with the share that happened and its 95 % interval. Equal predictions stay together, so there may be fewer than ten. */
export function calibrationOf({ predicted, happened }: Outcomes): CalibrationGroup[] {
  const ascending = rank(predicted);
  const tenths = Array.from({ length: TENTHS }, () => ({ customerCount: 0, predictedSum: 0, happenedCount: 0 }));
  let firstOfEqual = 0;
  for (const [position, index] of ascending.entries()) {
    if (predicted[index] !== predicted[ascending[firstOfEqual] ?? 0]) firstOfEqual = position;
    const tenth = tenths[Math.floor((firstOfEqual * TENTHS) / ascending.length)];
    if (!tenth) continue;
    tenth.customerCount += 1;
    tenth.predictedSum += predicted[index] ?? 0;
    tenth.happenedCount += happened[index] ?? 0;
  }
  return tenths.filter(({ customerCount }) => customerCount > 0).map(({ customerCount, predictedSum, happenedCount }) =>
    ({ customerCount, predictedMean: predictedSum / customerCount, happenedShare: happenedCount / customerCount, ...wilson({ successes: happenedCount, trials: customerCount }) }));
}

/** Brier (1950): the mean squared distance between chance and truth; 0 is a prophet, 0.25 a coin. Null without customers. */
export function brierOf({ predicted, happened }: Outcomes): number | null {
  let sum = 0;
  for (let index = 0; index < predicted.length; index += 1) sum += ((predicted[index] ?? 0) - (happened[index] ?? 0)) ** 2;
  return predicted.length === 0 ? null : sum / predicted.length;
}
