// A few figures side by side, each with its name.
import type { ReactNode } from "react";

/** `look` is where they stand: figures of a card, or remarks below each other. */
export function Facts({ facts, look = "regulars-facts" }: { facts: readonly (readonly [name: string, fact: ReactNode])[]; look?: "regulars-facts" | "regulars-remarks" }) {
  return (
    <dl className={look}>
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
