// A programme on its way: what is written, what was kept, and what is wrong once somebody tried to keep it.
import { useEffect, useMemo, useState } from "react";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { readDraft, type Faults, type ProgrammeDraft, type ReadDraft } from "./programme-draft.ts";
import type { Slot } from "./slot.ts";
import type { KnownTitles, Writing } from "./writing.tsx";

export type ProgrammeDesk = {
  slot: Slot<ProgrammeDraft>;
  read: ReadDraft;
  /** the last that could be read */
  shown: Programme;
  isUnsaved: boolean;
  faultCount: number;
  writing: Writing;
  /** what may be sent; null: something is wrong, and is shown */
  attempt: () => string | null;
  keep: (sent: string) => void;
  discard: () => void;
};

export function useProgrammeDraft(initial: Programme, { currency, titles }: { currency: string; titles: KnownTitles }): ProgrammeDesk {
  const [draft, setDraft] = useState<ProgrammeDraft>(initial);
  const [kept, setKept] = useState(() => JSON.stringify(initial));
  const [shown, setShown] = useState(initial);
  const [tries, setTries] = useState(0); // what nobody has tried to keep yet is not wrong, only unfinished
  const [learnt, setLearnt] = useState<KnownTitles>({});
  const read = useMemo(() => readDraft(draft), [draft]);
  if (read.ok && shown !== read.programme) setShown(read.programme);
  const faults: Faults = tries > 0 && !read.ok ? read.faults : NONE;
  const written = useMemo(() => JSON.stringify(draft), [draft]);
  useEffect(() => {
    if (tries > 0) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);
  return {
    slot: { at: "", value: draft, change: setDraft }, read, shown, isUnsaved: written !== kept, faultCount: Object.keys(faults).length,
    writing: { currency, faults, titles: { ...titles, ...learnt }, learnTitles: (more) => setLearnt((before) => ({ ...before, ...more })) },
    attempt: () => {
      setTries(read.ok ? 0 : tries + 1);
      return read.ok ? written : null;
    },
    keep: setKept,
    discard: () => {
      setDraft(JSON.parse(kept) as ProgrammeDraft); // it was written from one
      setTries(0);
    },
  };
}

const NONE: Faults = {};
