// A figure that leads to what it counts.
import { Link } from "@shopify/polaris";
import { useAddress } from "./address.ts";
import type { Rows } from "./open-rows.ts";

/** `rows` null: it stands for itself. */
export function OpenFigure({ rows, of, children }: { rows: Rows | null; /** what is counted, for who does not see where the link stands */ of: string; children: string }) {
  const address = useAddress();
  return rows === null ? <>{children}</> : <Link url={address(...rows)} monochrome accessibilityLabel={`${of}: ${children}`}>{children}</Link>;
}
