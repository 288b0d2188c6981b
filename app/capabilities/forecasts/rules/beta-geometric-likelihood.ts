// The log-likelihood of NBD, BG/NBD and MBG/NBD over a shop's histories, with exact first and second derivatives.
import digamma from "@stdlib/math-base-special-digamma";
import gammaln from "@stdlib/math-base-special-gammaln";
import trigamma from "@stdlib/math-base-special-trigamma";
import { timesAtRisk, type BetaGeometric, type BetaGeometricFamily } from "./beta-geometric.ts";
import { toWeeks, type HistoryGroups } from "./histories.ts";
import type { Surface } from "./summit.ts";

/**
 * With k times at risk, Fader, Hardie & Lee (2005), eq. 6, and Batislam, Denizel & Filiztekin (2007), eq. A3, are one:
 * ln L = ln G(r+x) - ln G(r) + r ln alpha - (r+x) ln(alpha+T) + ln B(a,b+k) - ln B(a,b) + ln(1 + e^u),
 * e^u = a/(b+k-1) ((alpha+T)/(alpha+t_x))^(r+x) being the odds that the customer has stopped, 0 where k = 0.
 */
export function betaGeometricLikelihood(family: BetaGeometricFamily, groups: HistoryGroups): (parameters: BetaGeometric) => Surface {
  const byRepeats = countByRepeats(groups);
  return (parameters) => {
    const counted = ofCounts(family, byRepeats, parameters);
    const timed = ofTimes(family, groups, parameters);
    return {
      value: counted.value + timed.value,
      gradient: counted.gradient.map((slope, i) => slope + (timed.gradient[i] ?? 0)),
      hessian: counted.hessian.map((row, i) => row.map((curve, j) => curve + (timed.hessian[i]?.[j] ?? 0))),
    };
  };
}

/** Customers by x: what depends on x alone is worked out once for all of them. */
function countByRepeats({ repeats, counts }: HistoryGroups): Map<number, number> {
  const byRepeats = new Map<number, number>();
  for (const [index, x] of repeats.entries()) byRepeats.set(x, (byRepeats.get(x) ?? 0) + (counts[index] ?? 0));
  return byRepeats;
}

/** ln G(r+x) - ln G(r) + r ln alpha + ln B(a,b+k) - ln B(a,b). */
function ofCounts(family: BetaGeometricFamily, byRepeats: Map<number, number>, { r, alpha, a, b }: BetaGeometric): Surface {
  let [value, dr, da, db, drr, daa, dbb, customers] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const [x, count] of byRepeats) {
    customers += count;
    value += count * (gammaln(r + x) - gammaln(r));
    dr += count * (digamma(r + x) - digamma(r));
    drr += count * (trigamma(r + x) - trigamma(r));
    const k = timesAtRisk(family, x);
    if (k === 0) continue;
    value += count * (gammaln(a + b) - gammaln(a + b + k) - gammaln(b) + gammaln(b + k));
    da += count * (digamma(a + b) - digamma(a + b + k));
    db += count * (digamma(b + k) - digamma(b));
    daa += count * (trigamma(a + b) - trigamma(a + b + k));
    dbb += count * (trigamma(b + k) - trigamma(b));
  }
  const perAlpha = customers / alpha;
  return {
    value: value + customers * r * Math.log(alpha),
    gradient: [dr + customers * Math.log(alpha), r * perAlpha, da, da + db],
    hessian: [[drr, perAlpha, 0, 0], [perAlpha, (-r * perAlpha) / alpha, 0, 0], [0, 0, daa, daa], [0, 0, daa, daa + dbb]],
  };
}

/** -(r+x) ln(alpha+T) + ln(1 + e^u). With w = e^u / (1 + e^u), the chance to have stopped, the second term has the slopes w u' and the curves w u'' + w (1-w) u' u'. */
function ofTimes(family: BetaGeometricFamily, groups: HistoryGroups, { r, alpha, a, b }: BetaGeometric): Surface {
  const { repeats, recencyDays, ageDays, counts } = groups;
  const days = tableOf(groups.oldestAgeDays, (day) => 1 / (alpha + toWeeks(day)));
  const risks = tableOf(repeats.reduce((most, x) => Math.max(most, x), 0), (x) => (timesAtRisk(family, x) === 0 ? 0 : 1 / (b + timesAtRisk(family, x) - 1)));
  let [value, dr, dalpha, dlna, db, drr, dralpha, drlna, drb, dalpha2, dalphalna, dalphab, dlna2, dlnab, db2] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < groups.groupCount; index += 1) {
    const [x, recency, age, count] = [repeats[index] ?? 0, recencyDays[index] ?? 0, ageDays[index] ?? 0, counts[index] ?? 0];
    const shape = r + x;
    const [lnAge, overAge, overRecency, overRisk] = [-(days.logarithms[age] ?? 0), days.values[age] ?? 0, days.values[recency] ?? 0, risks.values[x] ?? 0];
    const silence = lnAge + (days.logarithms[recency] ?? 0); // ln((alpha+T)/(alpha+t_x)): u'r
    const slope = shape * (overAge - overRecency); // u'alpha; u'a is 1/a and u'b is -1/(b+k-1)
    const u = Math.log(a) + (risks.logarithms[x] ?? 0) + shape * silence;
    const small = Math.exp(-Math.abs(u));
    const w = count * (u > 0 ? 1 / (1 + small) : small / (1 + small));
    const v = w * (1 - w / count);
    value += count * (Math.max(u, 0) + Math.log1p(small) - shape * lnAge);
    dr += w * silence - count * lnAge;
    dalpha += w * slope - count * shape * overAge;
    dlna += w;
    db -= w * overRisk;
    drr += v * silence * silence;
    dralpha += w * (overAge - overRecency) - count * overAge + v * silence * slope;
    drlna += v * silence;
    drb -= v * silence * overRisk;
    dalpha2 += shape * (w * (overRecency * overRecency - overAge * overAge) + count * overAge * overAge) + v * slope * slope;
    dalphalna += v * slope;
    dalphab -= v * slope * overRisk;
    dlna2 += v;
    dlnab -= v * overRisk;
    db2 += (w + v) * overRisk * overRisk;
  }
  const hessian = [
    [drr, dralpha, drlna / a, drb],
    [dralpha, dalpha2, dalphalna / a, dalphab],
    [drlna / a, dalphalna / a, (dlna2 - dlna) / a ** 2, dlnab / a],
    [drb, dalphab, dlnab / a, db2],
  ];
  return { value, gradient: [dr, dalpha, dlna / a, db], hessian };
}

/** Days and counts are whole, so that a logarithm is taken once for each and not for each customer. */
function tableOf(last: number, valueOf: (index: number) => number): { values: Float64Array; logarithms: Float64Array } {
  const values = Float64Array.from({ length: last + 1 }, (_, index) => valueOf(index));
  return { values, logarithms: values.map(Math.log) };
}
