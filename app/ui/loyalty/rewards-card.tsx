// The menu of rewards: each a line that opens to everything about it.
import { ActionList, BlockStack, Button, Card, InlineStack, Popover, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { rewardSchema, type Reward } from "../../capabilities/loyalty/model/programme.ts";
import type { Loose } from "../forms/faults.ts";
import { Check } from "../forms/fields.tsx";
import { freshId } from "../forms/fresh-id.ts";
import { Framed } from "../forms/listed.tsx";
import { append, items, part, removeAt, type Slot } from "../forms/slot.ts";
import { useHasFault } from "../forms/writing.tsx";
import { useFormats } from "../shop-formats.tsx";
import type { ProgrammeDraft } from "./programme-draft.ts";
import { RewardFields, USUAL_COST } from "./reward-fields.tsx";
import { writeCost, writeReward } from "./reward-words.ts";

export type RewardDraft = Loose<Reward>;
const KINDS = ["amount_off", "percentage", "free_shipping", "free_product", "store_credit", "gift_card", "early_access", "custom"] as const satisfies Reward["kind"][];
const USUAL_DAYS = 90;
const USUAL_PERCENT = 10;

/** `stepMinor`: what a hundred points are usually worth here. */
export function RewardsCard({ slot, tiers, stepMinor, isShort = false }: { slot: Slot<RewardDraft[]>; tiers: ProgrammeDraft["tiers"]; stepMinor: number; isShort?: boolean }) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const add = (kind: Reward["kind"]): void => {
    const reward = blankReward(kind, freshId(kind.replaceAll("_", "-"), slot.value), stepMinor);
    append(slot, reward);
    setOpenId(reward.id);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.editor.rewards.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.editor.rewards.body")}</Text>
        </BlockStack>
        {items(slot).map((reward, index) => (
          <RewardLine
            key={reward.value.id} slot={reward} tiers={tiers} stepMinor={stepMinor} isShort={isShort} isOpen={openId === reward.value.id}
            onToggle={() => setOpenId(openId === reward.value.id ? null : reward.value.id)} onRemove={() => removeAt(slot, index)}
          />
        ))}
        <AddReward onAdd={add} />
      </BlockStack>
    </Card>
  );
}

type RewardLineProps = { slot: Slot<RewardDraft>; tiers: ProgrammeDraft["tiers"]; stepMinor: number; isShort: boolean; isOpen: boolean; onToggle: () => void; onRemove: () => void };

function RewardLine({ slot, tiers, stepMinor, isShort, isOpen, onToggle, onRemove }: RewardLineProps) {
  const { t } = useTranslation();
  const name = useRewardName(slot.value);
  const titleId = useId();
  const isFaulty = useHasFault(slot.at);
  const isShown = isOpen || isFaulty;
  return (
    <Framed
      title={name} titleId={titleId} removeLabel={t("frame.form.remove", { name })} onRemove={onRemove}
      action={<Button variant="plain" onClick={onToggle} ariaExpanded={isShown} ariaDescribedBy={titleId}>{t(isShown ? "loyalty.editor.rewards.close" : "loyalty.editor.rewards.edit")}</Button>}
    >
      <Check slot={part(slot, "isOn")} label={t("loyalty.editor.rewards.isOn")} />
      {isShown && <RewardFields slot={slot} tiers={tiers} stepMinor={stepMinor} isShort={isShort} />}
    </Framed>
  );
}

/** "100 points: $5.00 off", or what kind it is while that cannot be said yet. */
function useRewardName(draft: RewardDraft): string {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const read = rewardSchema.safeParse(draft);
  if (!read.success) return t(`loyalty.editor.rewards.kinds.${draft.kind}`);
  return t("loyalty.rewards.line", { cost: writeCost(read.data, { t, formats }), reward: writeReward(read.data, { t, formats, language: i18n.language }) });
}

function AddReward({ onAdd }: { onAdd: (kind: Reward["kind"]) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const choose = (kind: Reward["kind"]): void => {
    setOpen(false);
    onAdd(kind);
  };
  return (
    <InlineStack>
      <Popover active={isOpen} onClose={() => setOpen(false)} activator={<Button icon={PlusIcon} disclosure onClick={() => setOpen(!isOpen)}>{t("loyalty.editor.rewards.add")}</Button>}>
        <ActionList items={KINDS.map((kind) => ({ content: t(`loyalty.editor.rewards.kinds.${kind}`), onAction: () => choose(kind) }))} />
      </Popover>
    </InlineStack>
  );
}

function blankReward(kind: Reward["kind"], id: string, amountMinor: number): RewardDraft {
  const base = { id, isOn: true, title: null, cost: USUAL_COST, minOrderMinor: null, validDays: USUAL_DAYS, perCustomer: null, total: null, tierIds: [] };
  switch (kind) {
    case "amount_off": case "store_credit": case "gift_card": return { ...base, kind, amountMinor, maxSteps: 1 };
    case "percentage": return { ...base, kind, percent: USUAL_PERCENT };
    case "free_shipping": return { ...base, kind };
    case "free_product": return { ...base, kind, productId: "", variantId: "", productTitle: "", priceMinor: "" };
    case "early_access": return { ...base, kind, tag: "early-access" };
    case "custom": return { ...base, kind, title: {} };
  }
}
