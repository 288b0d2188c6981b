// One place in something that is being written: what stands there, its address for whoever finds a fault with it, and how to change it.

export type Slot<T> = { at: string; value: T; change: (update: (before: T) => T) => void };

export const put = <T>({ change }: Slot<T>, value: T): void => change(() => value);

export const part = <T extends object, K extends keyof T & string>({ at, value, change }: Slot<T>, key: K): Slot<T[K]> => ({
  at: at === "" ? key : `${at}.${key}`, value: value[key], change: (update) => change((before) => ({ ...before, [key]: update(before[key]) })),
});

export const items = <T>({ at, value, change }: Slot<T[]>): Slot<T>[] => value.map((one, index) => ({
  at: `${at}.${index}`, value: one, change: (update) => change((before) => before.map((each, place) => (place === index ? update(each) : each))),
}));

export const append = <T>({ change }: Slot<T[]>, one: T): void => change((before) => [...before, one]);
export const removeAt = <T>({ change }: Slot<T[]>, index: number): void => change((before) => before.filter((_one, place) => place !== index));

/** One up (-1) or down (1); at the end of the list it stays. */
export const moveAt = <T>({ change }: Slot<T[]>, index: number, by: -1 | 1): void => change((before) => swapped(before, index, index + by));

export function swapped<T>(list: readonly T[], at: number, to: number): T[] {
  const [one, other] = [list[at], list[to]];
  return one === undefined || other === undefined ? [...list] : list.with(at, other).with(to, one);
}

/** The same place, where what stands there is of one kind; null where it is not. */
export function narrow<T, Kind extends T>({ at, value, change }: Slot<T>, isKind: (value: T) => value is Kind): Slot<Kind> | null {
  if (!isKind(value)) return null;
  return { at, value, change: (update) => change((before) => (isKind(before) ? update(before) : before)) };
}

export const present = <T>(slot: Slot<T | null>): Slot<T> | null => narrow(slot, (value): value is T & (T | null) => value !== null);
