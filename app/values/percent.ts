// Shares that know when they mean nothing.

/** part ÷ whole, or null when there is nothing to divide by. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
