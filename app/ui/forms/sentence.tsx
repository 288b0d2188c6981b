// A rule as a sentence with its fields in it, in the order the language wants.
import type { ReactNode } from "react";

const MARK = "\uE000"; // of no alphabet: it comes in no sentence

/** For the places of a sentence: `t(key, marks("points", "amount"))`. */
export function marks<Name extends string>(...names: Name[]): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, `${MARK}${name}${MARK}`])) as Record<Name, string>; // each of them has just been made
}

export function Sentence({ text, fields }: { text: string; fields: Record<string, ReactNode> }) {
  return <div className="regulars-sentence">{text.split(MARK).map((piece, index) => (index % 2 === 1 ? <div key={index} className="regulars-sentence-field">{fields[piece]}</div> : <span key={index}>{piece}</span>))}</div>;
}
