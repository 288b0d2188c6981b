// What time does to points: when they can be spent, when they end, and when a debt is forgiven.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Check, Choice, NumberField, OptionalNumberField } from "../forms/fields.tsx";
import { Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { narrow, part, put, type Slot } from "../forms/slot.ts";
import type { ProgrammeDraft } from "./programme-draft.ts";

type Expiry = ProgrammeDraft["expiry"];
const USUAL_MONTHS = 12;

export function TimeCard({ slot }: { slot: Slot<ProgrammeDraft> }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="500">
        <Text as="h2" variant="headingMd">{t("loyalty.editor.time.title")}</Text>
        <Section title={t("loyalty.editor.time.pending")} body={t("loyalty.editor.time.pendingHelp")}>
          <Sentence text={t("loyalty.editor.time.pendingRule", marks("days"))} fields={{ days: <NumberField slot={part(slot, "pendingDays")} label={t("loyalty.editor.days")} isLabelHidden /> }} />
        </Section>
        <ExpirySection slot={part(slot, "expiry")} />
        <Section title={t("loyalty.editor.time.debt")} body={t("loyalty.editor.time.debtHelp")}>
          <Sentence
            text={t("loyalty.editor.time.debtRule", marks("months"))}
            fields={{ months: <OptionalNumberField slot={part(slot, "forgivenAfterMonths")} label={t("loyalty.editor.months")} isLabelHidden placeholder={t("loyalty.editor.time.never")} /> }}
          />
        </Section>
        <Check slot={part(slot, "returnsOnRefund")} label={t("loyalty.editor.time.returnsOnRefund")} help={t("loyalty.editor.time.returnsOnRefundHelp")} />
      </BlockStack>
    </Card>
  );
}

function ExpirySection({ slot }: { slot: Slot<Expiry> }) {
  const { t } = useTranslation();
  const limited = narrow(slot, (expiry): expiry is Exclude<Expiry, { kind: "never" }> => expiry.kind !== "never");
  const months = limited?.value.months ?? USUAL_MONTHS;
  const kind: Slot<Expiry["kind"]> = { at: `${slot.at}.kind`, value: slot.value.kind, change: (update) => {
    const next = update(slot.value.kind);
    put(slot, next === "never" ? { kind: next } : { kind: next, months });
  } };
  const options = (["never", "per_grant", "inactivity"] as const).map((value) => ({ value, label: t(`loyalty.editor.time.expiryKinds.${value}`) }));
  return (
    <Section title={t("loyalty.editor.time.expiry")} {...(limited && { body: t(`loyalty.editor.time.expiryHelp.${limited.value.kind}`) })}>
      <Choice slot={kind} label={t("loyalty.editor.time.expiry")} isLabelHidden options={options} />
      {limited && <Sentence text={t("loyalty.editor.time.expiryRule", marks("months"))} fields={{ months: <NumberField slot={part(limited, "months")} label={t("loyalty.editor.months")} isLabelHidden /> }} />}
    </Section>
  );
}
