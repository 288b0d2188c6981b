// The part of a tag that comes from a segment's name: Latin letters as they are, kana by their sounds; else by its number.

const SLUG_MAX = 40;
const ID_LENGTH = 8;

/** `春` cannot be spelt without knowing how it is read, so a name with such a letter gives way to the number. */
export function slugOf({ id, name }: { id: string; name: string }): string {
  const latin = romanize(name.normalize("NFKC").toLowerCase()).normalize("NFD").replaceAll(/\p{M}/gu, "");
  const slug = latin.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-+|-+$/g, "").slice(0, SLUG_MAX).replace(/-+$/, "");
  return /^[a-z0-9-]+$/.test(slug) ? slug : id.slice(0, ID_LENGTH);
}

const ROWS: readonly [kana: string, sounds: string][] = [
  ["アイウエオ", "a i u e o"], ["カキクケコ", "ka ki ku ke ko"], ["サシスセソ", "sa shi su se so"], ["タチツテト", "ta chi tsu te to"], ["ナニヌネノ", "na ni nu ne no"], ["ハヒフヘホ", "ha hi fu he ho"],
  ["マミムメモ", "ma mi mu me mo"], ["ヤユヨ", "ya yu yo"], ["ラリルレロ", "ra ri ru re ro"], ["ワヲン", "wa o n"], ["ガギグゲゴ", "ga gi gu ge go"], ["ザジズゼゾ", "za ji zu ze zo"],
  ["ダヂヅデド", "da ji zu de do"], ["バビブベボ", "ba bi bu be bo"], ["パピプペポ", "pa pi pu pe po"], ["ヴ", "vu"], ["ァィゥェォ", "a i u e o"], ["ャュョ", "ya yu yo"],
];
const SOUNDS = new Map(ROWS.flatMap(([kana, sounds]) => Array.from(kana, (letter, index) => [letter, sounds.split(" ")[index] ?? ""] as const)));
const SMALL_VOWELS = "ァィゥェォ";
const SMALL_Y = "ャュョ";

/** Hepburn's spelling: きゃ is kya, しゃ sha, ファ fa, っか kka; a long sound is written once. */
function romanize(text: string): string {
  const letters = Array.from(text, (letter) => (/[\u3041-\u3096]/u.test(letter) ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + KATAKANA_AHEAD) : letter));
  let written = "";
  for (const [index, letter] of letters.entries()) {
    const next = SOUNDS.get(letters[index + 1] ?? "") ?? "";
    const sound = SOUNDS.get(letter) ?? letter;
    if (letter === "ッ") written += next.startsWith("ch") ? "t" : next.slice(0, 1);
    else if (letter === "ー") continue;
    else if (index > 0 && SMALL_Y.includes(letter)) written = written.replace(/i$/, "") + (/(sh|ch|j)i?$/.test(written) ? sound.slice(1) : sound);
    else if (index > 0 && SMALL_VOWELS.includes(letter)) written = written.replace(/[aiueo]$/, "") + sound;
    else written += sound;
  }
  return written;
}

const KATAKANA_AHEAD = 0x60; // of hiragana, letter by letter
