import { expect, test } from "vitest";
import { FIELDS, OPERATORS, ruleSchema, type Rule } from "../capabilities/segments/model.ts";
import { formatsFor } from "../i18n/formats.ts";
import type { Locale } from "../i18n/locales.ts";
import { openTranslator } from "../i18n/translate.ts";
import { writeRule } from "./rule-sentence.ts";

const productTitles = new Map([["11", "Sencha"], ["12", "Matcha"]]);
const collectionTitles = new Map([["11", "Green tea"], ["12", "Gifts"]]);
const SURVEY_ID = "7f0d7e0e-52a5-4d8a-9d3c-9a3a3f0c7b11";
const SURVEYS = [{ id: SURVEY_ID, name: "Delivery", answers: [{ mark: `survey:${SURVEY_ID}:good`, words: "Good" }, { mark: `survey:${SURVEY_ID}:slow`, words: "Slow" }] }];
const sentence = async (rule: Rule, locale: Locale, currency = "USD") =>
  writeRule(rule, { t: (await openTranslator(locale)).t, locale, formats: formatsFor(locale, { currency, timeZone: "UTC" }), productTitles, collectionTitles, surveys: SURVEYS });
const inEveryLanguage = async (rule: unknown) => Promise.all((["en", "ja", "zh-CN"] as const).map((locale) => sentence(ruleSchema.parse(rule), locale)));

