// How long customers wait until their next order, with those who still wait: E. L. Kaplan & P. Meier, Journal of the American Statistical Association 53 (1958) 457-481.

/** Of everybody who placed an order: after how many days the next one came, and since how many days the others wait. Days are whole, 0 is the same day. */
export type Waits = { came: readonly { days: number; orders: number }[]; waiting: readonly { days: number; customers: number }[] };

/** `survival`: the share still without the next order at the day's end, 0 to 1; `low` and `high`: where the true share lies, 95 times of 100, null before the first event and once nobody waits. */
export type SurvivalDay = { day: number; /** with so long a wait seen, the day itself included */ atRisk: number; events: number; survival: number; low: number | null; high: number | null; /** of ln survival, Greenwood's sum */ logVariance: number };

/** Every day from 0 to the longest wait there is; who is censored on a day was at risk on it. Empty: nobody. */
export function survivalOf({ came, waiting }: Waits): SurvivalDay[] {
  const [events, censored] = [new Map<number, number>(), new Map<number, number>()];
  for (const { days, orders } of came) events.set(days, (events.get(days) ?? 0) + orders);
  for (const { days, customers } of waiting) censored.set(days, (censored.get(days) ?? 0) + customers);
  let atRisk = sum(events.values()) + sum(censored.values());
  let [survival, logVariance] = [1, 0];
  const days: SurvivalDay[] = [];
  for (let day = 0; atRisk > 0; day += 1) {
    const here = events.get(day) ?? 0;
    survival *= 1 - here / atRisk;
    if (here > 0) logVariance += here / (atRisk * (atRisk - here)); // M. Greenwood, Reports on Public Health 33 (1926); infinite where all came
    days.push({ day, atRisk, events: here, survival, ...bandOf(survival, logVariance), logVariance });
    atRisk -= here + (censored.get(day) ?? 0);
  }
  return days;
}

export const TWO_SIDED_95 = 1.959963984540054; // the normal distribution's 97.5 % quantile

/** On the scale of ln(-ln survival), which keeps it between 0 and 1: Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data (1980), 1.3. */
function bandOf(survival: number, logVariance: number): { low: number | null; high: number | null } {
  if (survival === 1 || survival === 0) return { low: null, high: null };
  const reach = (TWO_SIDED_95 * Math.sqrt(logVariance)) / Math.abs(Math.log(survival));
  return { low: survival ** Math.exp(reach), high: survival ** Math.exp(-reach) };
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
