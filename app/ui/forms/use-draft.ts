// Something on its way: what is written, what was kept, and what is wrong once somebody tried to keep it.
import { useEffect, useMemo, useState } from "react";
import type { Faults, Loose, ReadDraft } from "./faults.ts";
import type { Slot } from "./slot.ts";
import type { KnownTitles, Writing } from "./writing.tsx";

export type Desk<T> = {
  slot: Slot<Loose<T>>;
  read: ReadDraft<T>;
  /** the last that could be read */
  shown: T;
  isUnsaved: boolean;
  faultCount: number;
  writing: Writing;
  /** what may be sent; null: something is wrong, and is shown */
  attempt: () => string | null;
  keep: (sent: string) => void;
  discard: () => void;
};

/** `initial` is right as it stands; `read` must be the same function each time. */
type Start<T> = { read: (draft: unknown) => ReadDraft<T>; currency: string; titles: KnownTitles };

export function useDraft<T>(initial: T & Loose<T>, { read: readIt, currency, titles }: Start<T>): Desk<T> {
  const [draft, setDraft] = useState<Loose<T>>(initial);
  const [kept, setKept] = useState(() => JSON.stringify(initial));
  const [shown, setShown] = useState<T>(initial);
  const [tries, setTries] = useState(0); // what nobody has tried to keep yet is not wrong, only unfinished
  const [learnt, setLearnt] = useState<KnownTitles>({});
  const read = useMemo(() => readIt(draft), [readIt, draft]);
  if (read.ok && shown !== read.value) setShown(read.value);
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
      setDraft(JSON.parse(kept) as Loose<T>); // it was written from one
      setTries(0);
    },
  };
}

const NONE: Faults = {};
