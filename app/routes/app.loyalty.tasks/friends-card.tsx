// Friends brought by members: where each stands, why, and what the staff can do about it.
import { useNavigate } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Link, Pagination, Select, Text, type BadgeProps } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { REFERRAL_STATES, type ReferralState } from "../../capabilities/loyalty/model/referral.ts";
import { useAddress } from "../../ui/address.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { DecideModal } from "./decide-modal.tsx";
import type { FriendFilter, FriendRow } from "./route.tsx";
import type { DecisionKind } from "./tasks-wish.ts";

type FriendsCardProps = { friends: FriendRow[]; filter: FriendFilter; page: number; hasMore: boolean; counts: Record<ReferralState, number>; appealCount: number };

export function FriendsCard({ friends, filter, page, hasMore, counts, appealCount }: FriendsCardProps) {
  const { t } = useTranslation();
  const address = useAddress();
  const navigate = useNavigate();
  const formats = useFormats();
  const [deciding, setDeciding] = useState<{ friend: FriendRow; kind: DecisionKind } | null>(null);
  const show = (state: string, at: number) => navigate(address(`/app/loyalty/tasks?${new URLSearchParams({ ...(state !== "all" && { state }), ...(at > 0 && { page: String(at) }) }).toString()}`));
  const options = [{ value: "all", label: t("loyalty.tasks.friends.all") }, ...REFERRAL_STATES.map((value) => ({ value, label: `${t(`loyalty.tasks.friends.states.${value}`)} (${formats.count(counts[value])})` }))];
  const columns = [t("loyalty.tasks.friends.columns.friend"), t("loyalty.tasks.friends.columns.advocate"), t("loyalty.tasks.friends.columns.state"), t("loyalty.tasks.friends.columns.why"), t("loyalty.tasks.friends.columns.decide")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("loyalty.tasks.friends.title")}</Text>
          <Select label={t("loyalty.tasks.friends.show")} labelInline options={options} value={filter ?? "all"} onChange={(value) => show(value, 0)} />
        </InlineStack>
        <Text as="p" tone="subdued">{t("loyalty.tasks.friends.body")}</Text>
        {appealCount > 0 && <Text as="p"><Badge tone="attention">{t("loyalty.tasks.friends.appeals", { count: appealCount })}</Badge></Text>}
        {friends.length === 0 ? <Text as="p" tone="subdued">{t("loyalty.tasks.friends.none")}</Text> : (
          <NamedTable name={t("loyalty.tasks.friends.title")} columns={columns}>
            {friends.map((friend) => <Friend key={friend.orderId} friend={friend} onDecide={(kind) => setDeciding({ friend, kind })} />)}
          </NamedTable>
        )}
        {(page > 0 || hasMore) && (
          <Pagination hasPrevious={page > 0} onPrevious={() => show(filter ?? "all", page - 1)} hasNext={hasMore} onNext={() => show(filter ?? "all", page + 1)} accessibilityLabel={t("loyalty.tasks.friends.title")} />
        )}
      </BlockStack>
      {deciding && <DecideModal {...deciding} onClose={() => setDeciding(null)} />}
    </Card>
  );
}

const TONES: Readonly<Record<ReferralState, Exclude<BadgeProps["tone"], undefined>>> = { pending: "info", review: "attention", counted: "success", refused: "critical" };

function Friend({ friend, onDecide }: { friend: FriendRow; onDecide: (kind: DecisionKind) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { orderId, orderName, state, reasons, points, note, isAppealed, advocate, orderedAt } = friend;
  const canAccept = state === "review" || state === "refused";
  const canRefuse = state === "review" || state === "pending";
  return (
    <tr>
      <th scope="row">
        <BlockStack gap="050">
          {friend.friend === null ? <Text as="span" tone="subdued">{t("loyalty.tasks.friends.erased")}</Text> : <Member person={friend.friend} />}
          <Text as="span" variant="bodySm" tone="subdued"><Link url={`shopify://admin/orders/${orderId}`} target="_top">{orderName ?? t("loyalty.tasks.friends.order")}</Link> · {formats.instant(orderedAt)}</Text>
        </BlockStack>
      </th>
      <td><Member person={advocate} /></td>
      <td>
        <BlockStack gap="100" inlineAlign="start">
          <Badge tone={TONES[state]}>{t(`loyalty.tasks.friends.states.${state}`)}</Badge>
          {isAppealed && <Badge tone="attention">{t("loyalty.tasks.friends.appealed")}</Badge>}
          {points > 0 && <Text as="span" variant="bodySm" tone="subdued">{writePoints(points, { t, formats })}</Text>}
        </BlockStack>
      </td>
      <td><Why friend={friend} /></td>
      <td>
        <BlockStack gap="100" inlineAlign="start">
          {canAccept && <Button size="slim" onClick={() => onDecide("accept")} accessibilityLabel={t("loyalty.tasks.friends.acceptThis", { order: orderName ?? orderId })}>{t("loyalty.tasks.friends.accept")}</Button>}
          {canRefuse && <Button size="slim" tone="critical" onClick={() => onDecide("refuse")} accessibilityLabel={t("loyalty.tasks.friends.refuseThis", { order: orderName ?? orderId })}>{t("loyalty.tasks.friends.refuse")}</Button>}
          {!canAccept && !canRefuse && <Text as="span" tone="subdued">{reasons.length === 0 && note === null ? t("loyalty.tasks.friends.done") : t("loyalty.tasks.friends.decided")}</Text>}
        </BlockStack>
      </td>
    </tr>
  );
}

function Member({ person: { id, name } }: { person: { id: string; name: string | null } }) {
  const { t } = useTranslation();
  const address = useAddress();
  return <Link url={address(`/app/loyalty/members/${id}`)}>{name ?? t("profiles.customer.nameless")}</Link>;
}

/** The score is the sum of what the reasons weigh; a person's word comes last. */
function Why({ friend: { score, reasons, note, isByHand } }: { friend: FriendRow }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (score === null) return <Text as="span" tone="subdued">{t("loyalty.tasks.friends.unweighed")}</Text>;
  return (
    <BlockStack gap="050">
      <Text as="span">{t("loyalty.tasks.friends.score", { score: formats.count(score) })}</Text>
      {reasons.map((reason) => <Text key={reason} as="span" variant="bodySm">{t(`loyalty.tasks.friends.reasons.${reason}`)}</Text>)}
      {isByHand && note !== null && <Text as="span" variant="bodySm" tone="subdued">{t("loyalty.tasks.friends.noted", { note })}</Text>}
    </BlockStack>
  );
}
