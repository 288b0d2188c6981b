// Which first product makes regulars, in words: only what is more than chance.
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { JUDGED_MIN, type FirstProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { PEOPLE } from "./view.ts";

const RULES = ["first", "again", "others", "interval", "many", "year", "cause", "excluded"] as const;

type AnswerCardProps = { best: FirstProduct | null; worst: FirstProduct | null; /** products with enough customers */ judged: number };

export function AnswerCard({ best, worst, judged }: AnswerCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const told = (product: FirstProduct) => ({ title: writeProduct(t, product), rate: formats.share(product.rate.value), customers: formats.count(product.customers), others: formats.share(product.othersRate ?? 0) });
  const title = t("cohorts.products.question");
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.products.how.${rule}`, { least: formats.count(JUDGED_MIN) }))} />
        </InlineStack>
        <Text as="p" variant="headingLg" fontWeight="semibold">{best === null ? t(worst === null ? "cohorts.products.noDifference" : "cohorts.products.noBest") : t("cohorts.products.best", told(best))}</Text>
        {best !== null && <People product={best} />}
        {worst !== null && <Text as="p">{t("cohorts.products.worst", told(worst))}</Text>}
        {worst !== null && <People product={worst} />}
        <Text as="p" tone="subdued">{t("cohorts.products.judged", { count: judged, least: formats.count(JUDGED_MIN) })} {t("cohorts.products.caution")}</Text>
      </BlockStack>
    </Card>
  );
}

function People({ product }: { product: FirstProduct }) {
  const { t } = useTranslation();
  const address = useAddress();
  return <Text as="p"><Link url={address(...peopleAt(PEOPLE.customers(product.productId)))}>{t("cohorts.products.people", { count: product.customers, title: writeProduct(t, product) })}</Link></Text>;
}
