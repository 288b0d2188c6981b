// Ratios of two ways to do one thing, measured in one run on one machine.

export type Ratio = {
  name: string;
  /** what ours took or did, with its unit */
  ours: string;
  /** the other way */
  other: string;
  ratio: number;
  aim: string;
  isMet: boolean;
};

export const secondsOf = async (run: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1_000;
};

/** The median of `count` runs after one that warms up, in milliseconds. */
export async function medianMs(count: number, run: () => Promise<unknown>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) times.push((await secondsOf(run)) * 1_000);
  return quantile(times, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const milliseconds = (value: number): string => (value < 10 ? `${value.toFixed(2)} ms` : `${Math.round(value)} ms`);
export const perSecond = (count: number, seconds: number): string => `${Math.round(count / seconds).toLocaleString("en")}/s`;

export function printTable(ratios: readonly Ratio[]): void {
  const rows = [["what", "ours", "against", "ratio", "aim", ""], ...ratios.map((row) => [row.name, row.ours, row.other, row.ratio >= 10 ? row.ratio.toFixed(0) : row.ratio.toFixed(2), row.aim, row.isMet ? "met" : "missed"])];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
