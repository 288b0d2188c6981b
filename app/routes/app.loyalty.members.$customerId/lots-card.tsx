// What the balance is made of: each grant with what is left of it and when that ends.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { addDays } from "../../values/day.ts";
import type { AccountView } from "./account-view.ts";

const SHOWN_AT_ONCE = 8;
const KINDS = ["order", "first_order", "nth_order", "tier_gift", "event", "give_back"] as const;

export function LotsCard({ lots }: { lots: AccountView["lots"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isWhole, setWhole] = useState(false);
  const kindOf = (key: string) => KINDS.find((kind) => key.startsWith(`${kind}:`)) ?? "event";
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.members.lots.title")}</Text>
          <Text as="p" tone="subdued">{lots.length === 0 ? t("loyalty.members.lots.none") : t("loyalty.members.lots.body")}</Text>
        </BlockStack>
        {lots.length > 0 && (
          <dl className="regulars-pairs account-lots">
            {lots.slice(0, isWhole ? lots.length : SHOWN_AT_ONCE).map(({ key, remaining, availableOn, expiresOn }) => (
              <div key={key}>
                <dt>{expiresOn === null ? t("loyalty.members.lots.never") : t("loyalty.members.lots.ends", { day: formats.day(addDays(expiresOn, -1)) })}<br /><Text as="span" variant="bodySm">{t("loyalty.members.lots.from", { what: t(`loyalty.members.lots.kinds.${kindOf(key)}`), day: formats.day(availableOn) })}</Text></dt>
                <dd>{writePoints(remaining, { t, formats })}</dd>
              </div>
            ))}
          </dl>
        )}
        {!isWhole && lots.length > SHOWN_AT_ONCE && <InlineStack><Button onClick={() => setWhole(true)}>{t("loyalty.members.lots.all", { count: lots.length })}</Button></InlineStack>}
      </BlockStack>
    </Card>
  );
}
