// Other ways to earn points than by ordering: joining, a birthday, a review, an answer, the first order and certain later ones.
import { BlockStack, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Check, NumberField } from "../forms/fields.tsx";
import { AddButton, Framed, Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { append, items, part, removeAt, type Slot } from "../forms/slot.ts";
import type { ProgrammeDraft } from "./programme-draft.ts";

/** `isShort`: for whoever begins. */
export function WaysCard({ slot, isShort = false }: { slot: Slot<ProgrammeDraft>; isShort?: boolean }) {
  const { t } = useTranslation();
  const birthday = part(slot, "birthday");
  const review = part(slot, "review");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.editor.ways.title")}</Text>
        <Way slot={part(slot, "signUp")} name="signUp" />
        <Way slot={birthday} name="birthday" more={{ days: <NumberField slot={part(birthday, "leadDays")} label={t("loyalty.editor.days")} isLabelHidden /> }} />
        {!isShort && (
          <>
            <Way slot={review} name="review" more={{ times: <NumberField slot={part(review, "perYear")} label={t("loyalty.editor.ways.perYear")} isLabelHidden /> }} />
            <Way slot={part(slot, "survey")} name="survey" />
            <Way slot={part(slot, "firstOrder")} name="firstOrder" />
            <NthOrders slot={part(slot, "nthOrders")} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

type Action = { isOn: boolean; points: number | string };

function Way<T extends Action>({ slot, name, more = {} }: { slot: Slot<T>; name: "signUp" | "birthday" | "review" | "survey" | "firstOrder"; more?: Record<string, ReactNode> }) {
  const { t } = useTranslation();
  const action: Slot<Action> = { at: slot.at, value: slot.value, change: (update) => slot.change((before) => ({ ...before, ...update(before) })) };
  return (
    <BlockStack gap="100">
      <Check slot={part(action, "isOn")} label={t(`loyalty.editor.ways.${name}`)} />
      {slot.value.isOn && (
        <div className="regulars-indented">
          <Sentence text={t(`loyalty.editor.ways.${name}Rule`, marks("points", "days", "times"))} fields={{ points: <NumberField slot={part(action, "points")} label={t("loyalty.editor.points")} isLabelHidden />, ...more }} />
          {name === "review" && <Text as="p" tone="subdued" variant="bodySm">{t("loyalty.editor.ways.reviewHelp")}</Text>}
        </div>
      )}
    </BlockStack>
  );
}

function NthOrders({ slot }: { slot: Slot<ProgrammeDraft["nthOrders"]> }) {
  const { t } = useTranslation();
  const next = Math.max(1, ...slot.value.map(({ number }) => Number(number) || 0)) + 1;
  return (
    <Section title={t("loyalty.editor.ways.nthOrders")}>
      {items(slot).map((rule, index) => (
        <Framed key={index} title={t("loyalty.editor.ways.nthOrder", { number: String(rule.value.number) })} removeLabel={t("frame.form.remove", { name: t("loyalty.editor.ways.nthOrder", { number: String(rule.value.number) }) })} onRemove={() => removeAt(slot, index)}>
          <Sentence
            text={t("loyalty.editor.ways.nthRule", marks("number", "points"))}
            fields={{
              number: <NumberField slot={part(rule, "number")} label={t("loyalty.editor.ways.number")} isLabelHidden />,
              points: <NumberField slot={part(rule, "points")} label={t("loyalty.editor.points")} isLabelHidden />,
            }}
          />
        </Framed>
      ))}
      <AddButton label={t("loyalty.editor.ways.addNth")} onAdd={() => append(slot, { number: next === 2 ? 5 : next, points: 50 })} />
    </Section>
  );
}
