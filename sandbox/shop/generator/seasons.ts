// When people come: growth, weekdays, seasons, and the campaigns of the year.

export const DAY_MS = 86_400_000;

/** New customers against an ordinary month, January first: quiet summers, a peak before Christmas. */
const arrivalsByMonth = [0.85, 0.9, 0.9, 0.95, 1, 0.85, 0.8, 0.8, 0.95, 1.05, 1.5, 1.9] as const;
/** Sunday first */
const arrivalsByWeekday = [1.1, 1.05, 0.95, 0.95, 0.95, 0.95, 1.05] as const;
const GROWTH_PER_YEAR = 1.45; // a shop that does well

/** How many new customers come on this day, as a multiple of an ordinary day at the beginning. */
export function weighDay(dayAt: Date, startAt: Date): number {
  const years = (dayAt.getTime() - startAt.getTime()) / (365 * DAY_MS);
  return GROWTH_PER_YEAR ** years * (arrivalsByMonth[dayAt.getUTCMonth()] ?? 1) * (arrivalsByWeekday[dayAt.getUTCDay()] ?? 1);
}

export type Campaign = { code: string; share: number };

const isWithin = (at: Date, from: [month: number, day: number], to: [month: number, day: number]): boolean => {
  const today = (at.getUTCMonth() + 1) * 100 + at.getUTCDate();
  return today >= from[0] * 100 + from[1] && today <= to[0] * 100 + to[1];
};

export const isHoliday = (at: Date): boolean => isWithin(at, [11, 20], [12, 24]);

/** Codes for everybody; `share` of the orders of those days carry one. */
export function findCampaign(at: Date): Campaign | null {
  if (isWithin(at, [11, 20], [12, 2])) return { code: "HOLIDAY25", share: 0.55 };
  if (isHoliday(at)) return { code: "HOLIDAY25", share: 0.35 };
  if (isWithin(at, [6, 10], [7, 10])) return { code: "ICEDTEA15", share: 0.25 };
  if (isWithin(at, [4, 1], [4, 20])) return { code: "SPRING10", share: 0.2 };
  return null;
}

export const WELCOME_CODE = "WELCOME10";
export const THANKS_CODE = "THANKYOU15";
export const discountCodes: readonly string[] = [WELCOME_CODE, "SPRING10", "ICEDTEA15", "HOLIDAY25", THANKS_CODE];
