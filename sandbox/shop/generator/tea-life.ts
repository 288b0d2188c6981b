// The life of the tea shop between two moments, told through the shop's own verbs: people arrive, run out of coffee, come back,
// change their minds, and one day stay away. History and the days to come are made by the same hand.

import type { Chance } from "../chance.ts";
import { SandboxError, type Id, type OrderDoc, type ShopState } from "../model.ts";
import { createAgenda, type Agenda } from "./agenda.ts";
import { chooseGapDays, fillBasket, type Basket } from "./baskets.ts";
import { makePerson, type Habits } from "./people.ts";
import { planMishaps, sufferMishap, type Mishap } from "./mishaps.ts";
import { DAY_MS, weighDay } from "./seasons.ts";

export type Visit = { kind: "visit"; atMs: number; customerId: Id; orderCount: number; habits: Habits };
type Plan = Visit | Mishap | { kind: "arrival" | "guest"; atMs: number };

/** What is known between two runs, kept with the shop. */
export type TeaLife = { startAt: string; arrivalsPerWeight: number; serial: number; plans: Plan[] };

const KEY = "tea-life";

export function recallTeaLife(state: ShopState): TeaLife | null {
  const kept = state.recall(KEY);
  return typeof kept === "object" && kept !== null && "plans" in kept ? (kept as TeaLife) : null; // only rememberTeaLife writes it
}
const rememberTeaLife = (state: ShopState, life: TeaLife): void => state.remember(KEY, life);

export type Stretch = {
  fromMs: number;
  toMs: number;
  /** of live days each is kept with its plans in one transaction; a history is kept once, at its end */
  isLive: boolean;
};

export async function liveTeaLife(state: ShopState, life: TeaLife, { fromMs, toMs, isLive }: Stretch, chance: Chance): Promise<void> {
  const agenda = createAgenda<Plan>(life.plans.map((plan) => (plan.atMs < fromMs ? { ...plan, atMs: chance.between(fromMs, Math.min(fromMs + DAY_MS, toMs)) } : plan)));
  const world: World = { state, life, chance, agenda, stock: readStock(state) };
  const save = (): void => rememberTeaLife(state, { ...life, plans: [...agenda.list()] });
  for (let dayMs = fromMs; dayMs < toMs; dayMs += DAY_MS) {
    const endMs = Math.min(dayMs + DAY_MS, toMs);
    state.during(toInstant(dayMs), () => {
      planArrivals(world, dayMs, endMs);
      for (let plan = agenda.takeBefore(endMs); plan; plan = agenda.takeBefore(endMs)) act(world, plan);
      if (isLive) save();
    });
    await new Promise(setImmediate); // whoever else the sandbox serves has a turn
  }
  if (!isLive) save();
}

type World = { state: ShopState; life: TeaLife; chance: Chance; agenda: Agenda<Plan>; stock: Stock };

/** Whole seconds, as Shopify's own moments are. */
const toInstant = (atMs: number): string => new Date(Math.floor(atMs / 1000) * 1000).toISOString();

function planArrivals({ life, chance, agenda }: World, dayMs: number, endMs: number): void {
  const mean = life.arrivalsPerWeight * weighDay(new Date(dayMs), new Date(life.startAt)) * ((endMs - dayMs) / DAY_MS);
  for (let left = chance.poisson(mean); left > 0; left -= 1) agenda.add({ kind: "arrival", atMs: chance.between(dayMs, endMs) });
}

function act(world: World, plan: Plan): void {
  try {
    world.state.during(toInstant(plan.atMs), () => {
      switch (plan.kind) {
        case "arrival": return welcome(world, plan.atMs);
        case "guest": return serveGuest(world, plan.atMs);
        case "visit": return serve(world, plan);
        default: return sufferMishap(world.state, world.chance, plan);
      }
    });
  } catch (error) {
    // Somebody may have changed the shop by hand since this was planned: then it does not happen.
    if (!(error instanceof SandboxError)) throw error;
  }
}

function welcome(world: World, atMs: number): void {
  const { state, life, chance } = world;
  life.serial += 1;
  const { person, habits } = makePerson(chance, toInstant(atMs), life.serial);
  const customer = state.createCustomer(person);
  serve(world, { kind: "visit", atMs, customerId: customer.id, orderCount: 0, habits });
}

