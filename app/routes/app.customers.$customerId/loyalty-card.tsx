// What the customer has in points, with the way to their account.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { wordsIn, type Words } from "../../values/words.ts";
import { useAddress } from "../../ui/address.ts";
import { writeBalance, writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

type LoyaltyCardProps = { customerId: string; member: { balance: number; pending: number; waiting: number; tier: Words | null } };

export function LoyaltyCard({ customerId, member: { balance, pending, waiting, tier } }: LoyaltyCardProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const voice = { t, formats };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.members.card.title")}</Text>
        <BlockStack gap="100">
          <Text as="p" fontWeight="semibold">{writeBalance(balance, voice)}</Text>
          {pending > 0 && <Text as="p">{t("loyalty.members.small.pending", { points: writePoints(pending, voice) })}</Text>}
          {waiting > 0 && <Text as="p">{t("loyalty.members.waits", { points: formats.count(waiting) })}</Text>}
          {tier !== null && <Text as="p">{wordsIn(tier, i18n.language)}</Text>}
        </BlockStack>
        <Link url={address(`/app/loyalty/members/${customerId}`)}>{t("loyalty.members.card.open")}</Link>
      </BlockStack>
    </Card>
  );
}
