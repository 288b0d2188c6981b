// What a shopper will see, in the language they choose: an example of the panel, not the theme's own drawing of it.
import { BlockStack, Select, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../../values/words.ts";
import { formatsFor, type Formats } from "../../i18n/formats.ts";
import { LOCALES, toLocale, type Locale } from "../../i18n/locales.ts";
import { useWordsIn } from "../words-in.ts";
import { writeCost, writeEntry, writeReward } from "./reward-words.ts";
import "./loyalty.css";

const EXAMPLE_BALANCE = 240;

export function WidgetPreview({ programme, currency }: { programme: Programme; currency: string }) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<Locale>(toLocale(i18n.language) ?? "en");
  const shopperT = useWordsIn(language);
  const formats = formatsFor(language, { currency, timeZone: "UTC" });
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">{t("loyalty.preview.title")}</Text>
      <Select label={t("loyalty.preview.language")} options={LOCALES.map((value) => ({ value, label: t(`profiles.languages.${value}`) }))} value={language} onChange={(said) => setLanguage(toLocale(said) ?? "en")} />
      <div lang={language}><Panel programme={programme} voice={{ t: shopperT, formats, language }} /></div>
      <Text as="p" tone="subdued">{t("loyalty.preview.note")}</Text>
    </BlockStack>
  );
}

type Voice = { t: TFunction; formats: Formats; language: Locale };

function Panel({ programme, voice }: { programme: Programme; voice: Voice }) {
  const { t, formats, language } = voice;
  const ownName = programme.pointName && wordsIn(programme.pointName, language);
  const pointName = ownName ?? t("loyalty.preview.pointName");
  const rewards = programme.rewards.filter(({ isOn }) => isOn);
  const levels = programme.tiers?.levels ?? [];
  const tiers = programme.tiers;
  return (
    <BlockStack gap="300">
      <section className="regulars-panel" aria-label={t("loyalty.preview.panel")}>
        <div className="regulars-panel-head">
          <p>{t("loyalty.preview.yours", { name: pointName })}</p>
          <p className="regulars-panel-balance">{formats.count(EXAMPLE_BALANCE)}</p>
        </div>
        <div className="regulars-panel-body">
          <Lines title={t("loyalty.preview.earn")} lines={waysOf(programme, voice)} />
          <Lines title={t("loyalty.preview.spend")} lines={rewards.map((reward) => [writeReward(reward, voice), writeCost(reward, voice, ownName)])} />
          {tiers && <Lines title={t("loyalty.preview.tiers")} lines={levels.map((level) => [wordsIn(level.title, language), writeEntry(level, tiers, voice)])} />}
        </div>
      </section>
      <div><span className="regulars-panel-launcher">{t("loyalty.preview.launcher", { name: pointName })}</span></div>
    </BlockStack>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <h4>{title}</h4>
      <ul className="regulars-panel-list">{lines.map(([what, much], index) => <li key={index}><span>{what}</span><span>{much}</span></li>)}</ul>
    </div>
  );
}

function waysOf({ order, signUp, birthday, review, survey, firstOrder, nthOrders, links, custom, referral }: Programme, { t, formats }: Voice): (readonly [string, string])[] {
  const gives = (points: number) => t("loyalty.preview.gives", { count: points, points: formats.count(points) });
  const simple = ([["signUp", signUp], ["birthday", birthday], ["review", review], ["survey", survey], ["firstOrder", firstOrder]] as const).filter(([, { isOn }]) => isOn);
  return [
    ...(order.isOn ? [[t("loyalty.preview.order", { amount: formats.money(order.perMinor) }), gives(order.points)] as const] : []),
    ...simple.map(([name, { points }]) => [t(`loyalty.preview.ways.${name}`), gives(points)] as const),
    ...nthOrders.map(({ number, points }) => [t("loyalty.preview.nth", { number: formats.count(number) }), gives(points)] as const),
    ...[...links, ...custom].filter(({ isOn }) => isOn).map(({ title, points }) => [title, gives(points)] as const),
    ...(referral ? [[t("loyalty.preview.referral"), gives(referral.advocatePoints)] as const] : []),
  ];
}
