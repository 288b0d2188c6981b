// Why a line has the points it has: enough to work them out again by hand.
import { BlockStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { sumParts } from "../../capabilities/loyalty/model/ledger.ts";
import { Facts } from "../../ui/facts.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { nameTier, writeMove } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { LedgerLine, LedgerVoice } from "./ledger-words.ts";

const PERCENT_USUAL = 100;

export function EntryReason({ entry, voice }: { entry: LedgerLine; voice: LedgerVoice }) {
  const { t } = voice;
  return (
    <div className="ledger-reason">
      <BlockStack gap="300">
        {entry.sequence > 1 && <Text as="p">{t("loyalty.ledger.why.correction")}{entry.lines.length > 0 && <> {t("loyalty.ledger.why.inAll")}</>}</Text>}
        {isExplained(entry.kind) && <Text as="p">{t(`loyalty.ledger.why.${entry.kind}`, { count: entry.detail.monthCount ?? 0 })}</Text>}
        <Facts facts={factsOf(entry, voice)} />
        {entry.lines.length > 0 && <Lines entry={entry} voice={voice} />}
        {entry.note !== null && entry.note !== "" && <span className="regulars-note">{entry.note}</span>}
      </BlockStack>
    </div>
  );
}

const isExplained = (kind: LedgerLine["kind"]): kind is "take_back" | "expire" | "forgive" | "give_back" => ["take_back", "expire", "forgive", "give_back"].includes(kind);

function factsOf({ order, grantOrder, detail, windows, writtenAt }: LedgerLine, { t, formats, language, tiers }: LedgerVoice): (readonly [string, ReactNode])[] {
  const named = order ?? grantOrder;
  const tier = detail.orderId === undefined ? null : nameTier(detail.tierId ?? null, tiers, language);
  return [
    ...(named === null ? [] : [[t("loyalty.ledger.facts.order"), <Link key="order" url={`shopify://admin/orders/${named.id}`} target="_top">{t("loyalty.ledger.openOrder", { name: named.name })}</Link>] as const]),
    ...(detail.version === undefined ? [] : [[t("loyalty.ledger.facts.rules"), t("loyalty.ledger.version", { version: formats.count(detail.version) })] as const]),
    ...(detail.percent === undefined || detail.percent === PERCENT_USUAL ? [] : [[t("loyalty.ledger.facts.multiplier"), formats.shareShort(detail.percent / PERCENT_USUAL)] as const]),
    ...(tier === null ? [] : [[t("loyalty.ledger.facts.tier"), tier] as const]),
    ...(windows.length === 0 ? [] : [[t("loyalty.ledger.facts.windows"), new Intl.ListFormat(language).format(windows)] as const]),
    [t("loyalty.ledger.facts.written"), formats.instant(writtenAt)] as const,
  ];
}

const COLUMNS = ["product", "counted", "rate", "points"] as const;

function Lines({ entry: { lines, detail }, voice: { t } }: { entry: LedgerLine; voice: LedgerVoice }) {
  const formats = useFormats();
  const columns = COLUMNS.map((column) => t(`loyalty.ledger.lines.${column}`));
  const [, counted = "", rate = "", points = ""] = columns;
  const { shippingMinor = 0, shippingPoints = 0, addedPoints = 0, withheldPoints = 0 } = detail;
  const parts = [
    { name: t("loyalty.ledger.lines.shipping"), minor: shippingMinor, points: shippingPoints },
    { name: t("loyalty.ledger.lines.added"), minor: 0, points: addedPoints }, { name: t("loyalty.ledger.lines.withheld"), minor: 0, points: -withheldPoints },
  ].filter((part) => part.points !== 0 || part.minor > 0);
  return (
    <BlockStack gap="200">
      <NamedTable name={t("loyalty.ledger.lines.caption")} className="regulars-figures regulars-stacked" columns={columns}>
        {lines.map((line, at) => (
          <tr key={at}>
            <th scope="row">{line.title || t("loyalty.ledger.lines.unnamed")}</th>
            <td data-label={counted}>{formats.money(line.minor)}</td>
            <td data-label={rate}>{formats.shareShort(line.percent / PERCENT_USUAL)}</td>
            <td data-label={points}>{formats.count(line.points)}</td>
          </tr>
        ))}
        {parts.map((part) => (
          <tr key={part.name}>
            <th scope="row">{part.name}</th>
            <td data-label={counted}>{part.minor === 0 ? "–" : formats.money(part.minor)}</td>
            <td data-label={rate}>–</td>
            <td data-label={points}>{part.points < 0 ? writeMove(part.points, { formats }) : formats.count(part.points)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{t("loyalty.ledger.lines.sum")}</th><td data-label={counted}>–</td><td data-label={rate}>–</td>
          <td data-label={points}><Text as="span" fontWeight="semibold">{formats.count(sumParts(detail))}</Text></td>
        </tr>
      </NamedTable>
      <Text as="p" tone="subdued" variant="bodySm">{t("loyalty.ledger.lines.note")}</Text>
    </BlockStack>
  );
}
