// What is wider than a phone scrolls in its own place, by finger, wheel or keyboard.
import type { ReactNode } from "react";

export function ScrollRegion({ label, className = "regulars-scroll", children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // It scrolls, so it must be reachable without a mouse.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={className} role="region" aria-label={label} tabIndex={0}>{children}</div>
  );
}
