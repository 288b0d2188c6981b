// How well a prediction puts those who ordered above those who did not, and whether it does so better than another.

/** What was predicted of each customer; and of the same ones in the same order 1 for who then ordered, else 0. */
export type Outcomes = { predicted: ArrayLike<number>; happened: ArrayLike<number> };

/** The area under the receiver operating characteristic: the chance that one who ordered was put above one who did not, a tie counting half. */
export type Auc = { area: number; standardError: number; orderedCount: number; otherCount: number };

/** Null with fewer than two who ordered, or two who did not: one tells nothing about errors. */
export const aucOf = (outcomes: Outcomes): Auc | null => aucFrom(placementsOf(outcomes), outcomes.happened);

function aucFrom(placements: Float64Array, happened: ArrayLike<number>): Auc | null {
  const { ordered, others } = splitBy(happened, placements);
  if (ordered.length < 2 || others.length < 2) return null;
  return { area: meanOf(ordered), standardError: Math.sqrt(varianceOfMean(ordered) + varianceOfMean(others)), orderedCount: ordered.length, otherCount: others.length };
}

/** `difference` is the model's area less the baseline's. Both saw the same customers, so it is surer than its parts. */
export type AucComparison = { model: Auc; baseline: Auc; difference: number; standardError: number; isBetter: boolean };

const BETTER_Z = 1.959963984540054; // chance alone says "better" once in forty times

/** DeLong, DeLong & Clarke-Pearson (1988), "Comparing the Areas under Two or More Correlated Receiver Operating Characteristic Curves". */
export function compareAucs({ model, baseline, happened }: { model: ArrayLike<number>; baseline: ArrayLike<number>; happened: ArrayLike<number> }): AucComparison | null {
  const [ourPlacements, theirPlacements] = [placementsOf({ predicted: model, happened }), placementsOf({ predicted: baseline, happened })];
  const [ours, theirs] = [aucFrom(ourPlacements, happened), aucFrom(theirPlacements, happened)];
  if (!ours || !theirs) return null;
  const { ordered, others } = splitBy(happened, ourPlacements.map((placement, index) => placement - (theirPlacements[index] ?? 0)));
  const difference = ours.area - theirs.area;
  const standardError = Math.sqrt(varianceOfMean(ordered) + varianceOfMean(others));
  return { model: ours, baseline: theirs, difference, standardError, isBetter: difference > BETTER_Z * standardError };
}

/** Of each who ordered the share of the others put below them, of each other the share of those who ordered put above them. As in Sun & Xu (2014), "Fast Implementation of DeLong's Algorithm", one sort does for all pairs. */
function placementsOf({ predicted, happened }: Outcomes): Float64Array {
  const ascending = rank(predicted);
  const orderedCount = countOrdered(ascending, happened);
  const otherCount = ascending.length - orderedCount;
  const placements = new Float64Array(ascending.length);
  let [orderedBelow, othersBelow] = [0, 0];
  for (let start = 0, end = 0; start < ascending.length; start = end) {
    const value = predicted[ascending[start] ?? 0];
    while (end < ascending.length && predicted[ascending[end] ?? 0] === value) end += 1;
    const tied = ascending.subarray(start, end);
    const orderedTied = countOrdered(tied, happened);
    const othersTied = tied.length - orderedTied;
    for (const index of tied) placements[index] = happened[index] === 1 ? (othersBelow + othersTied / 2) / otherCount : 1 - (orderedBelow + orderedTied / 2) / orderedCount;
    orderedBelow += orderedTied;
    othersBelow += othersTied;
  }
  return placements;
}

/** The customers' places, the one with the lowest prediction first. */
export const rank = (predicted: ArrayLike<number>): Uint32Array =>
  new Uint32Array(predicted.length).map((_, index) => index).sort((one, other) => (predicted[one] ?? 0) - (predicted[other] ?? 0));

const countOrdered = (indexes: Uint32Array, happened: ArrayLike<number>): number => indexes.reduce((sum, index) => sum + (happened[index] ?? 0), 0);

const splitBy = (happened: ArrayLike<number>, values: Float64Array): { ordered: Float64Array; others: Float64Array } =>
  ({ ordered: values.filter((_, index) => happened[index] === 1), others: values.filter((_, index) => happened[index] !== 1) });

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function varianceOfMean(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length;
}
