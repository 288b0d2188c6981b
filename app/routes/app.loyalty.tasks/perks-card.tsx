// Perks of the shop's own that members have asked for and nobody has handed over yet.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Reward } from "../../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../../values/words.ts";
import { useAddress } from "../../ui/address.ts";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";

export type PerkRow = { id: string; points: number; reward: Reward; issuedAt: string | null; memberId: string; name: string | null };

export function PerksCard({ perks }: { perks: PerkRow[] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.tasks.perks.title")}</Text>
        {perks.length === 0 && <Text as="p" tone="subdued">{t("loyalty.tasks.perks.none")}</Text>}
        {perks.map((perk) => <Perk key={perk.id} perk={perk} />)}
      </BlockStack>
    </Card>
  );
}

function Perk({ perk: { id, points, reward, issuedAt, memberId, name } }: { perk: PerkRow }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const fetcher = useFetcher<{ ok: boolean }>();
  useAnswer(fetcher.data, () => showToast(t("loyalty.members.redemptions.handedOver")));
  return (
    <InlineStack gap="200" align="space-between" blockAlign="center">
      <BlockStack gap="050">
        <Text as="span" fontWeight="medium">{reward.title === null ? reward.id : wordsIn(reward.title, i18n.language)}</Text>
        <Text as="span" tone="subdued" variant="bodySm">
          <Link url={address(`/app/loyalty/members/${memberId}`)}>{name ?? t("profiles.customer.nameless")}</Link>
          {" · "}{writePoints(points, { t, formats })}{issuedAt !== null && ` · ${formats.instant(issuedAt)}`}
        </Text>
      </BlockStack>
      <Button loading={fetcher.state !== "idle"} onClick={() => fetcher.submit({ intent: "handOver", redemptionId: id }, { method: "post", action: `/app/loyalty/members/${memberId}` })}>{t("loyalty.members.redemptions.handOver")}</Button>
    </InlineStack>
  );
}
