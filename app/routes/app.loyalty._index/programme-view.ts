// A programme as its page shows it.
import type { Liability } from "../../capabilities/loyalty/model/books.ts";
import type { Programme, ProgrammeState, ProgrammeVersion } from "../../capabilities/loyalty/model/programme.ts";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";

export type ProgrammeView = {
  state: ProgrammeState;
  programme: Programme;
  averageOrderMinor: number | null;
  savedAt: string;
  /** the draft has not come into force */
  isAhead: boolean;
  activateUrl: string;
  /** not everybody has what the rules in force say yet */
  isSettling: boolean;
  /** null: not launched yet */
  figures: { members: number; points: number; /** what they are worth; null: nobody knows */ minor: number | null; pending: number } | null;
};

type Known = { state: ProgrammeState; draft: Programme; updatedAt: Date; versions: readonly Pick<ProgrammeVersion, "programme">[] };

type Around = Pick<ProgrammeView, "averageOrderMinor" | "activateUrl" | "isSettling"> & { liability: Pick<Liability, "outstanding" | "value"> | null };

export const toProgrammeView = ({ state, draft, updatedAt, versions }: Known, { liability, ...around }: Around): ProgrammeView => ({
  state, programme: draft, savedAt: updatedAt.toISOString(), ...around,
  isAhead: state === "live" && JSON.stringify(versions.at(-1)?.programme) !== JSON.stringify(draft),
  figures: liability && { members: liability.outstanding.members, points: liability.outstanding.available, minor: liability.value && toMoney(liability.outstanding.available, liability.value), pending: liability.outstanding.pending },
});
