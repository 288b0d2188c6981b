// What an answer brings the shopper: the points of the loyalty programme, if it gives any.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { Check } from "../../ui/forms/fields.tsx";
import type { Slot } from "../../ui/forms/slot.ts";
import { useFormats } from "../../ui/shop-formats.tsx";

export function PointsCard({ slot, points }: { slot: Slot<boolean>; /** 0: none */ points: number }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const address = useAddress();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("surveys.editor.points.title")}</Text>
        <Check slot={slot} label={t("surveys.editor.points.earns")} help={t("surveys.editor.points.earnsHelp")} />
        {points > 0
          ? <Text as="p" tone="subdued">{t("surveys.editor.points.gives", { count: points, points: count(points) })}</Text>
          : <Text as="p" tone="subdued">{t("surveys.editor.points.givesNone")} <Link url={address("/app/loyalty/programme")}>{t("surveys.editor.points.programme")}</Link></Text>}
      </BlockStack>
    </Card>
  );
}
