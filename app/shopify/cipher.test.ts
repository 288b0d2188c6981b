import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decrypt, encrypt, UnreadableSecret } from "./cipher.ts";

const key = randomBytes(32);
const place = "offline_demo.myshopify.com/access_token";

test("what is encrypted comes back, and never looks the same twice", () => {
  const first = encrypt("shpat_秘密", { key, place });
  const second = encrypt("shpat_秘密", { key, place });
  expect(decrypt(first, { key, place })).toBe("shpat_秘密");
  expect(first.equals(second)).toBe(false);
  expect(first.includes("shpat")).toBe(false);
});

test("a wrong key is named as such, not as garbage", () => {
  const secret = encrypt("shpat_1", { key, place });
  expect(() => decrypt(secret, { key: randomBytes(32), place })).toThrow(UnreadableSecret);
  expect(() => decrypt(secret, { key: randomBytes(32), place })).toThrow(/TOKEN_KEY/);
});

test("a secret moved to another shop's row does not decrypt", () => {
  const secret = encrypt("shpat_1", { key, place });
  expect(() => decrypt(secret, { key, place: "offline_other.myshopify.com/access_token" })).toThrow(UnreadableSecret);
});

test("no byte can be changed, and nothing shortened", () => {
  const secret = encrypt("shpat_1", { key, place });
  for (let at = 0; at < secret.length; at++) {
    const changed = Buffer.from(secret);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(() => decrypt(changed, { key, place })).toThrow(UnreadableSecret);
  }
  expect(() => decrypt(secret.subarray(0, 20), { key, place })).toThrow(UnreadableSecret);
  expect(() => decrypt(Buffer.alloc(0), { key, place })).toThrow(UnreadableSecret);
});