const conditions: [{ field: string; operator: string; value: unknown }, string, string, string][] = [
  [{ field: "orders", operator: "at_least", value: 3 }, "Customers who placed at least 3 orders.", "注文回数が3回以上の顧客", "下单次数至少为 3 次的客户"],
  [{ field: "orders", operator: "at_most", value: 3 }, "Customers who placed at most 3 orders.", "注文回数が3回以下の顧客", "下单次数至多为 3 次的客户"],
  [{ field: "orders", operator: "between", value: { from: 2, to: 4 } }, "Customers who placed between 2 and 4 orders.", "注文回数が2〜4回の顧客", "下单次数为 2 到 4 次的客户"],
  [{ field: "revenue", operator: "at_least", value: 10000 }, "Customers who spent at least $100.00 in total.", "購入金額の合計が$100.00以上の顧客", "累计消费至少为 US$100.00的客户"],
  [{ field: "revenue", operator: "at_most", value: 10000 }, "Customers who spent at most $100.00 in total.", "購入金額の合計が$100.00以下の顧客", "累计消费至多为 US$100.00的客户"],
  [{ field: "revenue", operator: "between", value: { from: 5000, to: 20000 } }, "Customers who spent between $50.00 and $200.00 in total.", "購入金額の合計が$50.00〜$200.00の顧客", "累计消费为 US$50.00 到 US$200.00的客户"],
  [{ field: "average_order", operator: "at_least", value: 10000 }, "Customers who spend at least $100.00 per order on average.", "平均注文額が$100.00以上の顧客", "平均每单消费至少为 US$100.00的客户"],
  [{ field: "average_order", operator: "at_most", value: 10000 }, "Customers who spend at most $100.00 per order on average.", "平均注文額が$100.00以下の顧客", "平均每单消费至多为 US$100.00的客户"],
  [{ field: "average_order", operator: "between", value: { from: 5000, to: 20000 } }, "Customers who spend between $50.00 and $200.00 per order on average.", "平均注文額が$50.00〜$200.00の顧客", "平均每单消费为 US$50.00 到 US$200.00的客户"],
  [{ field: "days_since_last_order", operator: "at_least", value: 90 }, "Customers who last ordered at least 90 days ago.", "前回の注文からの日数が90日以上の顧客", "距上次下单的天数至少为 90 天的客户"],
  [{ field: "days_since_last_order", operator: "at_most", value: 1 }, "Customers who last ordered at most 1 day ago.", "前回の注文からの日数が1日以下の顧客", "距上次下单的天数至多为 1 天的客户"],
  [{ field: "days_since_last_order", operator: "between", value: { from: 30, to: 60 } }, "Customers who last ordered between 30 and 60 days ago.", "前回の注文からの日数が30〜60日の顧客", "距上次下单的天数为 30 到 60 天的客户"],
  [{ field: "days_since_first_order", operator: "at_least", value: 90 }, "Customers who first ordered at least 90 days ago.", "初回注文からの日数が90日以上の顧客", "距首次下单的天数至少为 90 天的客户"],
  [{ field: "days_since_first_order", operator: "at_most", value: 1 }, "Customers who first ordered at most 1 day ago.", "初回注文からの日数が1日以下の顧客", "距首次下单的天数至多为 1 天的客户"],
  [{ field: "days_since_first_order", operator: "between", value: { from: 30, to: 60 } }, "Customers who first ordered between 30 and 60 days ago.", "初回注文からの日数が30〜60日の顧客", "距首次下单的天数为 30 到 60 天的客户"],
  [{ field: "last_order", operator: "since", value: "2026-03-01" }, "Customers who last ordered on or after Mar 1, 2026.", "最終注文日が2026年3月1日以降の顧客", "最近一次下单在2026年3月1日或之后的客户"],
  [{ field: "last_order", operator: "before", value: "2026-03-01" }, "Customers who last ordered before Mar 1, 2026.", "最終注文日が2026年3月1日より前の顧客", "最近一次下单在2026年3月1日之前的客户"],
  [{ field: "last_order", operator: "between", value: { from: "2026-01-01", to: "2026-03-31" } }, "Customers who last ordered between Jan 1, 2026 and Mar 31, 2026.", "最終注文日が2026年1月1日から2026年3月31日までの顧客", "最近一次下单在2026年1月1日至2026年3月31日之间的客户"],
  [{ field: "last_order", operator: "in_last_days", value: 30 }, "Customers who last ordered in the last 30 days.", "最終注文日が直近30日以内の顧客", "最近一次下单在最近 30 天内的客户"],
  [{ field: "last_order", operator: "not_in_last_days", value: 90 }, "Customers who last ordered at least 90 days ago.", "最終注文日が90日以上前の顧客", "最近一次下单在 90 天前或更早的客户"],
  [{ field: "first_order", operator: "since", value: "2026-03-01" }, "Customers who first ordered on or after Mar 1, 2026.", "初回注文日が2026年3月1日以降の顧客", "首次下单在2026年3月1日或之后的客户"],
  [{ field: "first_order", operator: "before", value: "2026-03-01" }, "Customers who first ordered before Mar 1, 2026.", "初回注文日が2026年3月1日より前の顧客", "首次下单在2026年3月1日之前的客户"],
  [{ field: "first_order", operator: "between", value: { from: "2026-01-01", to: "2026-03-31" } }, "Customers who first ordered between Jan 1, 2026 and Mar 31, 2026.", "初回注文日が2026年1月1日から2026年3月31日までの顧客", "首次下单在2026年1月1日至2026年3月31日之间的客户"],
  [{ field: "first_order", operator: "in_last_days", value: 30 }, "Customers who first ordered in the last 30 days.", "初回注文日が直近30日以内の顧客", "首次下单在最近 30 天内的客户"],
  [{ field: "first_order", operator: "not_in_last_days", value: 90 }, "Customers who first ordered at least 90 days ago.", "初回注文日が90日以上前の顧客", "首次下单在 90 天前或更早的客户"],
  [{ field: "usual_gap", operator: "at_least", value: 90 }, "Customers who usually wait at least 90 days before ordering again.", "通常の注文間隔が90日以上の顧客", "平时的下单间隔至少为 90 天的客户"],
  [{ field: "usual_gap", operator: "at_most", value: 1 }, "Customers who usually wait at most 1 day before ordering again.", "通常の注文間隔が1日以下の顧客", "平时的下单间隔至多为 1 天的客户"],
  [{ field: "usual_gap", operator: "between", value: { from: 30, to: 60 } }, "Customers who usually wait between 30 and 60 days before ordering again.", "通常の注文間隔が30〜60日の顧客", "平时的下单间隔为 30 到 60 天的客户"],
  [{ field: "days_overdue", operator: "at_least", value: 90 }, "Customers who are at least 90 days overdue.", "注文予定日からの遅れが90日以上の顧客", "比预计下单日晚的天数至少为 90 天的客户"],
  [{ field: "days_overdue", operator: "at_most", value: 1 }, "Customers who are at most 1 day overdue.", "注文予定日からの遅れが1日以下の顧客", "比预计下单日晚的天数至多为 1 天的客户"],
  [{ field: "days_overdue", operator: "between", value: { from: 30, to: 60 } }, "Customers who are between 30 and 60 days overdue.", "注文予定日からの遅れが30〜60日の顧客", "比预计下单日晚的天数为 30 到 60 天的客户"],
  [{ field: "days_to_next_order", operator: "at_least", value: 90 }, "Customers who are due to order 90 days from now or later.", "次の注文予定が90日後以降の顧客", "预计下次下单的时间不早于 90 天后的客户"],
  [{ field: "days_to_next_order", operator: "at_most", value: 1 }, "Customers who are due to order 1 day from now or earlier.", "次の注文予定が1日後までの顧客", "预计下次下单的时间不晚于 1 天后的客户"],
  [{ field: "any_order", operator: "since", value: "2026-03-01" }, "Customers who placed an order on or after Mar 1, 2026.", "いずれかの注文日が2026年3月1日以降の顧客", "有订单在2026年3月1日或之后的客户"],
  [{ field: "any_order", operator: "before", value: "2026-03-01" }, "Customers who placed an order before Mar 1, 2026.", "いずれかの注文日が2026年3月1日より前の顧客", "有订单在2026年3月1日之前的客户"],
  [{ field: "any_order", operator: "between", value: { from: "2026-01-01", to: "2026-03-31" } }, "Customers who placed an order between Jan 1, 2026 and Mar 31, 2026.", "いずれかの注文日が2026年1月1日から2026年3月31日までの顧客", "有订单在2026年1月1日至2026年3月31日之间的客户"],
  [{ field: "any_order", operator: "in_last_days", value: 30 }, "Customers who placed an order in the last 30 days.", "いずれかの注文日が直近30日以内の顧客", "有订单在最近 30 天内的客户"],
  [{ field: "any_order", operator: "not_in_last_days", value: 90 }, "Customers who placed an order at least 90 days ago.", "いずれかの注文日が90日以上前の顧客", "有订单在 90 天前或更早的客户"],
  [{ field: "any_gap", operator: "at_least", value: 30 }, "Customers who once let at least 30 days pass between two orders.", "連続する注文の間隔が一度でも30日以上の顧客", "曾有相邻两次下单的间隔至少为 30 天的客户"],
  [{ field: "any_gap", operator: "at_most", value: 30 }, "Customers who once let at most 30 days pass between two orders.", "連続する注文の間隔が一度でも30日以下の顧客", "曾有相邻两次下单的间隔至多为 30 天的客户"],
  [{ field: "any_gap", operator: "between", value: { from: 30, to: 60 } }, "Customers who once let between 30 and 60 days pass between two orders.", "連続する注文の間隔が一度でも30〜60日の顧客", "曾有相邻两次下单的间隔为 30 到 60 天的客户"],
  [{ field: "days_to_second", operator: "at_least", value: 30 }, "Customers who placed their second order at least 30 days after the first.", "初回注文から2回目までの日数が30日以上の顧客", "首单到第二单的天数至少为 30 天的客户"],
  [{ field: "days_to_second", operator: "at_most", value: 30 }, "Customers who placed their second order at most 30 days after the first.", "初回注文から2回目までの日数が30日以下の顧客", "首单到第二单的天数至多为 30 天的客户"],
  [{ field: "days_to_second", operator: "between", value: { from: 30, to: 60 } }, "Customers who placed their second order between 30 and 60 days after the first.", "初回注文から2回目までの日数が30〜60日の顧客", "首单到第二单的天数为 30 到 60 天的客户"],
  [{ field: "days_to_third", operator: "at_least", value: 30 }, "Customers who placed their third order at least 30 days after the second.", "2回目から3回目の注文までの日数が30日以上の顧客", "第二单到第三单的天数至少为 30 天的客户"],
  [{ field: "days_to_third", operator: "at_most", value: 30 }, "Customers who placed their third order at most 30 days after the second.", "2回目から3回目の注文までの日数が30日以下の顧客", "第二单到第三单的天数至多为 30 天的客户"],
  [{ field: "days_to_third", operator: "between", value: { from: 30, to: 60 } }, "Customers who placed their third order between 30 and 60 days after the second.", "2回目から3回目の注文までの日数が30〜60日の顧客", "第二单到第三单的天数为 30 到 60 天的客户"],
  [{ field: "days_to_fourth", operator: "at_least", value: 30 }, "Customers who placed their fourth order at least 30 days after the third.", "3回目から4回目の注文までの日数が30日以上の顧客", "第三单到第四单的天数至少为 30 天的客户"],
  [{ field: "days_to_fourth", operator: "at_most", value: 30 }, "Customers who placed their fourth order at most 30 days after the third.", "3回目から4回目の注文までの日数が30日以下の顧客", "第三单到第四单的天数至多为 30 天的客户"],
  [{ field: "days_to_fourth", operator: "between", value: { from: 30, to: 60 } }, "Customers who placed their fourth order between 30 and 60 days after the third.", "3回目から4回目の注文までの日数が30〜60日の顧客", "第三单到第四单的天数为 30 到 60 天的客户"],
  [{ field: "second_product", operator: "any_of", value: ["11", "12"] }, "Customers who bought “Sencha” or “Matcha” in their second order.", "2回目の注文の商品が「Sencha」または「Matcha」の顧客", "第二单购买了“Sencha”或“Matcha”的客户"],
  [{ field: "second_product", operator: "none_of", value: ["13"] }, "Customers who did not buy product 13 in their second order.", "2回目の注文の商品が商品番号13以外の顧客", "第二单未购买编号为 13 的产品的客户"],
  [{ field: "orders_between", operator: "at_least", value: { count: 2, from: "2026-01-01", to: "2026-03-31" } }, "Customers who placed at least 2 orders between Jan 1, 2026 and Mar 31, 2026.", "2026年1月1日から2026年3月31日までの注文回数が2回以上の顧客", "2026年1月1日至2026年3月31日之间的下单次数至少为 2 次的客户"],
  [{ field: "orders_between", operator: "at_most", value: { count: 0, from: "2026-01-01", to: "2026-03-31" } }, "Customers who placed no orders between Jan 1, 2026 and Mar 31, 2026.", "2026年1月1日から2026年3月31日までの注文回数が0回の顧客", "2026年1月1日至2026年3月31日之间的下单次数为 0 次的客户"],
  [{ field: "days_to_next_order", operator: "between", value: { from: 30, to: 60 } }, "Customers who are due to order between 30 days from now and 60 days from now.", "次の注文予定が30日後から60日後までの顧客", "预计下次下单的时间在 30 天后至 60 天后之间的客户"],
  [{ field: "last_refunded", operator: "is", value: true }, "Customers who had their last order refunded.", "前回の注文が返金済みの顧客", "上一单已退款的客户"],
  [{ field: "last_refunded", operator: "is", value: false }, "Customers who did not have their last order refunded.", "前回の注文が返金なしの顧客", "上一单未退款的客户"],
  [{ field: "chance_30", operator: "at_least", value: 0.5 }, "Customers who have a chance of at least 50% to order within 30 days.", "30日以内に注文する確率が50%以上の顧客", "30 天内下单的概率至少为 50%的客户"],
  [{ field: "chance_30", operator: "at_most", value: 0.125 }, "Customers who have a chance of at most 12.5% to order within 30 days.", "30日以内に注文する確率が12.5%以下の顧客", "30 天内下单的概率至多为 12.5%的客户"],
  [{ field: "chance_30", operator: "between", value: { from: 0.2, to: 0.4 } }, "Customers who have a chance of between 20% and 40% to order within 30 days.", "30日以内に注文する確率が20%〜40%の顧客", "30 天内下单的概率为 20% 到 40%的客户"],
  [{ field: "chance_60", operator: "at_least", value: 0.5 }, "Customers who have a chance of at least 50% to order within 60 days.", "60日以内に注文する確率が50%以上の顧客", "60 天内下单的概率至少为 50%的客户"],
  [{ field: "chance_60", operator: "at_most", value: 0.125 }, "Customers who have a chance of at most 12.5% to order within 60 days.", "60日以内に注文する確率が12.5%以下の顧客", "60 天内下单的概率至多为 12.5%的客户"],
  [{ field: "chance_60", operator: "between", value: { from: 0.2, to: 0.4 } }, "Customers who have a chance of between 20% and 40% to order within 60 days.", "60日以内に注文する確率が20%〜40%の顧客", "60 天内下单的概率为 20% 到 40%的客户"],
  [{ field: "chance_90", operator: "at_least", value: 0.5 }, "Customers who have a chance of at least 50% to order within 90 days.", "90日以内に注文する確率が50%以上の顧客", "90 天内下单的概率至少为 50%的客户"],
  [{ field: "chance_90", operator: "at_most", value: 0.125 }, "Customers who have a chance of at most 12.5% to order within 90 days.", "90日以内に注文する確率が12.5%以下の顧客", "90 天内下单的概率至多为 12.5%的客户"],
  [{ field: "chance_90", operator: "between", value: { from: 0.2, to: 0.4 } }, "Customers who have a chance of between 20% and 40% to order within 90 days.", "90日以内に注文する確率が20%〜40%の顧客", "90 天内下单的概率为 20% 到 40%的客户"],
  [{ field: "expected_orders", operator: "at_least", value: 2.5 }, "Customers who are expected to place at least 2.5 orders within 12 months.", "今後12か月の注文見込みが2.5回以上の顧客", "未来 12 个月的预计下单次数至少为 2.5 次的客户"],
  [{ field: "expected_orders", operator: "at_most", value: 1 }, "Customers who are expected to place at most 1 order within 12 months.", "今後12か月の注文見込みが1回以下の顧客", "未来 12 个月的预计下单次数至多为 1 次的客户"],
  [{ field: "expected_orders", operator: "between", value: { from: 1, to: 3 } }, "Customers who are expected to place between 1 and 3 orders within 12 months.", "今後12か月の注文見込みが1〜3回の顧客", "未来 12 个月的预计下单次数为 1 到 3 次的客户"],
  [{ field: "expected_value", operator: "at_least", value: 10000 }, "Customers who are expected to spend at least $100.00 within 12 months.", "今後12か月の購入見込み額が$100.00以上の顧客", "未来 12 个月的预计消费至少为 US$100.00的客户"],
  [{ field: "expected_value", operator: "at_most", value: 10000 }, "Customers who are expected to spend at most $100.00 within 12 months.", "今後12か月の購入見込み額が$100.00以下の顧客", "未来 12 个月的预计消费至多为 US$100.00的客户"],
  [{ field: "expected_value", operator: "between", value: { from: 5000, to: 20000 } }, "Customers who are expected to spend between $50.00 and $200.00 within 12 months.", "今後12か月の購入見込み額が$50.00〜$200.00の顧客", "未来 12 个月的预计消费为 US$50.00 到 US$200.00的客户"],
  [{ field: "stake", operator: "at_least", value: 10000 }, "Customers who have at least $100.00 at stake.", "失うおそれのある売上が$100.00以上の顧客", "可能流失的金额至少为 US$100.00的客户"],
  [{ field: "stake", operator: "at_most", value: 10000 }, "Customers who have at most $100.00 at stake.", "失うおそれのある売上が$100.00以下の顧客", "可能流失的金额至多为 US$100.00的客户"],
  [{ field: "stake", operator: "between", value: { from: 5000, to: 20000 } }, "Customers who have between $50.00 and $200.00 at stake.", "失うおそれのある売上が$50.00〜$200.00の顧客", "可能流失的金额为 US$50.00 到 US$200.00的客户"],
  [{ field: "stage", operator: "any_of", value: ["at_risk", "lapsed"] }, "Customers who are in the stage “At risk” or “Lapsed”.", "ステージが「離脱リスク」または「離脱」の顧客", "阶段为“有流失风险”或“已流失”的客户"],
  [{ field: "stage", operator: "none_of", value: ["lost"] }, "Customers who are not in the stage “Lost”.", "ステージが「喪失」以外の顧客", "阶段不是“彻底流失”的客户"],
  [{ field: "rfm_group", operator: "any_of", value: ["CHAMPIONS", "LOYAL"] }, "Customers who are in the RFM group “Champions” or “Loyal”.", "RFMグループが「最優良顧客」または「ロイヤル」の顧客", "RFM 组为“冠军客户”或“忠诚客户”的客户"],
  [{ field: "rfm_group", operator: "none_of", value: ["NEW"] }, "Customers who are not in the RFM group “New”.", "RFMグループが「新規」以外の顧客", "RFM 组不是“新客户”的客户"],
  [{ field: "shopify_rfm_group", operator: "any_of", value: ["CHAMPIONS"] }, "Customers who are in Shopify's RFM group “Champions”.", "ShopifyのRFMグループが「最優良顧客」の顧客", "Shopify 的 RFM 组为“冠军客户”的客户"],
  [{ field: "shopify_rfm_group", operator: "none_of", value: ["NEW"] }, "Customers who are not in Shopify's RFM group “New”.", "ShopifyのRFMグループが「新規」以外の顧客", "Shopify 的 RFM 组不是“新客户”的客户"],
  [{ field: "r_score", operator: "at_least", value: 3 }, "Customers who have a recency score of at least 3.", "最終購入日スコアが3以上の顧客", "最近购买得分至少为 3 分的客户"],
  [{ field: "r_score", operator: "at_most", value: 3 }, "Customers who have a recency score of at most 3.", "最終購入日スコアが3以下の顧客", "最近购买得分至多为 3 分的客户"],
  [{ field: "r_score", operator: "between", value: { from: 2, to: 4 } }, "Customers who have a recency score of between 2 and 4.", "最終購入日スコアが2〜4の顧客", "最近购买得分为 2 到 4 分的客户"],
  [{ field: "f_score", operator: "at_least", value: 3 }, "Customers who have a frequency score of at least 3.", "購入頻度スコアが3以上の顧客", "购买频率得分至少为 3 分的客户"],
  [{ field: "f_score", operator: "at_most", value: 3 }, "Customers who have a frequency score of at most 3.", "購入頻度スコアが3以下の顧客", "购买频率得分至多为 3 分的客户"],
  [{ field: "f_score", operator: "between", value: { from: 2, to: 4 } }, "Customers who have a frequency score of between 2 and 4.", "購入頻度スコアが2〜4の顧客", "购买频率得分为 2 到 4 分的客户"],
  [{ field: "m_score", operator: "at_least", value: 3 }, "Customers who have a spending score of at least 3.", "購入金額スコアが3以上の顧客", "消费金额得分至少为 3 分的客户"],
  [{ field: "m_score", operator: "at_most", value: 3 }, "Customers who have a spending score of at most 3.", "購入金額スコアが3以下の顧客", "消费金额得分至多为 3 分的客户"],
  [{ field: "m_score", operator: "between", value: { from: 2, to: 4 } }, "Customers who have a spending score of between 2 and 4.", "購入金額スコアが2〜4の顧客", "消费金额得分为 2 到 4 分的客户"],
  [{ field: "vip", operator: "is", value: true }, "Customers who are VIPs.", "優良顧客に該当の顧客", "是重要客户的客户"],
  [{ field: "vip", operator: "is", value: false }, "Customers who are not VIPs.", "優良顧客以外の顧客", "不是重要客户的客户"],
  [{ field: "country", operator: "any_of", value: ["JP", "US", "FR"] }, "Customers who live in Japan, United States, or France.", "国・地域が日本、アメリカ合衆国、またはフランスの顧客", "位于日本、美国或法国的客户"],
  [{ field: "country", operator: "none_of", value: ["cn"] }, "Customers who do not live in China.", "国・地域が中国以外の顧客", "不在中国的客户"],
  [{ field: "language", operator: "any_of", value: ["ja", "en"] }, "Customers who have Japanese or English as their language.", "言語が日本語または英語の顧客", "语言为日语或英语的客户"],
  [{ field: "language", operator: "none_of", value: ["zh"] }, "Customers who do not have Chinese as their language.", "言語が中国語以外の顧客", "语言不是中文的客户"],
  [{ field: "tag", operator: "any_of", value: ["wholesale", "friend"] }, "Customers who carry the tag “wholesale” or “friend”.", "タグ「wholesale」または「friend」付きの顧客", "带有标签“wholesale”或“friend”的客户"],
  [{ field: "tag", operator: "none_of", value: ["test"] }, "Customers who do not carry the tag “test”.", "タグ「test」なしの顧客", "不带标签“test”的客户"],
  [{ field: "email_consent", operator: "any_of", value: ["SUBSCRIBED", "PENDING"] }, "Customers who have “Subscribed” or “Waiting for confirmation” as their e-mail consent.", "メール配信の状態が「登録済み」または「確認待ち」の顧客", "电子邮件订阅状态为“已订阅”或“待确认”的客户"],
  [{ field: "email_consent", operator: "none_of", value: ["SUBSCRIBED"] }, "Customers who do not have “Subscribed” as their e-mail consent.", "メール配信の状態が「登録済み」以外の顧客", "电子邮件订阅状态不是“已订阅”的客户"],
  [{ field: "has_email", operator: "is", value: true }, "Customers who have an e-mail address.", "メールアドレスありの顧客", "有电子邮箱的客户"],
  [{ field: "has_email", operator: "is", value: false }, "Customers who have no e-mail address.", "メールアドレスなしの顧客", "没有电子邮箱的客户"],
  [{ field: "customer_since", operator: "since", value: "2026-03-01" }, "Customers who were added as customers on or after Mar 1, 2026.", "顧客登録日が2026年3月1日以降の顧客", "成为客户的日期在2026年3月1日或之后的客户"],
  [{ field: "customer_since", operator: "before", value: "2026-03-01" }, "Customers who were added as customers before Mar 1, 2026.", "顧客登録日が2026年3月1日より前の顧客", "成为客户的日期在2026年3月1日之前的客户"],
  [{ field: "customer_since", operator: "between", value: { from: "2026-01-01", to: "2026-03-31" } }, "Customers who were added as customers between Jan 1, 2026 and Mar 31, 2026.", "顧客登録日が2026年1月1日から2026年3月31日までの顧客", "成为客户的日期在2026年1月1日至2026年3月31日之间的客户"],
  [{ field: "customer_since", operator: "in_last_days", value: 30 }, "Customers who were added as customers in the last 30 days.", "顧客登録日が直近30日以内の顧客", "成为客户的日期在最近 30 天内的客户"],
  [{ field: "customer_since", operator: "not_in_last_days", value: 90 }, "Customers who were added as customers at least 90 days ago.", "顧客登録日が90日以上前の顧客", "成为客户的日期在 90 天前或更早的客户"],
  [{ field: "birthday_month", operator: "any_of", value: ["this_month", "3"] }, "Customers who have their birthday this month or in March.", "誕生日が今月または3月の顧客", "生日在本月或三月的客户"],
  [{ field: "birthday_month", operator: "none_of", value: ["next_month"] }, "Customers who do not have their birthday next month.", "誕生日が来月以外の顧客", "生日不在下个月的客户"],
  [{ field: "product", operator: "any_of", value: ["11", "12"] }, "Customers who bought “Sencha” or “Matcha”.", "「Sencha」または「Matcha」を購入済みの顧客", "购买过“Sencha”或“Matcha”的客户"],
  [{ field: "product", operator: "none_of", value: ["13"] }, "Customers who never bought product 13.", "商品番号13を未購入の顧客", "从未购买过编号为 13 的产品的客户"],
  [{ field: "first_product", operator: "any_of", value: ["11", "12"] }, "Customers who bought “Sencha” or “Matcha” in their first order.", "初回注文の商品が「Sencha」または「Matcha」の顧客", "首单购买了“Sencha”或“Matcha”的客户"],
  [{ field: "first_product", operator: "none_of", value: ["13"] }, "Customers who did not buy product 13 in their first order.", "初回注文の商品が商品番号13以外の顧客", "首单未购买编号为 13 的产品的客户"],
  [{ field: "first_type", operator: "any_of", value: ["Tea"] }, "Customers who bought a product of the type “Tea” in their first order.", "初回注文の商品タイプが「Tea」の顧客", "首单购买了类型为“Tea”的产品的客户"],
  [{ field: "first_type", operator: "none_of", value: ["Tea"] }, "Customers who did not buy a product of the type “Tea” in their first order.", "初回注文の商品タイプが「Tea」以外の顧客", "首单未购买类型为“Tea”的产品的客户"],
  [{ field: "first_collection", operator: "any_of", value: ["11", "12"] }, "Customers who bought something from the collection “Green tea” or “Gifts” in their first order.", "初回注文の商品のコレクションが「Green tea」または「Gifts」の顧客", "首单购买了商品系列“Green tea”或“Gifts”中的产品的客户"],
  [{ field: "first_collection", operator: "none_of", value: ["13"] }, "Customers who bought nothing from the collection number 13 in their first order.", "初回注文の商品のコレクションが番号13以外の顧客", "首单未购买商品系列编号 13中的产品的客户"],
  [{ field: "first_code", operator: "any_of", value: ["TEN"] }, "Customers who used the discount code “TEN” in their first order.", "初回注文でディスカウントコード「TEN」を利用の顧客", "首单使用了折扣码“TEN”的客户"],
  [{ field: "first_code", operator: "none_of", value: ["TEN"] }, "Customers who did not use the discount code “TEN” in their first order.", "初回注文でディスカウントコード「TEN」を未利用の顧客", "首单未使用折扣码“TEN”的客户"],
  [{ field: "first_discounted", operator: "is", value: true }, "Customers who used a discount code in their first order.", "初回注文でコードを利用の顧客", "首单使用了折扣码的客户"],
  [{ field: "first_discounted", operator: "is", value: false }, "Customers who used no discount code in their first order.", "初回注文でコードを未利用の顧客", "首单未使用折扣码的客户"],
  [{ field: "first_channel", operator: "any_of", value: ["pos"] }, "Customers who placed their first order through the channel “pos”.", "初回注文の販売チャネルが「pos」の顧客", "首单通过渠道“pos”下单的客户"],
  [{ field: "first_channel", operator: "none_of", value: ["pos"] }, "Customers who did not place their first order through the channel “pos”.", "初回注文の販売チャネルが「pos」以外の顧客", "首单未通过渠道“pos”下单的客户"],
  [{ field: "first_country", operator: "any_of", value: ["JP"] }, "Customers who placed their first order from Japan.", "初回注文の国が日本の顧客", "首单来自日本的客户"],
  [{ field: "first_country", operator: "none_of", value: ["JP"] }, "Customers who did not place their first order from Japan.", "初回注文の国が日本以外の顧客", "首单并非来自日本的客户"],
  [{ field: "product_type", operator: "any_of", value: ["Tea"] }, "Customers who bought a product of the type “Tea”.", "商品タイプ「Tea」を購入済みの顧客", "购买过类型为“Tea”的产品的客户"],
  [{ field: "product_type", operator: "none_of", value: ["Tea", "Cups"] }, "Customers who never bought a product of the type “Tea” or “Cups”.", "商品タイプ「Tea」または「Cups」を未購入の顧客", "从未购买过类型为“Tea”或“Cups”的产品的客户"],
  [{ field: "vendor", operator: "any_of", value: ["Uji"] }, "Customers who bought a product of the vendor “Uji”.", "販売元「Uji」の商品を購入済みの顧客", "购买过厂商“Uji”的产品的客户"],
  [{ field: "vendor", operator: "none_of", value: ["Uji"] }, "Customers who never bought a product of the vendor “Uji”.", "販売元「Uji」の商品を未購入の顧客", "从未购买过厂商“Uji”的产品的客户"],
  [{ field: "discount_code", operator: "any_of", value: ["SPRING"] }, "Customers who used the discount code “SPRING”.", "ディスカウントコード「SPRING」を利用済みの顧客", "使用过折扣码“SPRING”的客户"],
  [{ field: "discount_code", operator: "none_of", value: ["SPRING", "FALL"] }, "Customers who never used the discount code “SPRING” or “FALL”.", "ディスカウントコード「SPRING」または「FALL」を未利用の顧客", "从未使用过折扣码“SPRING”或“FALL”的客户"],
  [{ field: "channel", operator: "any_of", value: ["pos"] }, "Customers who ordered through the channel “pos”.", "販売チャネル「pos」での注文ありの顧客", "通过渠道“pos”下过单的客户"],
  [{ field: "channel", operator: "none_of", value: ["web"] }, "Customers who never ordered through the channel “web”.", "販売チャネル「web」での注文なしの顧客", "从未通过渠道“web”下单的客户"],
  [{ field: "survey_answer", operator: "any_of", value: [`survey:${SURVEY_ID}:good`, `survey:${SURVEY_ID}:slow`] }, "Customers who chose “Good” or “Slow” in the survey “Delivery”.", "アンケート「Delivery」で「Good」または「Slow」を選択済みの顧客", "选择过问卷“Delivery”中的“Good”或“Slow”的客户"],
  [{ field: "survey_answer", operator: "none_of", value: ["survey:7f0d7e0e-52a5-4d8a-9d3c-9a3a3f0c7b12:good"] }, "Customers who never chose an answer of a deleted survey.", "削除済みのアンケートの回答を未選択の顧客", "从未选择过已删除问卷的回答的客户"],
  [{ field: "orders_in_days", operator: "at_least", value: { count: 2, days: 90 } }, "Customers who placed at least 2 orders in the last 90 days.", "直近90日の注文回数が2回以上の顧客", "最近 90 天内的下单次数至少为 2 次的客户"],
  [{ field: "orders_in_days", operator: "at_most", value: { count: 0, days: 30 } }, "Customers who placed no orders in the last 30 days.", "直近30日の注文回数が0回の顧客", "最近 30 天内的下单次数为 0 次的客户"],
  [{ field: "days_to_next_order", operator: "between", value: { from: -3, to: 7 } }, "Customers who are due to order between 3 days ago and 7 days from now.", "次の注文予定が3日前から7日後までの顧客", "预计下次下单的时间在 3 天前至 7 天后之间的客户"],
  [{ field: "orders", operator: "at_least", value: 1 }, "Customers who placed at least 1 order.", "注文回数が1回以上の顧客", "下单次数至少为 1 次的客户"],
];

