// A programme on its way.
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { useDraft, type Desk } from "../forms/use-draft.ts";
import type { KnownTitles } from "../forms/writing.tsx";
import { readProgramme } from "./programme-draft.ts";

export type ProgrammeDesk = Desk<Programme>;

export const useProgrammeDraft = (initial: Programme, { currency, titles }: { currency: string; titles: KnownTitles }): ProgrammeDesk => useDraft(initial, { read: readProgramme, currency, titles });
