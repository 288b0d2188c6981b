// Files of other loyalty programmes: whose they are, what they say of members, and what can be wrong with a line.
import type { Day } from "../../../values/day.ts";

export const IMPORT_SOURCES = ["smile", "loyaltylion", "growave", "yotpo", "joy", "plain"] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number];
/** Names of products are the same in every language. */
export const SOURCE_NAMES: Readonly<Record<Exclude<ImportSource, "plain">, string>> = { smile: "Smile", loyaltylion: "LoyaltyLion", growave: "Growave", yotpo: "Yotpo", joy: "Joy" };

export const FILE_MAX_BYTES = 5_000_000;
export const LINES_MAX = 100_000;
export const IMPORT_POINTS_MAX = 1_000_000; // of one member; beyond it is a slip

export type ImportField = "email" | "points" | "joined_on" | "birthday";
/** missing: nothing there · not_email · unknown: no customer has it · double: another line has it · not_whole, negative, too_large: of points · not_a_day, in_future */
export type LineFault = "missing" | "not_email" | "unknown" | "double" | "not_whole" | "negative" | "too_large" | "not_a_day" | "in_future";
/** `line` as an editor counts them, the header's is 1; `otherLine` where a double came first. */
export type LineError = { line: number; field: ImportField; fault: LineFault; text: string; otherLine?: number };

/** `birthday`: month and day. */
export type ImportedMember = { line: number; email: string; points: number; joinedOn: Day | null; birthday: string | null };
export type ParsedFile = { source: ImportSource; members: ImportedMember[]; errors: LineError[]; lines: number; hasTiers: boolean };
/** unreadable: no table · columns: e-mail or points are not there · empty: a header alone · too_long */
export type FileFault = "unreadable" | "columns" | "empty" | "too_long";
export type ImportFile = { ok: true; file: ParsedFile } | { ok: false; fault: FileFault };
