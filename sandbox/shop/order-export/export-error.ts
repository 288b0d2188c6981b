// The one clear sentence somebody gets whose order export cannot be used: file, line, column, and what is wrong there.

import { basename } from "node:path";

export class OrderExportError extends Error {
  override name = "OrderExportError";
}

/** Where in the file: lines are counted as a text editor counts them. */
export type Place = { file: string; line?: number; column?: string };

export function refuseExport({ file, line, column }: Place, problem: string): never {
  const place = [`${basename(file)}${line === undefined ? "" : ` line ${line}`}`, ...(column === undefined ? [] : [`column "${column}"`])].join(", ");
  throw new OrderExportError(`${place}: ${problem}`);
}

const QUOTED_MAX = 60; // enough to find it in the file

export const quote = (text: string): string => `"${text.length > QUOTED_MAX ? `${text.slice(0, QUOTED_MAX)}…` : text}"`;
