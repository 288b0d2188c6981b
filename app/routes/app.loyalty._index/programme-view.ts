// A programme as its page shows it.
import type { Liability } from "../../capabilities/loyalty/model/books.ts";
import type { Programme, ProgrammeState, ProgrammeVersion, Reward } from "../../capabilities/loyalty/model/programme.ts";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";
import { notAllowed } from "../../capabilities/loyalty/rules/permissions.ts";
import type { ThemeBlock } from "../../capabilities/shops/model.ts";

export type ProgrammeView = {
  state: ProgrammeState;
  programme: Programme;
  averageOrderMinor: number | null;
  savedAt: string;
  /** the draft has not come into force */
  isAhead: boolean;
  activateUrl: string;
  blocks: readonly { block: ThemeBlock; url: string }[];
  /** kinds on the menu that shoppers are not offered, as Shopify would refuse them */
  notAllowed: readonly Reward["kind"][];
  /** not everybody has what the rules in force say yet */
  isSettling: boolean;
  /** null: not launched yet */
  figures: { members: number; points: number; /** what they are worth; null: nobody knows */ minor: number | null; pending: number } | null;
};

type Known = { state: ProgrammeState; draft: Programme; updatedAt: Date; versions: readonly Pick<ProgrammeVersion, "programme">[] };

type Around = Pick<ProgrammeView, "averageOrderMinor" | "activateUrl" | "blocks" | "isSettling"> & { scopes: readonly string[] } & { liability: Pick<Liability, "outstanding" | "value"> | null };

export const toProgrammeView = ({ state, draft, updatedAt, versions }: Known, { liability, scopes, ...around }: Around): ProgrammeView => ({
  state, programme: draft, savedAt: updatedAt.toISOString(), ...around,
  notAllowed: notAllowed(draft, scopes),
  isAhead: state === "live" && JSON.stringify(versions.at(-1)?.programme) !== JSON.stringify(draft),
  figures: liability && { members: liability.outstanding.members, points: liability.outstanding.available, minor: liability.value && toMoney(liability.outstanding.available, liability.value), pending: liability.outstanding.pending },
});
