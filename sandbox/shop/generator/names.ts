// Who could live where: names as people write them, and as their e-mail addresses do.

/** as written, as spelled in an e-mail address */
type Word = readonly [written: string, spelled: string];

export type Region = {
  countryCode: string;
  locale: string;
  /** hours from UTC, near enough to say when people are awake */
  utcHours: number;
  /** share of the shop's customers */
  weight: number;
  consent: "asked" | "confirmed";
  givenNames: readonly [Word, ...Word[]];
  familyNames: readonly [Word, ...Word[]];
  cities: readonly [string, ...string[]];
};

const spell = (written: string): Word => [written, written.toLowerCase().normalize("NFD").replace(/ß/g, "ss").replace(/[^a-z]/g, "")];
const words = (text: string): [Word, ...Word[]] => {
  const [first = "Sam", ...others] = text.split(" ");
  return [spell(first), ...others.map(spell)];
};
/** `written=spelled` */
const pairs = (text: string): [Word, ...Word[]] => {
  const [first = ["", ""], ...others] = text.split(" ").map((pair): Word => {
    const [written = "", spelled = ""] = pair.split("=");
    return [written, spelled];
  });
  return [first, ...others];
};

const englishGiven = words("Mina Oliver Amelia Noah Grace Liam Chloe Ethan Zoe Jack Ruby Leo Maya Owen Isla Henry Nora Caleb Ivy Samuel Hazel Theo Alice Marcus Stella Jonah Priya Diego Fatima Andre Keisha Rafael Naomi Victor Elena");
const englishFamily = words("Okafor Bennett Carter Hughes Murphy Patel Brooks Foster Reyes Coleman Walsh Nguyen Turner Hayes Sullivan Price Kim Barnes Jenkins Ortiz Wallace Grant Fisher Lowe Harper Mendoza Webb Stone Quinn Delgado Shah Marsh");

export const regions: readonly [Region, ...Region[]] = [
  { countryCode: "US", locale: "en", utcHours: -7, weight: 60, consent: "asked", givenNames: englishGiven, familyNames: englishFamily, cities: ["Portland", "Seattle", "Oakland", "Los Angeles", "Denver", "Austin", "Chicago", "Brooklyn", "Boston", "Atlanta"] },
  {
    countryCode: "JP", locale: "ja", utcHours: 9, weight: 10, consent: "asked", cities: ["東京", "大阪", "京都", "横浜", "福岡", "札幌"],
    givenNames: pairs("陽菜=hina 葵=aoi 結衣=yui 美咲=misaki 彩花=ayaka 真由美=mayumi さくら=sakura 蓮=ren 大翔=hiroto 悠真=yuma 健太=kenta 翔太=shota 直樹=naoki 恵子=keiko 由美子=yumiko 拓也=takuya"),
    familyNames: pairs("佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 伊藤=ito 渡辺=watanabe 山本=yamamoto 中村=nakamura 小林=kobayashi 加藤=kato 吉田=yoshida 山田=yamada 松本=matsumoto 井上=inoue 木村=kimura 清水=shimizu"),
  },
  {
    countryCode: "CN", locale: "zh-CN", utcHours: 8, weight: 7, consent: "asked", cities: ["上海", "北京", "广州", "深圳", "杭州", "成都"],
    givenNames: pairs("伟=wei 芳=fang 娜=na 敏=min 静=jing 丽=li 强=qiang 磊=lei 洋=yang 艳=yan 秀英=xiuying 子涵=zihan 欣怡=xinyi 浩然=haoran 雨桐=yutong 梓萱=zixuan"),
    familyNames: pairs("王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao 黄=huang 周=zhou 吴=wu 徐=xu 孙=sun 胡=hu 朱=zhu 高=gao 林=lin"),
  },
  { countryCode: "GB", locale: "en", utcHours: 0, weight: 8, consent: "asked", givenNames: englishGiven, familyNames: englishFamily, cities: ["London", "Manchester", "Bristol", "Leeds", "Edinburgh", "Cardiff"] },
  {
    countryCode: "DE", locale: "de", utcHours: 1, weight: 7, consent: "confirmed", cities: ["Berlin", "Hamburg", "München", "Köln", "Leipzig", "Freiburg"],
    givenNames: words("Anna Jürgen Lena Jonas Marie Lukas Katharina Felix Sabine Tobias Käthe Matthias Ursula Björn Franziska Stefan"),
    familyNames: words("Müller Schmidt Schneider Fischer Weber Becker Schäfer Koch Richter Klein Wolf Schröder Neumann Krüger Hofmann Groß"),
  },
  { countryCode: "CA", locale: "en", utcHours: -5, weight: 5, consent: "confirmed", givenNames: englishGiven, familyNames: englishFamily, cities: ["Toronto", "Vancouver", "Calgary", "Halifax"] },
  {
    countryCode: "FR", locale: "fr", utcHours: 1, weight: 2, consent: "asked", cities: ["Paris", "Lyon", "Bordeaux", "Lille"],
    givenNames: words("Camille Léa Hugo Inès Théo Zoé Chloé Mathis Élodie François Agnès Benoît"),
    familyNames: words("Martin Bernard Dubois Moreau Laurent Lefèvre Garnier Faure Chevalier Mercier Lambert Gérard"),
  },
  { countryCode: "AU", locale: "en", utcHours: 10, weight: 1, consent: "asked", givenNames: englishGiven, familyNames: englishFamily, cities: ["Melbourne", "Sydney", "Brisbane"] },
];
