// The page of texts that is looked at, asked for apart from the figures: whoever searches does not reckon anew.
import { useFetcher } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { loader } from "../app.surveys.$surveyId.texts.ts";

export type TextsPage = Awaited<ReturnType<typeof loader>>;
export type ShownText = TextsPage["texts"][number];

type Texts = {
  /** null: on its way */
  page: TextsPage | null;
  typed: string;
  tag: string;
  isLoading: boolean;
  search: (text: string) => void;
  filter: (tag: string) => void;
  turnTo: (page: number) => void;
};

const TYPING_MS = 300; // between two letters

export function useTexts(surveyId: string): Texts {
  const { load, data, state } = useFetcher<typeof loader>();
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState({ q: "", tag: "", page: "1" });
  useEffect(() => {
    if (typed.trim() === wanted.q) return;
    const timer = setTimeout(() => setWanted((before) => ({ ...before, q: typed.trim(), page: "1" })), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, wanted.q]);
  useEffect(() => load(`/app/surveys/${surveyId}/texts?${new URLSearchParams(wanted).toString()}`), [surveyId, wanted, load]);
  return {
    page: data ?? null, typed, tag: wanted.tag, isLoading: state !== "idle", search: setTyped,
    filter: (tag) => setWanted((before) => ({ ...before, tag, page: "1" })), turnTo: (page) => setWanted((before) => ({ ...before, page: String(page) })),
  };
}
