// What every field of a form knows of the whole: what is wrong where, whose money it is, and what products are called.
import { createContext, useContext, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../shop-formats.tsx";
import type { Faults } from "./faults.ts";
import "./forms.css";

export type KnownTitles = Readonly<Record<string, string>>;
export type Writing = { currency: string; faults: Faults; titles: KnownTitles; /** told by Shopify's picker */ learnTitles: (titles: KnownTitles) => void };

const WritingContext = createContext<Writing | null>(null);

export const WritingDesk = ({ children, ...writing }: Writing & { children: ReactNode }) => <WritingContext.Provider value={writing}>{children}</WritingContext.Provider>;

export function useWriting(): Writing {
  const writing = useContext(WritingContext);
  if (writing === null) throw new Error("a form is written inside WritingDesk");
  return writing;
}

/** What is wrong at a place, in words; undefined: nothing. */
export function useFault(at: string, unit: "number" | "money" = "number"): string | undefined {
  const { t } = useTranslation();
  const { count, money } = useFormats();
  const fault = useWriting().faults[at];
  if (fault === undefined) return undefined;
  return t(`frame.faults.${fault.code}`, { scheme: "https://", limit: fault.limit === null ? "" : unit === "money" ? money(fault.limit) : count(fault.limit) });
}

/** Whether something is wrong there or below. */
export const useHasFault = (at: string): boolean => Object.keys(useWriting().faults).some((place) => place === at || place.startsWith(`${at}.`));
