// What a friend is given, what whoever brought the friend is given, and when somebody should look first.
import { BlockStack, Card, Checkbox, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Choice, NumberField, OptionalNumberField } from "../forms/fields.tsx";
import { Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { narrow, part, present, put, type Slot } from "../forms/slot.ts";
import type { ProgrammeDraft } from "./programme-draft.ts";

type ReferralDraft = NonNullable<ProgrammeDraft["referral"]>;
type FriendDraft = ReferralDraft["friend"];

/** `usual`: to begin with, where there is none. `stepMinor`: a usual amount of money here. */
export function ReferralCard({ slot, usual, stepMinor, isShort = false }: { slot: Slot<ProgrammeDraft["referral"]>; usual: ReferralDraft; stepMinor: number; isShort?: boolean }) {
  const { t } = useTranslation();
  const referral = present(slot);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.editor.referral.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.editor.referral.body")}</Text>
        </BlockStack>
        <Checkbox label={t("loyalty.editor.referral.isOn")} checked={referral !== null} onChange={(isOn) => put(slot, isOn ? usual : null)} />
        {referral && (
          <>
            <Friend slot={part(referral, "friend")} stepMinor={stepMinor} />
            <Sentence text={t("loyalty.editor.referral.advocate", marks("points"))} fields={{ points: <NumberField slot={part(referral, "advocatePoints")} label={t("loyalty.editor.points")} isLabelHidden /> }} />
            {!isShort && (
              <>
                <OptionalNumberField slot={part(referral, "minOrderMinor")} unit="money" label={t("loyalty.editor.referral.minOrder")} placeholder={t("loyalty.editor.rewards.none")} />
                <Section title={t("loyalty.editor.referral.checks")} body={t("loyalty.editor.referral.checksHelp")}>
                  <Sentence text={t("loyalty.editor.referral.household", marks("points"))} fields={{ points: <NumberField slot={part(referral, "householdPoints")} label={t("loyalty.editor.points")} isLabelHidden /> }} />
                  <Sentence text={t("loyalty.editor.referral.monthly", marks("count"))} fields={{ count: <NumberField slot={part(referral, "monthlyMax")} label={t("loyalty.editor.referral.friends")} isLabelHidden /> }} />
                </Section>
              </>
            )}
          </>
        )}
      </BlockStack>
    </Card>
  );
}

const USUAL_PERCENT = 10;

function Friend({ slot, stepMinor }: { slot: Slot<FriendDraft>; stepMinor: number }) {
  const { t } = useTranslation();
  const kind: Slot<FriendDraft["kind"]> = { at: `${slot.at}.kind`, value: slot.value.kind, change: (update) => {
    const next = update(slot.value.kind);
    put(slot, next === "amount_off" ? { kind: next, amountMinor: stepMinor } : next === "percentage" ? { kind: next, percent: USUAL_PERCENT } : { kind: next });
  } };
  const money = narrow(slot, (friend) => friend.kind === "amount_off");
  const percentage = narrow(slot, (friend) => friend.kind === "percentage");
  const choice = <Choice slot={kind} label={t("loyalty.editor.referral.friend")} isLabelHidden options={(["percentage", "amount_off", "free_shipping"] as const).map((value) => ({ value, label: t(`loyalty.editor.referral.kinds.${value}`) }))} />;
  const value = money ? <NumberField slot={part(money, "amountMinor")} unit="money" label={t("loyalty.editor.rewards.amount")} isLabelHidden /> : percentage && <NumberField slot={part(percentage, "percent")} suffix="%" label={t("loyalty.editor.percent")} isLabelHidden />;
  if (value === null) return <Sentence text={t("loyalty.editor.referral.friendShipping", marks("kind"))} fields={{ kind: choice }} />;
  return <Sentence text={t("loyalty.editor.referral.friendRule", marks("kind", "value"))} fields={{ kind: choice, value }} />;
}
