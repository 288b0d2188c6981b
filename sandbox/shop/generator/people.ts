// New customers: who they are, and the habits that the shop will never be told but that decide what it sees.

import { createChance, type Chance } from "../chance.ts";
import type { CustomerDoc, Instant } from "../model.ts";
import { regions, type Region } from "./names.ts";
import { isHoliday } from "./seasons.ts";
import { teaCatalog, type TeaProduct } from "./tea-catalog.ts";

export type Person = Pick<CustomerDoc, "firstName" | "lastName" | "email" | "locale" | "countryCode" | "city" | "state" | "tags" | "birthOn" | "emailConsent">;

export type Habits = {
  /** used up in a day */
  gramsPerDay: number;
  /** how unevenly: the spread of the logarithm of a gap */
  gapSpread: number;
  /** chance to be lost after a first order, and after each later one */
  firstLoss: number;
  laterLoss: number;
  favourites: string[];
  /** 0: the smallest bag */
  sizePreference: number;
  bagCount: number;
  hasCodeLove: number;
  channel: "web" | "pos" | "shop_app";
  utcHours: number;
  owned: string[];
};

const OFFICE_SHARE = 0.02; // offices that order by the kilo
const MAIL_DOMAINS = ["example.com", "example.net", "example.org"] as const;

export function makePerson(chance: Chance, at: Instant, serial: number): { person: Person; habits: Habits } {
  const region = chance.weigh(regions, ({ weight }) => weight);
  const isOffice = chance.isTrue(OFFICE_SHARE);
  const [given, givenSpelled] = chance.pick(region.givenNames);
  const [family, familySpelled] = chance.pick(region.familyNames);
  const person: Person = {
    firstName: given, lastName: family, email: `${givenSpelled}.${familySpelled}${serial}@${chance.pick(MAIL_DOMAINS)}`,
    locale: region.locale, countryCode: region.countryCode, city: chance.pick(region.cities),
    state: chance.isTrue(0.6) ? "ENABLED" : "DISABLED", tags: isOffice ? ["office"] : [], birthOn: chooseBirthday(serial), emailConsent: chooseConsent(chance, at, region),
  };
  return { person, habits: makeHabits(chance, at, region, isOffice) };
}

const BIRTHDAY_SHARE = 0.45; // who tells

/** By a chance of its own, so that the lives drawn for a seed stay as they were. */
function chooseBirthday(serial: number): string | null {
  const chance = createChance(serial);
  if (!chance.isTrue(BIRTHDAY_SHARE)) return null;
  return new Date(Date.UTC(chance.whole(1948, 2006), 0, chance.whole(1, 365))).toISOString().slice(0, 10);
}

function chooseConsent(chance: Chance, at: Instant, { consent }: Region): CustomerDoc["emailConsent"] {
  const draw = chance.next();
  if (consent === "confirmed") {
    if (draw < 0.42) return { state: "SUBSCRIBED", optInLevel: "CONFIRMED_OPT_IN", updatedAt: at };
    if (draw < 0.52) return { state: "PENDING", optInLevel: "CONFIRMED_OPT_IN", updatedAt: at };
  } else if (draw < 0.6) return { state: "SUBSCRIBED", optInLevel: "SINGLE_OPT_IN", updatedAt: at };
  return { state: "NOT_SUBSCRIBED", optInLevel: null, updatedAt: null };
}

const drinkers = { coffee: 0.5, tea: 0.34, both: 0.16 } as const;

function makeHabits(chance: Chance, at: Instant, region: Region, isOffice: boolean): Habits {
  const draw = chance.next();
  const drinks = region.countryCode === "JP" || region.countryCode === "CN" || region.countryCode === "GB"
    ? draw < 0.6 ? "tea" : draw < 0.85 ? "coffee" : "both"
    : draw < drinkers.coffee ? "coffee" : draw < drinkers.coffee + drinkers.tea ? "tea" : "both";
  const favourites = drinks === "both" ? [chooseFavourite(chance, at, "coffee"), chooseFavourite(chance, at, "tea")] : [chooseFavourite(chance, at, drinks)];
  if (chance.isTrue(0.35)) favourites.push(chooseFavourite(chance, at, drinks === "tea" ? "tea" : "coffee"));
  const gramsPerDay = (drinks === "tea" ? 4.5 : 13) * chance.logNormal(0.45) * (isOffice ? 9 : 1);
  const loyalty = chooseLoss(chance, at, isOffice);
  return {
    ...loyalty, gramsPerDay, favourites,
    gapSpread: chance.between(0.18, 0.5),
    sizePreference: isOffice ? 2 : Math.min(2, Math.floor(Math.abs(chance.normal()) * 0.9)),
    bagCount: isOffice ? chance.whole(2, 5) : chance.isTrue(0.25) ? 2 : 1,
    hasCodeLove: chance.beta(1, 3),
    channel: region.countryCode === "US" && chance.isTrue(0.15) ? "pos" : chance.isTrue(0.14) ? "shop_app" : "web",
    utcHours: region.utcHours,
    owned: [],
  };
}

const chooseFavourite = (chance: Chance, at: Instant, kind: "coffee" | "tea"): string => chooseProduct(chance, new Date(at), kind).handle;

export function chooseProduct(chance: Chance, at: Date, ...kinds: TeaProduct["kind"][]): TeaProduct {
  return chance.weigh(teaCatalog, (product) => (kinds.includes(product.kind) ? product.weight * (product.monthFactors?.[at.getUTCMonth()] ?? 1) : 0));
}

/**
 * Losses differ from person to person (a beta distribution, as in the BG/NBD model of Fader, Hardie and Lee, 2005), but a first
 * order loses more than any later one. The story to find in the cohorts: who came for the holiday codes came for the discount.
 */
function chooseLoss(chance: Chance, at: Instant, isOffice: boolean): Pick<Habits, "firstLoss" | "laterLoss"> {
  if (isOffice) return { firstLoss: 0.15, laterLoss: 0.01 };
  const firstLoss = isHoliday(new Date(at)) ? chance.beta(5, 2) : chance.beta(2.2, 3);
  return { firstLoss, laterLoss: chance.beta(0.7, 8) * (1 + firstLoss) };
}
