// Ready questions: what merchants most need to learn, each with whom it asks and when, in every language.
import { wordsIn, type Language, type Words } from "../../../values/words.ts";
import type { Audience, Choice, Definition, Popup, Question } from "../model/survey.ts";
import { SCALE } from "./answers.ts";

/** What is learnt from each: `surveys.library.learn.<key>`. */
export const READY_KEYS = ["why_bought", "recommend", "what_value", "nearly_stopped", "why_not_again", "delivery", "easy_to_find", "new_collection", "use_up", "hear_about", "for_whom", "heard_from", "sell_next"] as const;
export type ReadyKey = (typeof READY_KEYS)[number];

/** A draft to begin with; its name is the merchant's. */
export function readyDefinition(key: ReadyKey, language: Language = "en"): Definition {
  const { name, question, ...rest } = LIBRARY[key];
  return { ...BLANK, ...rest, name: wordsIn(name, language), question: { ...NO_CHOICES, ...question } };
}

/** For a question of one's own: what is left empty is the merchant's to say. */
export const blankDefinition = (): Definition => ({
  ...BLANK, popup: ANYWHERE, name: "",
  question: { ...NO_CHOICES, kind: "single", text: {}, choices: ["choice", "choice-2"].map((id) => ({ id, text: {}, imageUrl: null })) },
});

const NO_CHOICES: Pick<Question, "choices" | "isShuffled" | "lowLabel" | "highLabel"> = { choices: [], isShuffled: false, lowLabel: null, highLabel: null };
const EVERYONE: Audience = { who: "everyone", orders: "any", tierIds: [], segmentId: null, languages: [], countries: [] };
const CUSTOMERS: Audience = { ...EVERYONE, who: "customers" };
const REGULAR_BUYERS: Audience = { ...CUSTOMERS, orders: "returning" };
const ANYWHERE: Popup = { on: "visit", pageKinds: [], productIds: [], paths: [], seconds: 15 };
const ENOUGH_ANSWERS = 300; // shares are then known within six points

const BLANK: Omit<Definition, "name" | "question"> = {
  followUp: null, thanks: null, audience: EVERYONE, popup: null, isInPage: false, isOnOrder: false,
  from: null, to: null, stop: { kind: "answers", count: ENOUGH_ANSWERS }, earnsPoints: false, startsFlow: false, steps: [],
};

const words = (en: string, ja: string, zh: string): Words => ({ en, ja, "zh-CN": zh });
const choice = (id: string, en: string, ja: string, zh: string): Choice => ({ id, text: words(en, ja, zh), imageUrl: null });
const unhappy = (...keys: string[]): Definition["steps"] => keys.map((key) => ({ key, hasTag: false, hasSegment: false, opensTask: true }));
const [WORST, BAD] = SCALE;

type Ready = { name: Words; question: Pick<Question, "kind" | "text"> & Partial<Question> } & Partial<Omit<Definition, "name" | "question">>;

