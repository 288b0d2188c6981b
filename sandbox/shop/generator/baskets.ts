// What somebody puts into the basket, and how long it will last them.

import type { Chance } from "../chance.ts";
import { chooseProduct, type Habits } from "./people.ts";
import { findCampaign, isHoliday, THANKS_CODE, WELCOME_CODE } from "./seasons.ts";
import { teaCatalog, type Size, type TeaProduct } from "./tea-catalog.ts";

export type BasketLine = { handle: string; sizeTitle: string; quantity: number; priceMinor: number };
export type Basket = { lines: BasketLine[]; discountCode: string | null; shippingMinor: number; grams: number };

const FREE_SHIPPING_FROM_MINOR = 4500;
const SHIPPING_HOME_MINOR = 500;
const SHIPPING_ABROAD_MINOR = 1200;
const byHandle = new Map(teaCatalog.map((product) => [product.handle, product]));

export type Shopping = { at: Date; habits: Habits; orderCount: number; isAbroad: boolean };

export function fillBasket(chance: Chance, shopping: Shopping): Basket {
  const { at, habits, orderCount, isAbroad } = shopping;
  const lines = orderCount === 0 ? chooseFirst(chance, at, habits) : chooseAgain(chance, at, habits);
  if (chance.isTrue(orderCount < 2 ? 0.14 : 0.04)) lines.push(...chooseDurable(chance, at, habits));
  if (isHoliday(at) && chance.isTrue(0.22)) lines.push(toLine(chooseProduct(chance, at, "gift"), 0, 1));
  if (chance.isTrue(0.1)) lines.push(toLine(chooseProduct(chance, at, "supply"), 0, 1));
  const merged = mergeLines(lines);
  const goodsMinor = merged.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
  const isFree = habits.channel === "pos" || goodsMinor >= FREE_SHIPPING_FROM_MINOR;
  return {
    lines: merged, discountCode: chooseCode(chance, shopping), grams: weigh(merged),
    shippingMinor: isFree && !isAbroad ? 0 : isAbroad ? SHIPPING_ABROAD_MINOR : SHIPPING_HOME_MINOR,
  };
}

/** The first time people try: a small bag, a tasting set, or a present. */
function chooseFirst(chance: Chance, at: Date, habits: Habits): BasketLine[] {
  const draw = chance.next();
  if (draw < 0.18) return [toLine(chooseProduct(chance, at, "sampler"), 0, 1)];
  if (isHoliday(at) && draw < 0.5) return [toLine(chooseProduct(chance, at, "gift"), 0, 1)];
  return takeFavourites(chance, at, habits, 0);
}

function chooseAgain(chance: Chance, at: Date, habits: Habits): BasketLine[] {
  const lines = takeFavourites(chance, at, habits, habits.sizePreference);
  if (chance.isTrue(0.2)) lines.push(toLine(chooseProduct(chance, at, "coffee", "tea"), 0, 1));
  return lines;
}

/** Mostly the usual, sometimes what the season offers instead. */
function takeFavourites(chance: Chance, at: Date, habits: Habits, size: number): BasketLine[] {
  return habits.favourites.slice(0, chance.isTrue(0.7) ? 1 : 2).map((handle) => {
    const favourite = byHandle.get(handle) ?? teaCatalog[0];
    const isOutOfSeason = (favourite.monthFactors?.[at.getUTCMonth()] ?? 1) < 0.5;
    const product = isOutOfSeason || chance.isTrue(0.18) ? chooseProduct(chance, at, favourite.kind) : favourite;
    return toLine(product, size, habits.bagCount);
  });
}

function chooseDurable(chance: Chance, at: Date, habits: Habits): BasketLine[] {
  const product = chooseProduct(chance, at, "durable");
  if (habits.owned.includes(product.handle)) return [];
  habits.owned.push(product.handle);
  return [toLine(product, 0, 1)];
}

function toLine(product: TeaProduct, size: number, quantity: number): BasketLine {
  const { title, priceMinor }: Size = product.sizes[Math.min(size, product.sizes.length - 1)] ?? product.sizes[0];
  return { handle: product.handle, sizeTitle: title, quantity, priceMinor };
}

function mergeLines(lines: readonly BasketLine[]): BasketLine[] {
  const merged = new Map<string, BasketLine>();
  for (const line of lines) {
    const key = `${line.handle}/${line.sizeTitle}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...known, quantity: known.quantity + line.quantity } : line);
  }
  return [...merged.values()];
}

const weigh = (lines: readonly BasketLine[]): number =>
  lines.reduce((sum, { handle, sizeTitle, quantity }) => sum + quantity * (byHandle.get(handle)?.sizes.find(({ title }) => title === sizeTitle)?.grams ?? 0), 0);

function chooseCode(chance: Chance, { at, habits, orderCount }: Shopping): string | null {
  if (habits.channel === "pos") return null;
  const campaign = findCampaign(at);
  if (campaign && chance.isTrue(campaign.share)) return campaign.code;
  if (orderCount === 0) return chance.isTrue(0.35) ? WELCOME_CODE : null;
  return chance.isTrue(0.15 * habits.hasCodeLove) ? THANKS_CODE : null;
}

const NOTHING_TO_USE_UP_DAYS = 75; // a kettle or a present brings people back later, if at all
const GAP_MIN_DAYS = 2;

/** As long as the bags last, give or take: the rhythm that a reminder should know. */
export function chooseGapDays(chance: Chance, { gramsPerDay, gapSpread }: Habits, grams: number): number {
  const days = grams > 0 ? grams / gramsPerDay : NOTHING_TO_USE_UP_DAYS;
  return Math.max(GAP_MIN_DAYS, days * chance.logNormal(gapSpread));
}
