// The text of a file somebody saved, whatever wrote it.

/** What a spreadsheet saved before it saved UTF-8. */
export type OlderEncoding = "windows-1252" | "shift_jis" | "gb18030";

/** UTF-8, or UTF-16 as a spreadsheet's "Unicode text"; what is neither is read as `older`. */
export function decodeText(bytes: Uint8Array, older: OlderEncoding): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(older).decode(bytes);
  }
}