const LIBRARY: Record<ReadyKey, Ready> = {
  why_bought: {
    name: words("Reason to buy", "購入の決め手", "购买理由"),
    question: {
      kind: "single", isShuffled: true, text: words("What made you decide to buy today?", "今回のご購入の決め手は何でしたか？", "这次是什么让您决定购买？"),
      choices: [
        choice("quality", "The quality", "品質のよさ", "品质好"),
        choice("price", "The price or an offer", "価格やキャンペーン", "价格或优惠"),
        choice("recommended", "Somebody recommended it", "人からのすすめ", "有人推荐"),
        choice("before", "I liked it before", "以前使ってよかったから", "以前用过，很喜欢"),
        choice("reviews", "Reviews from customers", "お客様レビュー", "顾客评价"),
        choice("looks", "How it looks", "見た目やデザイン", "外观和设计"),
      ],
    },
    isOnOrder: true,
  },
  recommend: {
    name: words("Recommendation", "おすすめ度", "推荐意愿"),
    question: {
      kind: "nps", text: words("How likely are you to recommend us to a friend?", "当店をご友人にすすめたいと思いますか？", "您有多大可能向朋友推荐我们？"),
      lowLabel: words("Not at all likely", "まったく思わない", "完全不可能"), highLabel: words("Extremely likely", "とてもそう思う", "非常可能"),
    },
    followUp: { text: words("What is the main reason for your score?", "その点数をつけた一番の理由を教えてください。", "您打这个分数的主要原因是什么？"), after: null },
    audience: REGULAR_BUYERS, popup: { ...ANYWHERE, on: "return" }, stop: { kind: "never" }, steps: unhappy("detractor"),
  },
  what_value: {
    name: words("What they value most", "うれしい特典", "最看重的福利"),
    question: {
      kind: "single", isShuffled: true, text: words("Which of these would you value most?", "次のうち、一番うれしい特典はどれですか？", "以下哪一项对您最有吸引力？"),
      choices: [
        choice("delivery", "Free delivery", "送料無料", "免运费"),
        choice("early", "New things before everyone else", "新商品の先行販売", "新品优先购买"),
        choice("help", "Personal advice", "スタッフへの個別相談", "一对一咨询"),
        choice("points", "More points", "ポイントアップ", "更多积分"),
        choice("samples", "Samples and small gifts", "サンプルやプレゼント", "试用装和小礼品"),
        choice("offers", "Offers for members only", "会員限定のセール", "会员专属优惠"),
      ],
    },
    audience: REGULAR_BUYERS, popup: ANYWHERE, stop: { kind: "precision", points: 6 },
  },
  nearly_stopped: {
    name: words("What nearly stopped them", "購入をためらった理由", "差点没买的原因"),
    question: {
      kind: "single", text: words("What nearly stopped you from buying today?", "ご購入前に、迷った点はありましたか？", "下单前，有什么让您犹豫过？"),
      choices: [
        choice("delivery-cost", "The cost of delivery", "送料", "运费"),
        choice("price", "The price", "価格", "价格"),
        choice("unsure", "I was not sure it is right for me", "自分に合うかわからなかった", "不确定是否适合自己"),
        choice("delivery-time", "How long delivery takes", "届くまでの日数", "送达时间"),
        choice("checkout", "Paying was hard", "支払い手続きがわかりにくい", "付款流程麻烦"),
        choice("nothing", "Nothing", "特になし", "没有"),
      ],
    },
    followUp: { text: words("What would have helped you?", "どんな情報があれば迷わずに済みましたか？", "怎样做能让您更放心地下单？"), after: ["unsure", "checkout"] },
    isOnOrder: true,
  },
  why_not_again: {
    name: words("Why not again", "再購入しない理由", "未再次购买的原因"),
    question: {
      kind: "single", isShuffled: true, text: words("Welcome back! What has kept you from ordering again?", "おかえりなさい。次のご注文に至らなかった理由をお聞かせください。", "欢迎回来！是什么让您还没有再次下单？"),
      choices: [
        choice("enough", "I still have enough", "まだ残っている", "还没用完"),
        choice("price", "It is too expensive for me", "価格が高い", "价格偏高"),
        choice("not-happy", "I was not quite happy", "満足できなかった", "不太满意"),
        choice("elsewhere", "I buy it elsewhere", "ほかの店で買っている", "在别处购买"),
        choice("forgot", "I did not think of it", "忘れていた", "忘记了"),
        choice("gift", "It was a gift", "贈り物だった", "当时是送礼"),
      ],
    },
    followUp: { text: words("What should we do better?", "どこを改善すればよいでしょうか？", "我们哪里可以做得更好？"), after: ["not-happy", "price"] },
    audience: { ...CUSTOMERS, orders: "new" }, popup: { ...ANYWHERE, on: "return" }, steps: unhappy("not-happy"),
  },
  delivery: {
    name: words("Delivery", "配送の満足度", "配送满意度"),
    question: { kind: "scale", text: words("How was your last delivery?", "前回の配送はいかがでしたか？", "您对上次的配送满意吗？"), lowLabel: words("Very poor", "とても不満", "非常不满意"), highLabel: words("Very good", "とても満足", "非常满意") },
    followUp: { text: words("What went wrong?", "どのような点がご不満でしたか？", "哪里让您不满意？"), after: [WORST, BAD] },
    audience: CUSTOMERS, popup: { ...ANYWHERE, on: "return", seconds: 10 }, stop: { kind: "precision", points: 5 }, steps: unhappy(WORST, BAD),
  },
  easy_to_find: {
    name: words("Found it?", "商品の見つけやすさ", "是否找到商品"),
    question: { kind: "yes_no", text: words("Did you find what you were looking for?", "お探しの商品は見つかりましたか？", "您找到想要的商品了吗？") },
    followUp: { text: words("What were you looking for?", "何をお探しでしたか？", "您在找什么？"), after: ["no"] },
    popup: { ...ANYWHERE, pageKinds: ["search", "collection"], seconds: 30 },
  },
  new_collection: {
    name: words("New collection", "新コレクションの感想", "新系列反馈"),
    question: { kind: "scale", text: words("How do you like our new collection?", "新しいコレクションはいかがですか？", "您喜欢我们的新系列吗？"), lowLabel: words("Not for me", "好みではない", "不太喜欢"), highLabel: words("I love it", "とても好き", "非常喜欢") },
    followUp: { text: words("What is missing?", "どんなものがあるとうれしいですか？", "您觉得还缺少什么？"), after: [WORST, BAD] },
    popup: { ...ANYWHERE, pageKinds: ["collection"], seconds: null },
  },
  use_up: {
    name: words("How fast it is used up", "使い切るまでの期間", "用完所需时间"),
    question: {
      kind: "single", text: words("How long does one purchase last you?", "1回のご購入で、どのくらいの期間使えますか？", "购买一次，您大约能用多久？"),
      choices: [
        choice("weeks-2", "Up to 2 weeks", "2週間以内", "2 周以内"),
        choice("weeks-4", "3 to 4 weeks", "3～4週間", "3 至 4 周"),
        choice("weeks-8", "5 to 8 weeks", "5～8週間", "5 至 8 周"),
        choice("weeks-12", "9 to 12 weeks", "9～12週間", "9 至 12 周"),
        choice("longer", "Longer", "それ以上", "更久"),
      ],
    },
    audience: REGULAR_BUYERS, popup: { ...ANYWHERE, pageKinds: ["product"] },
  },
  hear_about: {
    name: words("What to write to them about", "お知らせしてほしい内容", "想收到的消息"),
    question: {
      kind: "several", isShuffled: true, text: words("What would you like to hear from us about?", "当店からのお知らせで、受け取りたいものをお選びください。", "您希望收到我们哪些消息？"),
      choices: [
        choice("new", "New products", "新商品", "新品上架"),
        choice("offers", "Sales and offers", "セールやキャンペーン", "促销和优惠"),
        choice("reorder", "When it is time to order again", "買い足しどきのお知らせ", "补货提醒"),
        choice("back", "Things that are back in stock", "再入荷のお知らせ", "到货通知"),
        choice("tips", "How to get more out of what I bought", "購入した商品の使い方やお手入れ", "已购商品的使用和保养方法"),
        choice("stories", "Who makes it and how", "作り手やものづくりの話", "制作者和制作过程的故事"),
      ],
    },
    audience: CUSTOMERS, popup: ANYWHERE,
  },
  for_whom: {
    name: words("Who it is for", "誰のための購入か", "为谁购买"),
    question: {
      kind: "single", text: words("Who is your order for?", "今回のご注文は、どなたのためのものですか？", "这次是为谁购买的？"),
      choices: [
        choice("myself", "For myself", "自分用", "自己用"),
        choice("family", "For my household", "家族用", "家人一起用"),
        choice("gift", "A gift", "プレゼント", "送礼"),
        choice("work", "For work", "仕事用", "工作用"),
      ],
    },
    isOnOrder: true,
  },
  heard_from: {
    name: words("How they heard of you", "お店を知ったきっかけ", "得知店铺的渠道"),
    question: {
      kind: "single", isShuffled: true, text: words("How did you first hear of us?", "当店を知ったきっかけを教えてください。", "您最初是怎么知道我们的？"),
      choices: [
        choice("search", "By searching", "検索", "搜索"),
        choice("social", "Social media", "ソーシャルメディア", "社交媒体"),
        choice("friend", "Friends or family", "家族や友人", "亲友"),
        choice("press", "An article or a video", "記事や動画", "文章或视频"),
        choice("advert", "An advertisement", "広告", "广告"),
        choice("shop", "In a shop or at a market", "店頭やイベント", "实体店或市集"),
      ],
    },
    audience: { ...EVERYONE, orders: "new" }, isOnOrder: true,
  },
  sell_next: {
    name: words("What to sell next", "次に扱ってほしい商品", "希望上架的商品"),
    question: { kind: "text", text: words("What would you like us to offer next?", "今後、どんな商品があるとうれしいですか？", "您希望我们接下来上架什么？") },
    thanks: words("Thank you! We read every answer.", "ありがとうございます。すべてのご意見に目を通しています。", "谢谢！我们会认真阅读每一条回复。"),
    popup: { ...ANYWHERE, pageKinds: ["collection", "list-collections"], seconds: null }, stop: { kind: "never" },
  },
};
