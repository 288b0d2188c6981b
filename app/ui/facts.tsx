// A few figures side by side, each with its name.
import type { ReactNode } from "react";

type Look = "facts" | "remarks" | "sum" | "totals";

/** `look` is where they stand: figures of a card, remarks below each other, the lines of a sum, or totals in a row. */
export function Facts({ facts, look = "facts" }: { facts: readonly (readonly [name: string, fact: ReactNode])[]; look?: Look }) {
  return (
    <dl className={`regulars-${look}`}>
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
