// Members and balances of another loyalty programme, from the file it exports: whose file it is, what each line says, and what is wrong with it.
import { parse } from "csv-parse/sync";
import { isDay, type Day } from "../../../values/day.ts";
import { IMPORT_POINTS_MAX, LINES_MAX, type ImportedMember, type ImportField, type ImportFile, type ImportSource, type LineError, type LineFault } from "../model/imports.ts";

// What each product's export calls its columns, in small letters and without anything else; the first that is there counts.
const COLUMNS = {
  email: ["email", "emailaddress", "customeremail"],
  points: ["points", "pointsbalance", "pointbalance", "currentpointsbalance", "currentpoints", "availablepoints", "balance"],
  approved: ["pointsapproved", "approvedpoints"],
  spent: ["pointsspent", "spentpoints"],
  joined_on: ["joinedon", "joinedat", "membersince", "enrolledat", "optedinat", "createddate", "createdat"],
  birthday: ["birthday", "birthdate", "dateofbirth", "birthdaymmdd", "birthdaymmddyyyy", "birthdatey-m-d"],
  tier: ["tier", "viptier", "loyaltytier", "membershiptype"],
} as const;
type Column = keyof typeof COLUMNS;

/** By columns that nobody else's export has; first match counts. Where a file says only e-mail and points it is a plain one. */
const SIGNS: readonly { source: ImportSource; anyOf: readonly string[] }[] = [
  { source: "loyaltylion", anyOf: ["pointsapproved", "approvedpoints", "loyaltylionid", "loyaltytier"] },
  { source: "yotpo", anyOf: ["currentpointsbalance", "pointsspent", "birthdaymmddyyyy", "optedinat", "swellid"] },
  { source: "joy", anyOf: ["membershiptype", "birthdaymmdd"] },
  { source: "growave", anyOf: ["birthdate", "birthdatey-m-d"] },
  { source: "smile", anyOf: ["pointsbalance", "viptier", "memberstatus", "dateofbirth", "referralurl"] },
];

const simple = (name: string): string => name.normalize("NFKC").toLowerCase().replaceAll(/[^\p{L}\d-]/gu, "");

type TextRow = { record: string[]; info: { lines: number } };

/** `today` is the last day on which anybody can have joined. */
export function parseImport(text: string, today: Day): ImportFile {
  const rows = readRows(text);
  if (rows === null) return { ok: false, fault: "unreadable" };
  const [head, ...body] = rows;
  const names = (head?.record ?? []).map(simple);
  const at = (column: Column): number => names.findIndex((name) => COLUMNS[column].some((known) => known === name));
  const hasPoints = at("points") >= 0 || (at("approved") >= 0 && at("spent") >= 0);
  if (at("email") < 0 || !hasPoints) return { ok: false, fault: "columns" };
  if (body.length === 0) return { ok: false, fault: "empty" };
  if (body.length > LINES_MAX) return { ok: false, fault: "too_long" };
  const source = SIGNS.find(({ anyOf }) => anyOf.some((sign) => names.includes(sign)))?.source ?? "plain";
  const lineOf = new Map<string, number>();
  const members: ImportedMember[] = [];
  const errors: LineError[] = [];
  let hasTiers = false;
  for (const { record, info } of body) {
    const said = (column: Column): string => record[at(column)]?.trim() ?? "";
    const read = readLine(said, { line: info.lines, today, lineOf });
    if ("fault" in read) errors.push(read);
    else members.push(read);
    hasTiers ||= said("tier") !== "";
  }
  return { ok: true, file: { source, members, errors, lines: body.length, hasTiers } };
}

/** Commas, or semicolons as a spreadsheet writes them where a comma is a decimal point, or tabs. Null: no table. */
function readRows(text: string): TextRow[] | null {
  const [first = ""] = text.split("\n", 1);
  const delimiter = [",", ";", "\t"].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
  try {
    const rows: unknown = parse(text, { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true, skip_records_with_empty_values: true, to: LINES_MAX + 2 });
    return rows as TextRow[]; // what csv-parse answers with `info`
  } catch {
    return null;
  }
}

type Said = (column: Column) => string;
type Place = { line: number; today: Day; lineOf: Map<string, number> };

function readLine(said: Said, { line, today, lineOf }: Place): ImportedMember | LineError {
  const fault = (field: ImportField, what: LineFault, text: string): LineError => ({ line, field, fault: what, text });
  const email = said("email").toLowerCase();
  if (email === "") return fault("email", "missing", "");
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.includes("\0")) return fault("email", "not_email", email);
  const otherLine = lineOf.get(email);
  if (otherLine !== undefined) return { ...fault("email", "double", email), otherLine };
  const points = readPoints(said);
  if (typeof points !== "number") return fault("points", points.fault, points.text);
  const joined = said("joined_on");
  const joinedOn = joined === "" ? null : readDay(joined);
  if (joinedOn === undefined) return fault("joined_on", "not_a_day", joined);
  if (joinedOn !== null && joinedOn > today) return fault("joined_on", "in_future", joined);
  const birth = said("birthday");
  const birthday = birth === "" ? null : readMonthDay(birth);
  if (birthday === undefined) return fault("birthday", "not_a_day", birth);
  lineOf.set(email, line);
  return { line, email, points, joinedOn, birthday };
}

/** What LoyaltyLion tells apart is balanced: points that were approved, less those spent. */
function readPoints(said: Said): number | { fault: LineFault; text: string } {
  const balance = readWhole(said("points"));
  if (typeof balance === "number" || balance.fault !== "missing") return balance;
  const [approved, spent] = [readWhole(said("approved")), readWhole(said("spent"))];
  if (typeof approved !== "number") return approved;
  if (typeof spent !== "number") return spent;
  return spent > approved ? { fault: "negative", text: String(approved - spent) } : approved - spent;
}

/** Grouped by commas or not: 1,250 and 1250. A balance with a fraction is nobody's whole number. */
function readWhole(text: string): number | { fault: LineFault; text: string } {
  const plain = text.normalize("NFKC").replaceAll(/\s/gu, "");
  if (plain === "") return { fault: "missing", text };
  if (!/^-?(\d+|\d{1,3}(,\d{3})+)(\.0*)?$/.test(plain)) return { fault: "not_whole", text };
  const value = Number(plain.replaceAll(",", ""));
  if (value < 0) return { fault: "negative", text };
  return value > IMPORT_POINTS_MAX ? { fault: "too_large", text } : value;
}

/** 2024-05-27, with a time behind it or not, 2024/5/27, or 05/27/2024. Undefined: none of them. */
function readDay(text: string): Day | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$/.exec(text);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s.*)?$/.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : american ? [american[3], american[1], american[2]] : [];
  const said = [year, month?.padStart(2, "0"), day?.padStart(2, "0")].join("-");
  return isDay(said) ? said : undefined;
}

const LEAP_YEAR = "2024"; // has every day there is

/** With a year or without: 05/27 and 05-27. */
function readMonthDay(text: string): string | undefined {
  const short = /^(\d{1,2})[-/](\d{1,2})$/.exec(text);
  const day = readDay(short ? `${LEAP_YEAR}-${short[1]}-${short[2]}` : text.replace(/^\d{4}(?=[-/.])/, LEAP_YEAR)); // a year that stands for none, as Smile's 1004, may not have been a leap year
  return day?.slice(5);
}
