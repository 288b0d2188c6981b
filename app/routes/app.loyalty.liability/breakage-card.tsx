// How many of the outstanding points will likely never be spent, by how the shop's own points ended so far; with too few, that is said.
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { toMoney } from "../../capabilities/loyalty/rules/liability.ts";
import type { Formats } from "../../i18n/formats.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LiabilityView } from "./liability-view.ts";

export function BreakageCard({ view: { breakage, outstanding, value } }: { view: LiabilityView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const total = outstanding.available + outstanding.pending;
  const write = (share: number): string => {
    const points = Math.round(share * total);
    return value === null ? writePoints(points, { t, formats }) : formats.money(toMoney(points, { ...value, rewardId: value.reward.id }));
  };
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("loyalty.liability.breakage.title")}</Text>
          <HowPopover title={t("loyalty.liability.breakage.title")} rules={[t("loyalty.liability.breakage.rules.share"), t("loyalty.liability.breakage.rules.members"), t("loyalty.liability.breakage.rules.young")]} />
        </InlineStack>
        {breakage.isKnown ? (
          <>
            <Text as="p" variant="headingLg">{t("loyalty.liability.breakage.share", { share: formats.share(breakage.share), low: formats.share(breakage.low), high: formats.share(breakage.high) })}</Text>
            <Text as="p">{t("loyalty.liability.breakage.amount", { value: write(breakage.share), low: write(breakage.low), high: write(breakage.high) })}</Text>
            <Text as="p" tone="subdued">{t("loyalty.liability.breakage.basis", { count: breakage.members })}</Text>
          </>
        ) : <Text as="p">{whyNot(breakage, { t, formats })}</Text>}
      </BlockStack>
    </Card>
  );
}

function whyNot(breakage: Extract<LiabilityView["breakage"], { isKnown: false }>, { t, formats }: { t: TFunction; formats: Formats }): string {
  switch (breakage.why) {
    case "endless": return t("loyalty.liability.breakage.endless");
    case "young": return breakage.until === null ? t("loyalty.liability.breakage.nobody") : t("loyalty.liability.breakage.young", { day: formats.day(breakage.until) });
    case "few": return t("loyalty.liability.breakage.notYet", { count: breakage.needed });
  }
}
