// A share as a bar, with the range it lies in as a line across its end. Hidden from readers: the figures stand beside it.
import type { Estimate } from "../../capabilities/surveys/model/results.ts";

const WIDE = 100;

export const ShareBar = ({ share: { value, low, high } }: { share: Estimate }) => (
  <svg className="results-bar" viewBox={`0 0 ${WIDE} 12`} preserveAspectRatio="none" aria-hidden="true">
    <rect className="results-bar-ground" width={WIDE} height="12" />
    <rect className="results-bar-share" width={value * WIDE} height="12" />
    <path d={`M${low * WIDE} 6H${high * WIDE}`} />
  </svg>
);
