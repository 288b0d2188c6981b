// Secrets at rest: AES-256-GCM, each text with its own random IV, each bound to the place it was written for.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const FORMAT = 1; // first byte of every ciphertext, so that a later format can be told apart
const IV_BYTES = 12; // what GCM is made for
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + IV_BYTES + TAG_BYTES;

export class UnreadableSecret extends Error {
  override name = "UnreadableSecret";
  constructor() {
    super(
      "A stored Shopify token cannot be decrypted: TOKEN_KEY is not the key it was encrypted with, or the row was changed. " +
        'Set the former key, or delete the rows of the table "session": merchants get new ones on their next visit.',
    );
  }
}

/** `place` is authenticated but not stored: a ciphertext moved to another row or column does not decrypt. */
export function encrypt(text: string, { key, place }: { key: Buffer; place: string }): Buffer<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), iv, cipher.getAuthTag(), body]);
}

/** Throws UnreadableSecret for a wrong key, another place or a changed byte. */
export function decrypt(secret: Uint8Array, { key, place }: { key: Buffer; place: string }): string {
  if (secret[0] !== FORMAT || secret.length < HEADER_BYTES) throw new UnreadableSecret();
  const iv = secret.subarray(1, 1 + IV_BYTES);
  const tag = secret.subarray(1 + IV_BYTES, HEADER_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place)).setAuthTag(tag);
  try {
    return decipher.update(secret.subarray(HEADER_BYTES), undefined, "utf8") + decipher.final("utf8");
  } catch {
    throw new UnreadableSecret();
  }
}
