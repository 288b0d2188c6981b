// What a shopper will see, on the device and in the language one chooses: the pop-up is like the theme's, its colours are the theme's own.
import { BlockStack, Button, ButtonGroup, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Definition } from "../../capabilities/surveys/model/survey.ts";
import { LOCALES, toLocale, type Locale } from "../../i18n/locales.ts";
import { useWordsIn } from "../words-in.ts";
import { PreviewCard } from "./preview-card.tsx";
import "./surveys.css";

/** What of a survey can be seen. */
export type Visible = Pick<Definition, "question" | "followUp" | "thanks"> & { /** promised; 0: none */ points: number };

const DEVICES = ["phone", "desktop"] as const;
type Device = (typeof DEVICES)[number];

export function SurveyPreview({ survey }: { survey: Visible }) {
  const { t, i18n } = useTranslation();
  const [language, setLanguage] = useState<Locale>(toLocale(i18n.language) ?? "en");
  const [device, setDevice] = useState<Device>("phone");
  const [round, setRound] = useState(0);
  const shopperT = useWordsIn(language);
  const { kind, choices } = survey.question;
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">{t("surveys.preview.title")}</Text>
      <ButtonGroup variant="segmented">
        {DEVICES.map((one) => <Button key={one} pressed={one === device} onClick={() => setDevice(one)}>{t(`surveys.preview.devices.${one}`)}</Button>)}
      </ButtonGroup>
      <Select label={t("surveys.preview.language")} options={LOCALES.map((value) => ({ value, label: t(`profiles.languages.${value}`) }))} value={language} onChange={(said) => setLanguage(toLocale(said) ?? "en")} />
      <div className={`regulars-stage is-${device}`} role="group" aria-label={t("surveys.preview.label")}>
        <div className="regulars-stage-page" aria-hidden="true"><span /><span /><span /><span /></div>
        <div className="regulars-popup" lang={language} aria-live="polite">
          <PreviewCard key={[round, kind, ...choices.map(({ id }) => id)].join(" ")} survey={survey} voice={{ t: shopperT, language }} />
        </div>
      </div>
      <div><Button variant="plain" onClick={() => setRound(round + 1)}>{t("surveys.preview.again")}</Button></div>
      <Text as="p" tone="subdued">{t(survey.question.isShuffled ? "surveys.preview.noteShuffled" : "surveys.preview.note")}</Text>
    </BlockStack>
  );
}
