// Twenty-five cells: the more recent the higher, the more often and the more spent the further right. Each leads to its customers.
import { Link } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { MapCell } from "./rfm-view.ts";
import "./rfm.css";

const RULES = ["r", "f", "m", "fm", "fifths", "groups"] as const;

export function RfmMap({ map }: { map: readonly MapCell[][] }) {
  const { t } = useTranslation();
  const total = map.flat().reduce((sum, { customers }) => sum + customers, 0);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("profiles.rfm.mapTitle")}</Text>
          <HowPopover title={t("profiles.rfm.title")} rules={RULES.map((rule) => t(`profiles.rfm.how.${rule}`))} />
        </InlineStack>
        <Text as="p" tone="subdued">{t("profiles.rfm.mapBody")}</Text>
        <table className="rfm-map">
          <caption className="regulars-hidden">{t("profiles.rfm.caption")}</caption>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={5}>{t("profiles.rfm.columns")}</th>
            </tr>
            <tr>
              <th scope="col" className="rfm-corner">{t("profiles.rfm.rows")}</th>
              {map[0]?.map(({ fm }) => <th key={fm} scope="col">{fm}</th>)}
            </tr>
          </thead>
          <tbody>
            {map.map((row) => (
              <tr key={row[0]?.r}>
                <th scope="row">{row[0]?.r}</th>
                {row.map((cell) => <Cell key={cell.fm} cell={cell} total={total} />)}
              </tr>
            ))}
          </tbody>
        </table>
      </BlockStack>
    </Card>
  );
}

function Cell({ cell: { r, fm, group, customers }, total }: { cell: MapCell; total: number }) {
  const { t } = useTranslation();
  const address = useAddress();
  const formats = useFormats();
  const name = t(`profiles.rfmGroups.${group}`);
  const inside = (
    <>
      <span className="rfm-count">{formats.count(customers)}</span>
      <span className="rfm-share">{total === 0 ? "–" : formats.share(customers / total)}</span>
      <span className="rfm-name">{name}</span>
    </>
  );
  return (
    <td className={`rfm-${group.toLowerCase().replaceAll("_", "-")}`}>
      {customers === 0 ? <span className="rfm-cell">{inside}</span> : <Link className="rfm-cell" to={address("/app/customers", { r: String(r), fm: String(fm) })}>{inside}</Link>}
    </td>
  );
}