test.each(conditions)("%o", async (rule, ...sentences) => expect(await inEveryLanguage(rule)).toEqual(sentences));

test("every field is said with every operator it has", () => {
  const said = new Set(conditions.map(([{ field, operator }]) => `${field} ${operator}`));
  expect([...said].sort()).toEqual(Object.entries(FIELDS).flatMap(([field, kind]) => OPERATORS[kind].map((operator) => `${field} ${operator}`)).sort());
});

const ORDERS = { field: "orders", operator: "at_least", value: 3 };
const VIP = { field: "vip", operator: "is", value: true };
const AT_RISK = { field: "stage", operator: "any_of", value: ["at_risk"] };
const NOT_TEST = { field: "tag", operator: "none_of", value: ["test"] };

test.each<[unknown, string, string, string]>([
  [{ all: [ORDERS, VIP] }, "Customers who placed at least 3 orders and are VIPs.", "注文回数が3回以上、かつ優良顧客に該当の顧客", "下单次数至少为 3 次，且是重要客户的客户"],
  [{ all: [ORDERS, VIP, AT_RISK] }, "Customers who placed at least 3 orders, are VIPs, and are in the stage “At risk”.", "注文回数が3回以上、かつ優良顧客に該当、かつステージが「離脱リスク」の顧客", "下单次数至少为 3 次，且是重要客户，且阶段为“有流失风险”的客户"],
  [{ any: [ORDERS, VIP, AT_RISK] }, "Customers who placed at least 3 orders, are VIPs, or are in the stage “At risk”.", "注文回数が3回以上、または優良顧客に該当、またはステージが「離脱リスク」の顧客", "下单次数至少为 3 次，或是重要客户，或阶段为“有流失风险”的客户"],
  [{ all: [ORDERS, { any: [VIP, AT_RISK] }] }, "Customers who placed at least 3 orders and (are VIPs or are in the stage “At risk”).", "注文回数が3回以上、かつ（優良顧客に該当、またはステージが「離脱リスク」）の顧客", "下单次数至少为 3 次，且（是重要客户，或阶段为“有流失风险”）的客户"],
  [{ any: [{ all: [ORDERS, VIP] }, { all: [AT_RISK, NOT_TEST] }] }, "Customers who (placed at least 3 orders and are VIPs) or (are in the stage “At risk” and do not carry the tag “test”).", "（注文回数が3回以上、かつ優良顧客に該当）、または（ステージが「離脱リスク」、かつタグ「test」なし）の顧客", "（下单次数至少为 3 次，且是重要客户），或（阶段为“有流失风险”，且不带标签“test”）的客户"],
  [{ all: [ORDERS, { not: AT_RISK }] }, "Customers who placed at least 3 orders and are not among those who are in the stage “At risk”.", "注文回数が3回以上、かつ（ステージが「離脱リスク」）以外の顧客", "下单次数至少为 3 次，且不符合（阶段为“有流失风险”）的客户"],
  [{ all: [ORDERS, { not: { any: [VIP, AT_RISK] } }, NOT_TEST] }, "Customers who placed at least 3 orders, are not among those who (are VIPs or are in the stage “At risk”), and do not carry the tag “test”.", "注文回数が3回以上、かつ（優良顧客に該当、またはステージが「離脱リスク」）以外、かつタグ「test」なしの顧客", "下单次数至少为 3 次，且不符合（是重要客户，或阶段为“有流失风险”），且不带标签“test”的客户"],
  [{ not: VIP }, "Customers who are not among those who are VIPs.", "（優良顧客に該当）以外の顧客", "不符合（是重要客户）的客户"],
  [{ all: [{ any: [VIP, AT_RISK] }] }, "Customers who are VIPs or are in the stage “At risk”.", "優良顧客に該当、またはステージが「離脱リスク」の顧客", "是重要客户，或阶段为“有流失风险”的客户"],
])("%j", async (rule, ...sentences) => expect(await inEveryLanguage(rule)).toEqual(sentences));

test("money is the shop's own", async () => {
  expect(await sentence({ field: "revenue", operator: "at_least", value: 10_000 }, "ja", "JPY")).toBe("購入金額の合計が￥10,000以上の顧客");
});
