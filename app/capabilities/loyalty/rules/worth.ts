// What comes back to a customer of what they spend.
import type { Programme } from "../model/programme.ts";
import { valueOfPoint } from "./liability.ts";

/** 0.05: about a twentieth, spent where points are worth most; null where orders earn nothing or points buy no money. */
export function giveBackOf(programme: Pick<Programme, "rewards" | "order">, known: { averageOrderMinor: number | null }): number | null {
  const value = valueOfPoint(programme, known);
  return value === null || !programme.order.isOn ? null : (programme.order.points / programme.order.perMinor) * value.minorPerPoint;
}
