// What the member can spend now, what comes and when, and what they owe, in words.
import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { writeBalance, writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { AccountView } from "./account-view.ts";

export function BalanceCard({ account: { balance, pending, waiting, pendingDays, joinedOn, birthday } }: { account: AccountView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const voice = { t, formats };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.members.balance.title")}</Text>
          <Text as="p" variant="headingXl">{writeBalance(balance, voice)}</Text>
          {balance < 0 && <Text as="p">{t("loyalty.members.balance.debt", { points: writePoints(-balance, voice) })}</Text>}
        </BlockStack>
        {pending > 0 && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">{t("loyalty.members.balance.pending", { points: writePoints(pending, voice) })}</Text>
            <List>{pendingDays.map(({ on, points }) => <List.Item key={on}>{t("loyalty.members.balance.pendingOn", { points: writePoints(points, voice), day: formats.day(on) })}</List.Item>)}</List>
          </BlockStack>
        )}
        {waiting > 0 && <Text as="p">{t("loyalty.members.balance.waiting", { points: writePoints(waiting, voice) })}</Text>}
        <Text as="p" tone="subdued">
          {joinedOn === null ? t("loyalty.members.balance.notJoined") : t("loyalty.members.small.joined", { day: formats.day(joinedOn) })}
          {birthday !== null && <> · {t("loyalty.members.balance.birthday", { month: Number(birthday.slice(0, 2)), day: Number(birthday.slice(3)) })}</>}
        </Text>
      </BlockStack>
    </Card>
  );
}
