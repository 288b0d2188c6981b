// Days go by in a shop: its shoppers go on buying through its verbs, so that apps hear of everything as it happens.

import { takeChance } from "./chance.ts";
import { liveEcho } from "./generator/echo.ts";
import { liveTeaLife, recallTeaLife } from "./generator/tea-life.ts";
import type { ShopState } from "./model.ts";

export type DaysWish = { fromAt: Date; toAt: Date; /** 0 to 1 */ chance: () => number };

/** The tea shop's people keep their habits; a shop from a file goes on as its last orders suggest. */
export async function simulateDays(state: ShopState, { fromAt, toAt, chance }: DaysWish): Promise<void> {
  const stretch = { fromMs: fromAt.getTime(), toMs: toAt.getTime() };
  const life = recallTeaLife(state);
  if (life) await liveTeaLife(state, life, { ...stretch, isLive: true }, takeChance(chance));
  else await liveEcho(state, stretch, takeChance(chance));
}
