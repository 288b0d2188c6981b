// A programme while it is being written, and what is wrong with it.
import { programmeSchema, type Programme } from "../../capabilities/loyalty/model/programme.ts";
import { faultsOf, firstDayFault, lastDayFault, valueAt, type Fault, type Faults, type Loose, type OwnFault, type ReadDraft } from "../forms/faults.ts";

export type ProgrammeDraft = Loose<Programme>;

export function readProgramme(draft: unknown): ReadDraft<Programme> {
  const read = programmeSchema.safeParse(draft);
  const faults = read.success ? strayTiers(read.data) : faultsOf(read.error.issues, draft, ownFault);
  return read.success && Object.keys(faults).length === 0 ? { ok: true, value: read.data } : { ok: false, faults };
}

/** Rewards for tiers there are not could be had by nobody. */
function strayTiers({ rewards, tiers }: Programme): Faults {
  const known = new Set(tiers?.levels.map(({ id }) => id));
  return Object.fromEntries(rewards.flatMap(({ tierIds }, index) => (tierIds.every((id) => known.has(id)) ? [] : [[`rewards.${index}.tierIds`, { code: "unknown_tier", limit: null } satisfies Fault]])));
}

/** Each place has one rule, or two that tell themselves apart by what was said. */
const ownFault: OwnFault = ({ code, path }, found) => {
  const { place, value, plain } = found;
  if (code === "invalid_format") return place.endsWith(".url") ? plain(value === "" ? "missing" : "not_an_address") : plain(value === "" ? "missing" : "bad_id");
  switch (path.at(-1)) {
    case "from": return firstDayFault(found);
    case "to": return lastDayFault(found);
    case "keep": return plain("above_entry");
    case "levels": return plain("not_rising", null, `${place}.${indexOf(value, (one, before) => numberOf(one, "entry") <= numberOf(before, "entry"))}.entry`);
    case "nthOrders": return plain("twice", null, `${place}.${indexOf(value, (one, before) => numberOf(one, "number") === numberOf(before, "number"), "any")}.number`);
    case "links": case "custom": case "windows": case "rewards":
      return plain("same_id", null, `${place}.${indexOf(value, (one, before) => valueAt(one, ["id"]) === valueAt(before, ["id"]), "any")}.id`);
    case "title": case "pointName": return plain("no_words");
    default: return plain(value === "" ? "missing" : "wrong");
  }
};

/** The first that goes badly with the one before it, or with any before it. */
function indexOf(list: unknown, isBad: (one: unknown, before: unknown) => boolean, against: "last" | "any" = "last"): number {
  const all: unknown[] = Array.isArray(list) ? list : [];
  return Math.max(0, all.findIndex((one, index) => all.slice(against === "last" ? Math.max(0, index - 1) : 0, index).some((before) => isBad(one, before))));
}

const numberOf = (from: unknown, key: string): number => Number(valueAt(from, [key]));
