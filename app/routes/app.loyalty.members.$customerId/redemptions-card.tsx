// What the member redeemed, what became of it, and, for perks of the shop's own, whether they were handed over.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Link, Text, type BadgeProps } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { RedemptionState } from "../../capabilities/loyalty/model/redemption.ts";
import { writeReward } from "../../ui/loyalty/reward-words.ts";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { AccountView } from "./account-view.ts";
import type { MemberAnswer } from "./member-wish.ts";

type RedemptionRow = AccountView["redemptions"][number];

export function RedemptionsCard({ memberId, redemptions }: { memberId: string; redemptions: RedemptionRow[] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.members.redemptions.title")}</Text>
        {redemptions.length === 0 && <Text as="p" tone="subdued">{t("loyalty.members.redemptions.none")}</Text>}
        {redemptions.map((redemption) => <Redemption key={redemption.id} memberId={memberId} redemption={redemption} />)}
      </BlockStack>
    </Card>
  );
}

const TONES: Readonly<Partial<Record<RedemptionState, Exclude<BadgeProps["tone"], undefined>>>> = { held: "attention", issued: "info", used: "success", returning: "attention", void: "critical" };

/** Of several steps, what all of them are. */
export const wholeOf = ({ reward, steps }: Pick<RedemptionRow, "reward" | "steps">): RedemptionRow["reward"] => ("amountMinor" in reward ? { ...reward, amountMinor: reward.amountMinor * steps } : reward);

function Redemption({ memberId, redemption }: { memberId: string; redemption: RedemptionRow }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const { id, reward, points, state, code, heldAt, endsAt, usedOrderId } = redemption;
  const tone = TONES[state];
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" align="space-between" blockAlign="start">
        <Text as="span" fontWeight="medium">{writeReward(wholeOf(redemption), { t, formats, language: i18n.language })}</Text>
        <Badge {...(tone && { tone })}>{t(`loyalty.members.redemptions.states.${state}`)}</Badge>
      </InlineStack>
      <Text as="span" tone="subdued" variant="bodySm">{t("loyalty.members.redemptions.asked", { points: writePoints(points, { t, formats }), time: formats.instant(heldAt) })}</Text>
      {code !== null && <Text as="span">{t("loyalty.members.redemptions.code")} <code className="regulars-reason">{code}</code></Text>}
      {state === "issued" && endsAt !== null && <Text as="span" variant="bodySm">{t("loyalty.members.redemptions.ends", { time: formats.instant(endsAt) })}</Text>}
      {usedOrderId !== null && <Link url={`shopify://admin/orders/${usedOrderId}`} target="_top">{t("loyalty.members.redemptions.order")}</Link>}
      {reward.kind === "custom" && state === "issued" && <HandOver memberId={memberId} redemptionId={id} />}
    </BlockStack>
  );
}

function HandOver({ memberId, redemptionId }: { memberId: string; redemptionId: string }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<MemberAnswer>();
  useAnswer(fetcher.data, () => showToast(t("loyalty.members.redemptions.handedOver")));
  return (
    <InlineStack>
      <Button size="slim" loading={fetcher.state !== "idle"} onClick={() => fetcher.submit({ intent: "handOver", redemptionId }, { method: "post", action: `/app/loyalty/members/${memberId}` })}>{t("loyalty.members.redemptions.handOver")}</Button>
    </InlineStack>
  );
}
