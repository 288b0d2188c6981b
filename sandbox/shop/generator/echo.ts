// Days of a shop nobody invented: it goes on as its last orders suggest, with as many orders a day, as many of them by new
// customers and guests, and the rest by those who bought lately, the frequent ones more often; baskets are those of the past.

import type { Chance } from "../chance.ts";
import { SandboxError, type Id, type OrderDoc, type PlaceOrder, type ShopState } from "../model.ts";
import { makePerson } from "./people.ts";
import { DAY_MS } from "./seasons.ts";

const SAMPLE_MAX = 2_000; // orders: enough for a rate, and quickly read
const WINDOW_MS = 90 * DAY_MS;
const SPAN_MIN_DAYS = 7; // a burst of one morning is not how a shop goes on

export async function liveEcho(state: ShopState, { fromMs, toMs }: { fromMs: number; toMs: number }, chance: Chance): Promise<void> {
  const rates = readRates(state);
  if (rates === null) return;
  for (let dayMs = fromMs; dayMs < toMs; dayMs += DAY_MS) {
    const endMs = Math.min(dayMs + DAY_MS, toMs);
    const count = chance.poisson(rates.ordersPerDay * ((endMs - dayMs) / DAY_MS));
    const moments = Array.from({ length: count }, () => chance.between(dayMs, endMs)).sort((a, b) => a - b);
    state.during(toInstant(dayMs), () => moments.forEach((atMs) => buyLikeBefore(state, rates, chance, atMs)));
    await new Promise(setImmediate); // whoever else the sandbox serves has a turn
  }
}

const toInstant = (atMs: number): string => new Date(Math.floor(atMs / 1000) * 1000).toISOString();

type Rates = { ordersPerDay: number; guestShare: number; newcomerShare: number; refundShare: number; cancelShare: number; orders: [OrderDoc, ...OrderDoc[]] };

const KEY = "echo-rates";
type KeptRates = Omit<Rates, "orders">;

/** Worked out once, from the file's own orders: what was simulated since shall not teach it. Whose turn it is, recent orders say. */
function readRates(state: ShopState): Rates | null {
  const [last, ...others] = state.listOrders({}, { sortKey: "CREATED_AT", reverse: true, first: SAMPLE_MAX });
  if (last === undefined) return null;
  const known = state.recall(KEY);
  const kept = typeof known === "object" && known !== null && "ordersPerDay" in known ? (known as KeptRates) : measure(state, [last, ...others]); // only the next line writes it
  state.remember(KEY, kept);
  return { ...kept, orders: [last, ...others] };
}

function measure(state: ShopState, sample: readonly [OrderDoc, ...OrderDoc[]]): KeptRates {
  const lastMs = Date.parse(sample[0].createdAt);
  const orders = sample.filter(({ createdAt }) => lastMs - Date.parse(createdAt) <= WINDOW_MS);
  const days = Math.max(SPAN_MIN_DAYS, (lastMs - Date.parse(orders.at(-1)?.createdAt ?? sample[0].createdAt)) / DAY_MS);
  const share = (isMeant: (order: OrderDoc) => boolean): number => orders.filter(isMeant).length / orders.length;
  return {
    ordersPerDay: orders.length / days,
    guestShare: share(({ customerId }) => customerId === null),
    newcomerShare: share(({ customerId, createdAt }) => customerId !== null && state.getCustomer(customerId)?.createdAt === createdAt),
    refundShare: share(({ refunds }) => refunds.length > 0),
    cancelShare: share(({ cancelledAt }) => cancelledAt !== null),
  };
}

function buyLikeBefore(state: ShopState, rates: Rates, chance: Chance, atMs: number): void {
  const { sourceName, lines } = chance.pick(rates.orders);
  try {
    state.during(toInstant(atMs), () => {
      const order = state.placeOrder({ customerId: chooseBuyer(state, rates, chance, atMs), sourceName, lines: lines.map((line) => toWish(state, line)) });
      if (chance.isTrue(rates.cancelShare)) state.cancelOrder(order.id, "customer");
      else if (order.totalMinor > 0 && chance.isTrue(rates.refundShare)) state.refundOrder(order.id, {});
    });
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error; // what was ordered then cannot be had any more
  }
}

function chooseBuyer(state: ShopState, rates: Rates, chance: Chance, atMs: number): Id | null {
  if (chance.isTrue(rates.guestShare)) return null;
  const buyerId = chance.pick(rates.orders).customerId;
  const isNewcomer = buyerId === null || state.getCustomer(buyerId) === null || chance.isTrue(rates.newcomerShare / (1 - rates.guestShare));
  if (!isNewcomer) return buyerId;
  return state.createCustomer(makePerson(chance, toInstant(atMs), state.countCustomers({}) + 1).person).id;
}

function toWish(state: ShopState, { productId, variantId, title, quantity, unitPriceMinor }: OrderDoc["lines"][number]): PlaceOrder["lines"][number] {
  const isSold = productId !== null && state.getProduct(productId) !== null;
  return { title, quantity, unitPriceMinor, ...(isSold ? { productId, variantId } : {}) };
}
