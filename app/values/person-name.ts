// A person's name as its own language writes it.

export type NameParts = { firstName: string | null; lastName: string | null };

const FAMILY_FIRST = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/u; // kana, Han and Hangul
const UNSPACED = /^[\u3400-\u9fff]+$/u; // Han alone: Chinese has no space; with a Japanese locale there is one

/** `Mina Okafor`, `山本 陽菜`, `王小明`; null: no part of it is known. */
export function personName({ firstName, lastName }: NameParts, locale: string | null): string | null {
  const [first, last] = [firstName?.trim() ?? "", lastName?.trim() ?? ""];
  if (first === "" || last === "") return first + last || null;
  if (!FAMILY_FIRST.test(last)) return `${first} ${last}`;
  return last + (locale?.startsWith("zh") === true && UNSPACED.test(first + last) ? "" : " ") + first;
}
