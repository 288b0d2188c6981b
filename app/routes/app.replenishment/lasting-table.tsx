// Products as a whole, those bought again most often first.
import { BlockStack, InlineStack, Link, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Replenishment } from "../../capabilities/cohorts/rules/replenishment.ts";
import { useAddress } from "../../ui/address.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { Days, Middle } from "./days.tsx";

type LastingTableProps = { rows: readonly Replenishment[]; page: number; hasNext: boolean; addressOf: (productId: string) => string; onPage: (page: number) => void };

export function LastingTable({ rows, page, hasNext, addressOf, onPage }: LastingTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const name = t("cohorts.replenishment.title");
  const columns = (["product", "buyers", "returners", "gaps", "half", "middle", "tenth"] as const).map((column) => t(`cohorts.replenishment.columns.${column}`));
  const people = (row: Replenishment, field: "product_kept" | "product_again", count: number) => (
    <Link url={address(...peopleAt({ field, operator: "any_of", value: [row.productId] }))} accessibilityLabel={t("cohorts.rhythm.seePeople", { name: writeProduct(t, { ...row, title: row.productTitle }), figure: formats.count(count) })}>{formats.count(count)}</Link>
  );
  if (rows.length === 0) return <Text as="p" tone="subdued">{t("cohorts.replenishment.nothing")}</Text>;
  return (
    <BlockStack gap="300">
      <NamedTable name={name} columns={columns} className="regulars-figures regulars-stacked">
        {rows.map((row) => (
          <tr key={row.productId}>
            <th scope="row"><Link url={addressOf(row.productId)}>{writeProduct(t, { ...row, title: row.productTitle })}</Link></th>
            <td data-label={columns[1]}>{people(row, "product_kept", row.buyers)}</td>
            <td data-label={columns[2]}>{row.returners === 0 ? formats.count(0) : people(row, "product_again", row.returners)}</td>
            <td data-label={columns[3]}>{formats.count(row.gaps)}</td>
            <td data-label={columns[4]}><Days days={row.p50} /></td>
            <td data-label={columns[5]}><Middle row={row} /></td>
            <td data-label={columns[6]}><Days days={row.p90} /></td>
          </tr>
        ))}
      </NamedTable>
      {(page > 1 || hasNext) && <InlineStack align="center"><Pagination hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => onPage(page - 1)} onNext={() => onPage(page + 1)} label={t("segments.list.page", { page })} accessibilityLabel={name} /></InlineStack>}
    </BlockStack>
  );
}
