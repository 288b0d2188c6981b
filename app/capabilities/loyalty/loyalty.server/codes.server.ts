// Codes shoppers type: of a reward, always the same for its wish; for friends, made by chance.
import { createHash } from "node:crypto";

const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; // none that are taken for another
const CODE_LENGTH = 12; // 60 bits: nobody guesses one

/** Always the same for a wish, so that one that was made before the answer got lost is recognised; nobody can guess it who does not know the wish's id. */
export function codeFor(shopId: bigint, redemptionId: string): string {
  return lettersOf(createHash("sha256").update(`${shopId}/${redemptionId}`).digest().subarray(0, CODE_LENGTH));
}

const lettersOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length]).join("");

/** For friends, to be said aloud: 40 bits, made by chance. */
export const newCode = (): string => lettersOf(crypto.getRandomValues(new Uint8Array(FRIENDS_CODE_LENGTH)));
const FRIENDS_CODE_LENGTH = 8;