const GUEST_SHARE = 0.087; // of the orders of customers: about 8 % of all
const SECOND_ACCOUNT_SHARE = 0.003;

function serve(world: World, visit: Visit): void {
  const { state, chance, agenda } = world;
  const customer = state.getCustomer(visit.customerId);
  if (!customer?.email) return; // deleted, merged or redacted by hand
  const { habits, orderCount } = visit;
  const basket = fillBasket(chance, { at: new Date(visit.atMs), habits, orderCount, isAbroad: customer.countryCode !== state.shop().countryCode });
  const isSecondAccount = orderCount > 0 && chance.isTrue(SECOND_ACCOUNT_SHARE);
  const buyerId = isSecondAccount ? state.createCustomer({ ...customer, email: `second.${customer.email}`, tags: [] }).id : customer.id;
  const order = sell(world, { basket, customerId: buyerId, habits });
  if (order !== null) for (const mishap of planMishaps(chance, visit.atMs, order, customer)) agenda.add(mishap);
  if (isSecondAccount) agenda.add({ kind: "merge", atMs: visit.atMs + chance.between(4, 30) * DAY_MS, keptId: customer.id, deletedId: buyerId });
  if (chance.isTrue(GUEST_SHARE)) agenda.add({ kind: "guest", atMs: visit.atMs + chance.between(0, 1) * DAY_MS });
  if (chance.isTrue(orderCount === 0 ? habits.firstLoss : habits.laterLoss)) return;
  agenda.add({ ...visit, orderCount: orderCount + 1, atMs: chooseHour(chance, visit.atMs + chooseGapDays(chance, habits, basket.grams) * DAY_MS, habits.utcHours) });
}

function serveGuest(world: World, atMs: number): void {
  const { chance, agenda } = world;
  const { habits } = makePerson(chance, toInstant(atMs), 0);
  const guest: Habits = { ...habits, channel: chance.isTrue(0.7) ? "pos" : "web" };
  const basket = fillBasket(chance, { at: new Date(atMs), habits: guest, orderCount: 0, isAbroad: false });
  const order = sell(world, { basket: { ...basket, discountCode: null }, customerId: null, habits: guest });
  if (order !== null) for (const mishap of planMishaps(chance, atMs, order, null)) agenda.add(mishap);
}

type Sale = { basket: Basket; customerId: Id | null; habits: Habits };

const REPLACEMENT_SHARE = 0.004; // a bag that got lost is sent again, for nothing
const TRANSFER_SHARE = 0.006; // paid by bank transfer, or never

function sell({ state, chance, stock }: World, { basket, customerId, habits }: Sale): OrderDoc | null {
  const isReplacement = customerId !== null && chance.isTrue(REPLACEMENT_SHARE);
  const isTransfer = habits.channel === "web" && chance.isTrue(TRANSFER_SHARE);
  const lines = basket.lines.flatMap((line) => {
    const item = stock.get(keyOf(line.handle, line.sizeTitle));
    return item ? [{ ...item, quantity: line.quantity, ...(isReplacement ? { unitPriceMinor: 0 } : {}) }] : [];
  });
  if (lines.length === 0) return null; // the merchant took it all off the shelf
  return state.placeOrder({
    customerId, lines,
    discountCode: isReplacement ? null : basket.discountCode,
    shippingMinor: isReplacement ? 0 : basket.shippingMinor,
    sourceName: habits.channel,
    financialStatus: isTransfer && !isReplacement ? "PENDING" : "PAID",
  });
}

/** People shop by day and in the evening. */
function chooseHour(chance: Chance, atMs: number, utcHours: number): number {
  const localHour = Math.min(23.5, Math.max(6, 14 + 4 * chance.normal()));
  const dayMs = Math.floor(atMs / DAY_MS) * DAY_MS;
  return Math.max(atMs, dayMs + (localHour - utcHours) * 3_600_000);
}

type Stock = ReadonlyMap<string, { productId: Id; variantId: Id }>;

const keyOf = (handle: string, sizeTitle: string): string => `${handle}/${sizeTitle}`;

function readStock(state: ShopState): Stock {
  const stock = new Map<string, { productId: Id; variantId: Id }>();
  for (const { id, handle, status, variants } of state.eachProduct({})) {
    if (status === "ACTIVE") for (const variant of variants) stock.set(keyOf(handle, variant.title), { productId: id, variantId: variant.id });
  }
  return stock;
}
