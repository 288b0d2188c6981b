// A bulk operation's file as a stream of lines, each with the byte it ends at, so that reading can go on there after a crash.
import { setImmediate as nextTurn } from "node:timers/promises";
import { ShopifyUnreachable } from "./errors.ts";

/** `endByte`: everything before it has been seen; a later `fromByte`. */
export type BulkLine = { line: unknown; endByte: number };

const STALL_TIMEOUT_MS = 60_000; // no byte for this long: the connection is dead
const LINE_MAX_BYTES = 16 * 1024 * 1024; // an order with its lines apart is some kilobytes; more is no line of ours
const NEW_LINE = 10;

/** Lines that arrived together. Throws ShopifyUnreachable when the connection fails or the address has expired; what was yielded stays good. */
export async function* streamBulk(url: string, fromByte: number): AsyncGenerator<BulkLine[]> {
  let endByte = fromByte;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  for await (const chunk of readChunks(url, fromByte)) {
    const lines: BulkLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, start)) {
      const bytes = pending.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...pending, chunk.subarray(start, end)]);
      endByte += bytes.byteLength + 1;
      start = end + 1;
      pending = [];
      pendingBytes = 0;
      lines.push({ line: parseLine(bytes), endByte });
    }
    if (start < chunk.byteLength) pending.push(chunk.subarray(start));
    pendingBytes += chunk.byteLength - start;
    if (pendingBytes > LINE_MAX_BYTES) throw new Error("a bulk line without an end");
    if (lines.length > 0) yield lines;
    await nextTurn(); // a file that comes faster than it is read would keep PostgreSQL's answers waiting
  }
  if (pendingBytes > 0) yield [{ line: parseLine(Buffer.concat(pending)), endByte: endByte + pendingBytes }];
}

/** The ids in it are gids, text already, so plain JSON loses nothing and is five times as fast. */
const parseLine = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8"));

async function* readChunks(url: string, fromByte: number): AsyncGenerator<Uint8Array> {
  const stall = new AbortController();
  const timer = setTimeout(() => { stall.abort(); }, STALL_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: stall.signal, headers: fromByte === 0 ? {} : { Range: `bytes=${fromByte}-` } });
    if (response.status === 416) return; // everything was read before
    if (!response.ok) throw new ShopifyUnreachable(`bulk file: status ${response.status}`);
    let skip = response.status === 206 ? 0 : fromByte; // a server may answer the whole
    const reader = response.body?.getReader();
    for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
      timer.refresh();
      const wanted = next.value.subarray(Math.min(skip, next.value.byteLength));
      skip -= next.value.byteLength - wanted.byteLength;
      if (wanted.byteLength > 0) yield wanted;
    }
  } catch (cause) {
    if (cause instanceof ShopifyUnreachable) throw cause;
    throw new ShopifyUnreachable("bulk file: the connection broke", { cause });
  } finally {
    clearTimeout(timer);
    stall.abort(); // a reader who leaves early leaves no connection behind
  }
}
