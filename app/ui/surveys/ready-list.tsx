// Ready questions to begin with, each with what a merchant learns from it.
import { Badge, BlockStack, Button, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { readyDefinition, type ReadyKey } from "../../capabilities/surveys/rules/library.ts";
import { toLocale } from "../../i18n/locales.ts";
import { wordsIn } from "../../values/words.ts";
import { useAddress } from "../address.ts";
import "../forms/forms.css";
import "./surveys.css";

/** `id`: what the survey will have, if it is begun. */
export type ReadyChoice = { ready: ReadyKey; id: string };

export function ReadyList({ choices }: { choices: readonly ReadyChoice[] }) {
  return <ul className="regulars-ready">{choices.map((choice) => <li key={choice.ready}><Ready {...choice} /></li>)}</ul>;
}

function Ready({ ready, id }: ReadyChoice) {
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const { name, question } = readyDefinition(ready, toLocale(i18n.language) ?? "en");
  return (
    <div className="regulars-framed regulars-ready-one">
      <BlockStack gap="200" inlineAlign="start">
        <Badge>{t(`surveys.kinds.${question.kind}`)}</Badge>
        <Text as="h3" variant="headingSm">{wordsIn(question.text, i18n.language)}</Text>
        <Text as="p" tone="subdued">{t(`surveys.library.learn.${ready}`)}</Text>
      </BlockStack>
      <div><Button url={address(`/app/surveys/${id}`, { ready })} accessibilityLabel={t("surveys.library.useNamed", { name })}>{t("surveys.library.use")}</Button></div>
    </div>
  );
}
