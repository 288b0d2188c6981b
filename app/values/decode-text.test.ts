import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

test("UTF-8 and UTF-16 are known by themselves, anything else is what it was said to be", () => {
  expect(decodeText(new TextEncoder().encode("名前,5"), "windows-1252")).toBe("名前,5");
  expect(decodeText(new Uint8Array([0xff, 0xfe, 0x61, 0x00, 0x2c, 0x00]), "shift_jis")).toBe("a,");
  expect(decodeText(new Uint8Array([0x61, 0x2c, 0x82, 0xa0, 0x2c, 0x35]), "shift_jis")).toBe("a,あ,5");
  expect(decodeText(new Uint8Array([0x61, 0x2c, 0xb9, 0xe3, 0x2c, 0x35]), "gb18030")).toBe("a,广,5");
  expect(decodeText(new Uint8Array([0x63, 0x61, 0x66, 0xe9]), "windows-1252")).toBe("café");
});

test("an older encoding spoils names alone", () => {
  expect(decodeText(new Uint8Array([0x61, 0x2c, 0x82, 0xa0, 0x2c, 0x35]), "windows-1252")).toMatch(/^a,..,5$/u); // あ in Shift_JIS
});
