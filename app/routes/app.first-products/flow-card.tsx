// From one first product to the second order: how many came again, and what they bought then, beside what usually follows.
import { BlockStack, Card, InlineGrid, InlineStack, Link, Select, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NEXT_MIN, type FirstProduct, type NextProduct } from "../../capabilities/cohorts/rules/first-products.ts";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { VerdictBadge, writeProduct } from "../../ui/product-words.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import "./first-products.css";
import { PEOPLE } from "./view.ts";

const RULES = ["second", "usual", "lift", "interval", "few"] as const;
const SHOWN_MAX = 12; // more is no picture; the file has all

type FlowCardProps = {
  product: FirstProduct;
  /** null: nobody came again */
  flow: { again: number; next: NextProduct[] } | null;
  choices: readonly Pick<FirstProduct, "productId" | "title">[];
  onChoose: (productId: string) => void;
};

export function FlowCard({ product, flow, choices, onChoose }: FlowCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const known = choices.some(({ productId }) => productId === product.productId) ? choices : [product, ...choices];
  const title = t("cohorts.flow.title", { title: writeProduct(t, product) });
  const next = flow?.next ?? [];
  return (
    <div id="next">
      <Card>
        <BlockStack gap="400">
          <InlineStack align="space-between" blockAlign="center" gap="300">
            <Text as="h2" variant="headingMd">{title}</Text>
            <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.flow.how.${rule}`, { least: formats.count(NEXT_MIN) }))} />
          </InlineStack>
          <InlineGrid columns={{ xs: 1, md: 3 }}>
            <Select label={t("cohorts.kinds.product")} options={known.map((choice) => ({ value: choice.productId, label: writeProduct(t, choice) }))} value={product.productId} onChange={onChoose} />
          </InlineGrid>
          <Split product={product} />
          {next.length === 0 ? <Text as="p" tone="subdued">{t("cohorts.flow.nothing")}</Text> : <NextTable product={product} next={next.slice(0, SHOWN_MAX)} />}
          {next.length > SHOWN_MAX && <Text as="p" tone="subdued">{t("cohorts.flow.more", { count: next.length - SHOWN_MAX })}</Text>}
        </BlockStack>
      </Card>
    </div>
  );
}

/** Of all who began with it: who came again, and who did not. */
function Split({ product: { productId, customers, repeaters } }: { product: FirstProduct }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const parts = [
    { name: t("cohorts.flow.again"), count: repeaters, rule: PEOPLE.repeaters(productId), isMuted: false },
    { name: t("cohorts.flow.notAgain"), count: customers - repeaters, rule: PEOPLE.once(productId), isMuted: true },
  ];
  return (
    <ul className="regulars-flow">
      {parts.map(({ name, count, rule, isMuted }) => (
        <li key={name}>
          <InlineStack align="space-between" gap="200">
            <Text as="span">{name}</Text>
            <Link url={address(...peopleAt(rule))}>{t("cohorts.flow.part", { part: formats.count(count), whole: formats.count(customers), share: formats.share(customers === 0 ? 0 : count / customers) })}</Link>
          </InlineStack>
          <Bar share={customers === 0 ? 0 : count / customers} isMuted={isMuted} />
        </li>
      ))}
    </ul>
  );
}

/** The figure is written beside it. */
const Bar = ({ share, isMuted = false }: { share: number; isMuted?: boolean }) => (
  <span aria-hidden="true" className={`regulars-flow-bar ${isMuted ? "regulars-flow-muted" : ""}`}><span style={{ inlineSize: `${Math.min(1, share) * 100}%` }} /></span>
);

function NextTable({ product, next }: { product: FirstProduct; next: readonly NextProduct[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const name = t("cohorts.flow.then", { count: product.repeaters });
  const columns = [t("cohorts.flow.columns.next"), t("cohorts.flow.columns.customers"), t("cohorts.flow.columns.share"), t("cohorts.flow.columns.usual"), t("cohorts.flow.columns.lift"), t("cohorts.compare.verdict")];
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{name}</Text>
      <NamedTable name={name} columns={columns} className="regulars-figures regulars-stacked">
        {next.map((each) => (
          <tr key={each.productId}>
            <th scope="row" className="regulars-flow-name">
              {each.productId === product.productId ? t("cohorts.flow.same", { title: writeProduct(t, each) }) : writeProduct(t, each)}
              <Bar share={each.share} />
            </th>
            <td data-label={columns[1]}><Link url={address(...peopleAt(PEOPLE.next(product.productId, each.productId)))}>{formats.count(each.customers)}</Link></td>
            <td data-label={columns[2]}>{formats.share(each.share)}</td>
            <td data-label={columns[3]}>{formats.share(each.usualShare)}</td>
            <td data-label={columns[4]}><Lift next={each} /></td>
            <td data-label={columns[5]}><VerdictBadge verdict={each.verdict} /></td>
          </tr>
        ))}
      </NamedTable>
    </BlockStack>
  );
}

/** Of too few nothing is shown: a large number of two people looks like a discovery. */
function Lift({ next: { lift, range, verdict } }: { next: NextProduct }): ReactNode {
  const { t } = useTranslation();
  const formats = useFormats();
  if (verdict === "few") return "–";
  const times = (value: number): string => t("cohorts.flow.times", { times: formats.decimal(value) });
  if (range === null) return times(lift);
  return <span>{times(lift)}<br /><Text as="span" tone="subdued" variant="bodySm">{t("cohorts.compare.range", { low: formats.decimal(range.low), high: formats.decimal(range.high) })}</Text></span>;
}
