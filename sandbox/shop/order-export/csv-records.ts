// A CSV or CSV.gz file as records with the physical line each begins on, read in a stream, or one sentence about why it cannot be.

import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { OrderExportError, refuseExport, type Place } from "./export-error.ts";

/** Every record, the header too, is handed to `use` as it comes: an iterator would wait once for each of them. */
export async function readCsvRecords(file: string, use: (cells: string[], line: number) => void): Promise<void> {
  let lastLine = 0;
  const parser = parse({
    bom: true,
    relax_column_count: true, // the reader of the records knows what to say about it
    skip_empty_lines: true,
    on_record: (cells: string[], { lines }: { lines: number }) => {
      use(cells, lines === lastLine + 1 ? lines : firstLineOf(cells, lines));
      lastLine = lines;
      return null;
    },
  });
  parser.resume();
  try {
    const isPacked = await startsAsGzip(file);
    const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
    const check = (bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => checkEncoding(file, bytes);
    await (isPacked ? pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), check, parser) : pipeline(source, check, parser));
  } catch (error) {
    explain(error, { file, line: lastLine + 1 });
  }
}

const CHUNK_BYTES = 1 << 18; // a few hundred records

/** csv-parse counts to the end of a record; cells may hold line feeds. */
function firstLineOf(cells: readonly string[], endLine: number): number {
  let line = endLine;
  for (const cell of cells) if (cell.length > 0) for (let at = cell.indexOf("\n"); at !== -1; at = cell.indexOf("\n", at + 1)) line -= 1;
  return line;
}

/** Lets whole lines through that are text. */
async function* checkEncoding(file: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const wholeLength = bytes.lastIndexOf(LINE_FEED) + 1; // never a part of a longer character
    const whole = bytes.subarray(0, wholeLength);
    line += checkLines(file, whole, line);
    rest = bytes.subarray(wholeLength);
    if (wholeLength > 0) yield whole;
    if (rest.length > LINE_MAX_BYTES) refuseExport({ file, line }, "this line does not end; is this a CSV file?");
  }
  checkLines(file, rest, line);
  if (rest.length > 0) yield rest;
}

const LINE_FEED = 0x0a;
const LINE_MAX_BYTES = 4_000_000; // hundreds of times the longest order note

/** Answers how many line feeds there were. */
function checkLines(file: string, bytes: Buffer, firstLine: number): number {
  const isText = isUtf8(bytes) && !bytes.includes(0);
  let count = 0;
  for (let at = 0; at < bytes.length; ) {
    const endAt = bytes.indexOf(LINE_FEED, at);
    const lineBytes = bytes.subarray(at, endAt === -1 ? bytes.length : endAt);
    if (!isText && (!isUtf8(lineBytes) || lineBytes.includes(0))) {
      refuseExport({ file, line: firstLine + count }, "this is not UTF-8 text; save the file as CSV UTF-8, or export it from Shopify again");
    }
    if (endAt === -1) break;
    count += 1;
    at = endAt + 1;
  }
  return count;
}

async function startsAsGzip(file: string): Promise<boolean> {
  const beginning: AsyncIterable<Buffer> = createReadStream(file, { start: 0, end: 1 });
  for await (const bytes of beginning) return bytes[0] === 0x1f && bytes[1] === 0x8b;
  return false;
}

const readingProblems: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder",
  EACCES: "this file may not be read",
  Z_BUF_ERROR: "the gzip file is cut off; copy or download it again",
  Z_DATA_ERROR: "the gzip file is damaged; copy or download it again",
};
const csvProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is opened and never closed",
  INVALID_OPENING_QUOTE: "a quotation mark stands inside a cell; it would have to be doubled, and the cell quoted",
  CSV_INVALID_CLOSING_QUOTE: "a quotation mark inside a cell is not doubled",
};

function explain(error: unknown, place: Place & { line: number }): never {
  if (error instanceof OrderExportError || !(error instanceof Error)) throw error;
  const code = "code" in error ? String(error.code) : "";
  // Of a quotation mark that is never closed, the line is that where its record begins.
  if (error instanceof CsvError) refuseExport(place, csvProblems[code] ?? "this is not readable as CSV");
  const problem = readingProblems[code];
  if (problem !== undefined) refuseExport({ file: place.file }, problem);
  throw error;
}
