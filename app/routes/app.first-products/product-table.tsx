// First products, the surest to make regulars first: who came again, beside others of the same months, and what a customer brought in a year.
import { BlockStack, Box, IndexTable, InlineStack, Link, Select, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { FirstProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import type { Month } from "../../values/day.ts";
import { useAddress } from "../../ui/address.ts";
import { peopleAt } from "../../ui/open-rows.ts";
import { NobodyFound, PagedTable } from "../../ui/paged-table.tsx";
import { VerdictBadge, writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { PEOPLE, SORTS, type ProductsView, type Sort } from "./view.ts";

const COLUMNS = ["product", "customers", "rate", "others", "difference", "value"] as const;
const HINTED = ["rate", "others", "difference", "value"] as const;
const isHinted = (column: string): column is (typeof HINTED)[number] => HINTED.some((one) => one === column);

type ProductTableProps = {
  view: ProductsView; rows: readonly FirstProduct[]; count: number; hasNext: boolean; yearTo: Month; isLoading: boolean;
  onShow: (change: Partial<ProductsView>) => void;
  /** where a product's second orders are shown */
  nextOf: (productId: string) => string;
};

export function ProductTable({ view, rows, count, hasNext, yearTo, isLoading, onShow, nextOf }: ProductTableProps) {
  const { t } = useTranslation();
  const columns = COLUMNS.map((column) => ({
    title: t(`cohorts.products.columns.${column}`), isAtEnd: column !== "product", sort: SORTS.find((sort) => sort === column) ?? null, hint: isHinted(column) ? t(`cohorts.products.hints.${column}`) : null,
  }));
  const options = SORTS.map((value) => ({ value, label: t(`cohorts.products.columns.${value}`) }));
  return (
    <PagedTable<Sort, FirstProduct & { id: string }>
      name={{ singular: t("cohorts.products.columns.product"), plural: t("cohorts.products.columns.products"), title: t("cohorts.products.columns.products") }}
      columns={columns} look={view} rows={rows.map((row) => ({ ...row, id: row.productId }))} hasNext={hasNext} isLoading={isLoading} onShow={(change) => onShow({ page: 1, ...change })}
      count={t("cohorts.products.count", { count })} empty={<NobodyFound title={t("cohorts.products.empty.heading")} isBeyond path="/app/first-products" />}
      smallSort={<Box paddingBlockStart="200"><Select label={t("cohorts.products.sort")} labelInline options={options} value={view.sort} onChange={(value) => onShow({ sort: SORTS.find((sort) => sort === value) ?? "rate", direction: "descending", page: 1 })} /></Box>}
      renderRow={(product, isSmall) => (isSmall ? <SmallRow product={product} yearTo={yearTo} next={nextOf(product.id)} /> : <WideRow product={product} yearTo={yearTo} next={nextOf(product.id)} />)}
    />
  );
}

type RowProps = { product: FirstProduct; yearTo: Month; next: string };

function Name({ product, next }: Pick<RowProps, "product" | "next">) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="semibold">{writeProduct(t, product)}</Text>
      <Link url={next} accessibilityLabel={t("cohorts.products.seeNextOf", { title: writeProduct(t, product) })}>{t("cohorts.products.seeNext")}</Link>
    </BlockStack>
  );
}

/** A figure above, what makes it credible below. */
const Pair = ({ figure, below }: { figure: ReactNode; below: ReactNode }) => (
  <BlockStack gap="050" inlineAlign="end">
    <Text as="span" numeric>{figure}</Text>
    {below !== null && <Text as="span" tone="subdued" variant="bodySm" numeric>{below}</Text>}
  </BlockStack>
);

/** A product's figures as they stand in the table and on a card. */
function useFigures({ productId, customers, repeaters, rate, othersRate, difference, verdict, year }: FirstProduct, yearTo: Month) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const points = (share: number): string => `${share < 0 ? "−" : "+"}${formats.points(Math.abs(share))}`;
  return {
    customers: <Link url={address(...peopleAt(PEOPLE.customers(productId)))}>{formats.count(customers)}</Link>,
    rate: { figure: <Link url={address(...peopleAt(PEOPLE.repeaters(productId)))}>{formats.share(rate.value)}</Link>, below: t("cohorts.products.rateOf", { repeaters: formats.count(repeaters), low: formats.share(rate.low), high: formats.share(rate.high) }) },
    others: othersRate === null ? t("cohorts.grid.nothing") : formats.share(othersRate),
    difference: { figure: <VerdictBadge verdict={verdict} />, below: difference === null || verdict === "few" ? null : t("cohorts.products.points", { points: points(difference.value), low: points(difference.low), high: points(difference.high) }) },
    value: year === null ? { figure: t("cohorts.products.noYear"), below: null } : { figure: formats.money(Math.round(year.minorPerCustomer)), below: <Link url={address(...peopleAt(PEOPLE.year(productId, yearTo)))}>{t("cohorts.products.yearOf", { count: year.customers })}</Link> },
  };
}

function WideRow({ product, yearTo, next }: RowProps) {
  const { customers, rate, others, difference, value } = useFigures(product, yearTo);
  return (
    <>
      <IndexTable.Cell><div className="regulars-name"><Name product={product} next={next} /></div></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{customers}</Text></IndexTable.Cell>
      <IndexTable.Cell><Pair {...rate} /></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric>{others}</Text></IndexTable.Cell>
      <IndexTable.Cell><Pair {...difference} /></IndexTable.Cell>
      <IndexTable.Cell><Pair {...value} /></IndexTable.Cell>
    </>
  );
}

function SmallRow({ product, yearTo, next }: RowProps) {
  const { t } = useTranslation();
  const { customers, rate, others, difference, value } = useFigures(product, yearTo);
  const facts = [
    [t("cohorts.products.columns.customers"), customers, null], [t("cohorts.products.columns.rate"), rate.figure, rate.below], [t("cohorts.products.columns.others"), others, null],
    [t("cohorts.products.columns.difference"), difference.below, null], [t("cohorts.products.columns.value"), value.figure, value.below],
  ] as const;
  return (
    <div className="regulars-small-row">
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}><Name product={product} next={next} />{difference.figure}</InlineStack>
        <dl className="regulars-pairs">
          {facts.map(([name, figure, below]) => figure !== null && <div key={name}><dt>{name}</dt><dd><Pair figure={figure} below={below} /></dd></div>)}
        </dl>
      </BlockStack>
    </div>
  );
}
