// A table with its name, in a place of its own that scrolls where it is too wide.
import type { ReactNode } from "react";
import { ScrollRegion } from "./scroll-region.tsx";

/** The children are its rows; columns are names, each its own. */
export function NamedTable({ name, columns, className = "", children }: { name: string; columns: readonly string[]; className?: string; children: ReactNode }) {
  return (
    <ScrollRegion label={name}>
      <table className={`regulars-table ${className}`}>
        <caption className="regulars-hidden">{name}</caption>
        <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollRegion>
  );
}
