// One product's variants, each by itself and all together in the smallest, and how an order of two stretches the time to the next.
import { BlockStack, Card, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Replenishment, Stretch } from "../../capabilities/cohorts/rules/replenishment.ts";
import { useAddress } from "../../ui/address.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { writeDays, writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { Days, Middle } from "./days.tsx";

const ONLY = "Default Title"; // what Shopify calls the only variant of a product

/** `rows`: the product first, where its variants are still known. */
export function VariantsCard({ rows }: { rows: readonly Replenishment[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const variants = rows.filter(({ variantId }) => variantId !== null);
  const [first] = rows;
  if (first === undefined) return null;
  const shown = variants.length > 1 ? rows : variants;
  const smallest = variants.find(({ pack }) => pack === 1)?.variantTitle ?? null;
  const nameOf = ({ variantId, variantTitle }: Replenishment): string =>
    variantId === null ? (smallest === null ? t("cohorts.replenishment.whole") : t("cohorts.replenishment.wholeIn", { smallest })) : variantTitle === ONLY ? writeProduct(t, { ...first, title: first.productTitle }) : (variantTitle ?? t("cohorts.replenishment.gone", { id: variantId }));
  const title = t("cohorts.replenishment.of", { title: writeProduct(t, { ...first, title: first.productTitle }) });
  const columns = (["variant", "pack", "returners", "half", "tenth", "one", "two"] as const).map((column) => t(`cohorts.replenishment.columns.${column}`));
  return (
    <div id="variants">
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">{title}</Text>
          <Sentence rows={shown} nameOf={nameOf} />
          <NamedTable name={title} columns={columns} className="regulars-figures regulars-stacked">
            {shown.map((row) => (
              <tr key={row.variantId}>
                <th scope="row">{nameOf(row)}</th>
                <td data-label={columns[1]}>{t("cohorts.flow.times", { times: Number.isInteger(row.pack) ? formats.count(row.pack) : formats.decimal(row.pack) })}</td>
                <td data-label={columns[2]}><Pair figure={t("cohorts.replenishment.returners", { returners: formats.count(row.returners), buyers: formats.count(row.buyers) })} below={t("cohorts.replenishment.gaps", { count: row.gaps })} /></td>
                <td data-label={columns[3]}><Pair figure={<Days days={row.p50} />} below={row.p25 !== null && <Middle row={row} />} /></td>
                <td data-label={columns[4]}><Days days={row.p90} /></td>
                <td data-label={columns[5]}><After stretch={row.afterOne} /></td>
                <td data-label={columns[6]}><After stretch={row.afterTwo} /></td>
              </tr>
            ))}
          </NamedTable>
          <Text as="p"><Link url={address(...peopleAt({ field: "product", operator: "any_of", value: [first.productId] }))}>{t("cohorts.replenishment.people")}</Link></Text>
        </BlockStack>
      </Card>
    </div>
  );
}

/** Of the most bought again that says enough: how long one lasts, and whether two last longer. */
function Sentence({ rows, nameOf }: { rows: readonly Replenishment[]; nameOf: (row: Replenishment) => string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const row = rows.find(({ afterOne, afterTwo }) => afterOne.days !== null && afterTwo.days !== null);
  if (row === undefined || row.afterOne.days === null || row.afterTwo.days === null) return null;
  return <Text as="p">{t("cohorts.replenishment.stretch", { name: nameOf(row), one: writeDays(t, formats, row.afterOne.days), two: writeDays(t, formats, row.afterTwo.days) })}</Text>;
}

const Pair = ({ figure, below }: { figure: ReactNode; below: ReactNode }) => <span>{figure}<br /><Text as="span" tone="subdued" variant="bodySm">{below}</Text></span>;

function After({ stretch: { gaps, days } }: { stretch: Stretch }) {
  const { t } = useTranslation();
  return days === null ? <Days days={days} /> : <Pair figure={<Days days={days} />} below={t("cohorts.replenishment.gaps", { count: gaps })} />;
}
