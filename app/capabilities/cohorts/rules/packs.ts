// How much a variant holds, read from its name, so that a large bag and a small one of the same thing can be compared.

export type Pack = { kind: "piece" | "gram" | "millilitre"; /** in that unit */ amount: number };

const NUMBER = String.raw`(\d+(?:[.,]\d+)*)`;
const MEASURES: readonly [Pack["kind"], number, string][] = [
  ["gram", 1_000, "kgs?|kilos?|kilograms?|キログラム|キロ|公斤|千克"], ["gram", 0.001, "mg|ミリグラム|毫克"], ["gram", 500, "市?斤"],
  ["gram", 1, "g|gr|gms?|grams?|grammes?|グラム|克"], ["gram", 453.592_37, "lbs?|pounds?|ポンド|磅"],
  ["millilitre", 29.573_529_562_5, String.raw`fl\.? ?oz|fluid ounces?|液量オンス|液体盎司`], ["gram", 28.349_523_125, "oz|ounces?|オンス|盎司"],
  ["millilitre", 1, "ml|millilit(?:er|re)s?|ミリリットル|毫升"], ["millilitre", 10, "cl|centilit(?:er|re)s?"], ["millilitre", 1_000, "l|lit(?:er|re)s?|リットル|公?升"],
];
const NOT_A_LETTER_NEXT = "(?![a-z])"; // 5 g, but not 5 gold

/** Words for things that are counted; in Japanese and Chinese right behind the number. */
const THINGS = "pcs?|pieces?|packs?|pks?|pkt|count|ct|bags?|bottles?|cans?|capsules?|pods?|rolls?|sachets?|sticks?|sheets?|tablets?|boxes|box|jars?|tins?|bars?|pairs?|units?";
const COUNTERS = "個|本|袋|枚|包|缶|箱|粒|錠|杯|足|セット|パック|ケース|ロール|入り?|个|支|瓶|盒|片|罐|条|套|双|件|卷|颗|只|装|枚入り?";
const COUNTS: readonly RegExp[] = [
  new RegExp(String.raw`\b(?:packs?|sets?|box(?:es)?|case|bundle|lot|tray|bag) of ${NUMBER}`),
  new RegExp(String.raw`${NUMBER}[- ]?(?:${THINGS})${NOT_A_LETTER_NEXT}`),
  new RegExp(String.raw`${NUMBER} ?(?:${COUNTERS})`),
  new RegExp(String.raw`(?:(?:^|[/,·(]) ?x ?|[^a-z0-9]x |× ?)${NUMBER}(?![\d.,]*[a-z])`), // 250 g x6, not model X5
  new RegExp(String.raw`(?:^|[^a-z0-9.,])${NUMBER} ?[x×](?![a-z])`), // 6 x 250 g
];

/** "500 g", "Pack of 6", "6 x 250 ml", "12個入り", "12 支装"; null: nothing can be read. A number of packs and what each holds are multiplied. */
export function packOf(name: string): Pack | null {
  const text = name.normalize("NFKC").toLowerCase();
  const measure = firstMeasure(text);
  const rest = measure === null ? text : `${text.slice(0, measure.from)}·${text.slice(measure.to)}`; // a number is read once
  const count = firstCount(rest);
  if (measure === null) return count === null ? null : { kind: "piece", amount: count };
  return { kind: measure.kind, amount: measure.amount * (count ?? 1) };
}

type Found = Pack & { from: number; to: number };

function firstMeasure(text: string): Found | null {
  for (const [kind, factor, words] of MEASURES) {
    const match = new RegExp(`${NUMBER} ?(?:${words})${NOT_A_LETTER_NEXT}`).exec(text);
    const amount = parseAmount(match?.[1]);
    if (match !== null && amount > 0) return { kind, amount: amount * factor, from: match.index, to: match.index + match[0].length };
  }
  return null;
}

const COUNT_MAX = 10_000; // a larger one is a number of something else

function firstCount(text: string): number | null {
  for (const pattern of COUNTS) {
    const count = parseAmount(pattern.exec(text)?.[1]);
    if (Number.isInteger(count) && count > 0 && count <= COUNT_MAX) return count;
  }
  return null;
}

/** 1,000 is a thousand, 1,5 one and a half. */
const parseAmount = (written = ""): number => Number(written === "" ? Number.NaN : written.replaceAll(/,(?=\d{3}(?!\d))/g, "").replace(",", "."));

/** What each of a product's variants holds, the smallest being 1; all 1 where they cannot be compared. A variant of which nothing can be read is one piece. */
export function scalePacks(names: readonly string[]): number[] {
  const packs = names.map((name) => packOf(name) ?? { kind: "piece" as const, amount: 1 });
  const smallest = Math.min(...packs.map(({ amount }) => amount));
  return packs.map(({ kind, amount }) => (packs.every((other) => other.kind === kind) ? amount / smallest : 1));
}
