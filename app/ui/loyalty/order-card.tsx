// What points are called, who has them, and what a purchase earns.
import { BlockStack, Card, ChoiceList, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Check, NumberField } from "../forms/fields.tsx";
import { Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { part, put, type Slot } from "../forms/slot.ts";
import { orNone, WordsField } from "../forms/words-field.tsx";
import type { ProgrammeDraft } from "./programme-draft.ts";

/** `isShort`: for whoever begins. */
export function OrderCard({ slot, isShort = false }: { slot: Slot<ProgrammeDraft>; isShort?: boolean }) {
  const { t } = useTranslation();
  const order = part(slot, "order");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.editor.order.title")}</Text>
        <WordsField slot={orNone(part(slot, "pointName"))} label={t("loyalty.editor.order.name")} help={t("loyalty.editor.order.nameHelp")} usual={t("loyalty.preview.pointName")} />
        <Section title={t("loyalty.editor.order.earning")}>
          {!isShort && <Check slot={part(order, "isOn")} label={t("loyalty.editor.order.isOn")} />}
          {order.value.isOn && (
            <Sentence
              text={t("loyalty.editor.order.rule", marks("amount", "points"))}
              fields={{
                amount: <NumberField slot={part(order, "perMinor")} unit="money" label={t("loyalty.editor.order.amount")} isLabelHidden />,
                points: <NumberField slot={part(order, "points")} label={t("loyalty.editor.points")} isLabelHidden />,
              }}
            />
          )}
          {order.value.isOn && !isShort && (
            <BlockStack gap="100">
              <Check slot={part(order, "includesTax")} label={t("loyalty.editor.order.includesTax")} help={t("loyalty.editor.order.includesTaxHelp")} />
              <Check slot={part(order, "includesShipping")} label={t("loyalty.editor.order.includesShipping")} />
              <Check slot={part(order, "isBeforeDiscounts")} label={t("loyalty.editor.order.isBeforeDiscounts")} help={t("loyalty.editor.order.isBeforeDiscountsHelp")} />
            </BlockStack>
          )}
        </Section>
        {!isShort && <Enrolment slot={part(slot, "enrolment")} />}
      </BlockStack>
    </Card>
  );
}

function Enrolment({ slot }: { slot: Slot<ProgrammeDraft["enrolment"]> }) {
  const { t } = useTranslation();
  const choices = (["everyone", "joiners"] as const).map((value) => ({ value, label: t(`loyalty.editor.enrolment.${value}`), helpText: t(`loyalty.editor.enrolment.${value}Help`) }));
  return <ChoiceList title={t("loyalty.editor.enrolment.title")} choices={choices} selected={[slot.value]} onChange={([said]) => put(slot, said === "joiners" ? "joiners" : "everyone")} />;
}
