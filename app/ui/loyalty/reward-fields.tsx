// Everything about one reward: what it is, what it costs, for whom, how often and how long.
import { BlockStack, Button, ChoiceList, InlineError, InlineGrid, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { wordsIn } from "../../values/words.ts";
import { parseMinor } from "../../values/money.ts";
import { NumberField, OptionalNumberField, TextLine } from "../forms/fields.tsx";
import { idOf } from "../forms/picked.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { narrow, part, put, type Slot } from "../forms/slot.ts";
import { orEmpty, orNone, WordsField } from "../forms/words-field.tsx";
import { useFault, useWriting } from "../forms/writing.tsx";
import { PermissionBanner } from "./permission-banner.tsx";
import type { ProgrammeDraft } from "./programme-draft.ts";
import type { RewardDraft } from "./rewards-card.tsx";

type RewardFieldsProps = { slot: Slot<RewardDraft>; tiers: ProgrammeDraft["tiers"]; /** what `USUAL_COST` points are usually worth */ stepMinor: number; isShort: boolean };

export function RewardFields({ slot, tiers, stepMinor, isShort }: RewardFieldsProps) {
  const { t } = useTranslation();
  const named = narrow(slot, (reward) => reward.kind === "custom");
  const unnamed = narrow(slot, (reward) => reward.kind !== "custom");
  return (
    <BlockStack gap="300">
      {named && <WordsField slot={orEmpty(part(named, "title"))} label={t("loyalty.editor.rewards.name")} help={t("loyalty.editor.rewards.customHelp")} />}
      <PermissionBanner kind={slot.value.kind} />
      <Terms slot={slot} stepMinor={stepMinor} />
      {!isShort && unnamed && <WordsField slot={orNone(part(unnamed, "title"))} label={t("loyalty.editor.rewards.ownName")} help={t("loyalty.editor.rewards.ownNameHelp")} />}
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        {hasOrder(slot.value.kind) && <OptionalNumberField slot={part(slot, "minOrderMinor")} unit="money" label={t("loyalty.editor.rewards.minOrder")} placeholder={t("loyalty.editor.rewards.none")} />}
        {slot.value.kind !== "store_credit" && <OptionalNumberField slot={part(slot, "validDays")} label={t("loyalty.editor.rewards.validDays")} placeholder={t("loyalty.editor.rewards.unlimited")} suffix={t("loyalty.editor.days")} />}
        {!isShort && <OptionalNumberField slot={part(slot, "perCustomer")} label={t("loyalty.editor.rewards.perCustomer")} placeholder={t("loyalty.editor.rewards.unlimited")} />}
        {!isShort && <OptionalNumberField slot={part(slot, "total")} label={t("loyalty.editor.rewards.total")} placeholder={t("loyalty.editor.rewards.unlimited")} />}
      </InlineGrid>
      {!isShort && tiers && <TierChoice slot={part(slot, "tierIds")} tiers={tiers} />}
    </BlockStack>
  );
}

const hasOrder = (kind: RewardDraft["kind"]): boolean => kind === "amount_off" || kind === "percentage" || kind === "free_shipping" || kind === "free_product";

/** What it costs and what it gives, in a sentence where there is a number to say. */
function Terms({ slot, stepMinor }: { slot: Slot<RewardDraft>; stepMinor: number }) {
  const { t } = useTranslation();
  const cost = <NumberField slot={part(slot, "cost")} label={t("loyalty.editor.points")} isLabelHidden />;
  const money = narrow(slot, (reward) => reward.kind === "amount_off" || reward.kind === "store_credit" || reward.kind === "gift_card");
  const percentage = narrow(slot, (reward) => reward.kind === "percentage");
  const product = narrow(slot, (reward) => reward.kind === "free_product");
  const access = narrow(slot, (reward) => reward.kind === "early_access");
  if (money) {
    return (
      <BlockStack gap="200">
        <Sentence text={t(`loyalty.editor.rewards.rules.${money.value.kind}`, marks("points", "amount"))} fields={{ points: cost, amount: <NumberField slot={part(money, "amountMinor")} unit="money" label={t("loyalty.editor.rewards.amount")} isLabelHidden /> }} />
        <Sentence text={t("loyalty.editor.rewards.steps", marks("steps"))} fields={{ steps: <NumberField slot={part(money, "maxSteps")} label={t("loyalty.editor.rewards.maxSteps")} isLabelHidden /> }} />
      </BlockStack>
    );
  }
  if (percentage) return <Sentence text={t("loyalty.editor.rewards.rules.percentage", marks("points", "percent"))} fields={{ points: cost, percent: <NumberField slot={part(percentage, "percent")} suffix="%" label={t("loyalty.editor.percent")} isLabelHidden /> }} />;
  return (
    <BlockStack gap="200">
      <Sentence text={t(`loyalty.editor.rewards.rules.${slot.value.kind}`, marks("points"))} fields={{ points: cost }} />
      {product && <ProductChoice slot={product} stepMinor={stepMinor} />}
      {access && <TextLine slot={part(access, "tag")} label={t("loyalty.editor.rewards.tag")} help={t("loyalty.editor.rewards.tagHelp")} />}
    </BlockStack>
  );
}

export const USUAL_COST = 100;
const ROUND = 10; // points

/** As many points as the same money costs elsewhere on the menu. */
const costOf = (priceMinor: number, stepMinor: number): number => Math.max(ROUND, Math.ceil((priceMinor / stepMinor) * (USUAL_COST / ROUND)) * ROUND);

type FreeProduct = Extract<RewardDraft, { kind: "free_product" }>;

function ProductChoice({ slot, stepMinor }: { slot: Slot<FreeProduct>; stepMinor: number }) {
  const { t } = useTranslation();
  const { currency } = useWriting();
  const faults = [useFault(`${slot.at}.productId`), useFault(`${slot.at}.variantId`), useFault(`${slot.at}.productTitle`)];
  const fault = faults.find((one) => one !== undefined);
  const pick = async (): Promise<void> => {
    const [variant] = await window.shopify.resourcePicker({ type: "variant", multiple: false, action: "select" }) ?? [];
    if (variant === undefined) return;
    const { id, displayName, product, price } = variant;
    const priceMinor = price === undefined ? null : parseMinor(price, currency);
    slot.change((before) => ({
      ...before, productId: idOf(product?.id ?? ""), variantId: idOf(id), productTitle: displayName ?? "", priceMinor: priceMinor ?? before.priceMinor,
      cost: priceMinor === null || before.cost !== USUAL_COST ? before.cost : costOf(priceMinor, stepMinor), // what the merchant has written stays
    }));
  };
  return (
    <BlockStack gap="200" inlineAlign="start">
      {slot.value.productTitle !== "" && <Text as="p" fontWeight="medium">{slot.value.productTitle}</Text>}
      <Button onClick={() => void pick()}>{t("loyalty.editor.rewards.pickProduct")}</Button>
      {fault !== undefined && <InlineError message={fault} fieldID={`${slot.at}.productId`} />}
      <NumberField slot={part(slot, "priceMinor")} unit="money" label={t("loyalty.editor.rewards.price")} help={t("loyalty.editor.rewards.priceHelp")} />
    </BlockStack>
  );
}

function TierChoice({ slot, tiers }: { slot: Slot<string[]>; tiers: NonNullable<ProgrammeDraft["tiers"]> }) {
  const { t, i18n } = useTranslation();
  const fault = useFault(slot.at);
  const choices = tiers.levels.map(({ id, title }) => ({ value: id, label: wordsIn(title, i18n.language) || id }));
  return <ChoiceList allowMultiple title={t("loyalty.editor.rewards.tiers")} choices={choices} selected={slot.value} onChange={(chosen) => put(slot, chosen)} {...(fault !== undefined && { error: fault })} />;
}
