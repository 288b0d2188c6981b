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
  /** null: not launched yet */
  figures: { members: number; points: number; /** what they are worth; null: nobody knows */ minor: number | null; pending: number } | null;
};

type Known = { state: ProgrammeState; draft: Programme; updatedAt: Date; versions: readonly Pick<ProgrammeVersion, "programme">[] };

export const toProgrammeView = ({ state, draft, updatedAt, versions }: Known, { averageOrderMinor, liability, activateUrl }: { averageOrderMinor: number | null; liability: Pick<Liability, "outstanding" | "value"> | null; activateUrl: string }): ProgrammeView => ({
  state, programme: draft, averageOrderMinor, savedAt: updatedAt.toISOString(), activateUrl,
  isAhead: state === "live" && JSON.stringify(versions.at(-1)?.programme) !== JSON.stringify(draft),
  figures: liability && { members: liability.outstanding.members, points: liability.outstanding.available, minor: liability.value && toMoney(liability.outstanding.available, liability.value), pending: liability.outstanding.pending },
});
