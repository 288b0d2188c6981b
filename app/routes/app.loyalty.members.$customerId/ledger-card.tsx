// The ledger, newest first, a page at a time; each line opens to its reason.
import { useNavigate } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Pagination, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { writeBalance, writeMove, type TierName } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { AccountView } from "./account-view.ts";
import { EntryReason } from "./entry-reason.tsx";
import { writeLine, type LedgerLine, type LedgerVoice } from "./ledger-words.ts";

type LedgerCardProps = { memberId: string; account: AccountView; tiers: readonly TierName[]; isOlder: boolean };

export function LedgerCard({ memberId, account: { entries, next, redemptions }, tiers, isOlder }: LedgerCardProps) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const navigate = useNavigate();
  const address = useAddress();
  const voice: LedgerVoice = { t, formats, language: i18n.language, tiers, redemptions };
  const show = (before: string | null) => navigate(address(`/app/loyalty/members/${memberId}`, before === null ? {} : { before }), { preventScrollReset: true });
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("loyalty.ledger.title")}</Text>
          <HowPopover title={t("loyalty.ledger.title")} rules={[t("loyalty.ledger.rules.added"), t("loyalty.ledger.rules.version"), t("loyalty.ledger.rules.refund"), t("loyalty.ledger.rules.debt")]} />
        </InlineStack>
        {entries.length === 0 && <Text as="p" tone="subdued">{t("loyalty.ledger.none")}</Text>}
        <ol className="ledger-lines">{entries.map((entry) => <li key={entry.id}><Line entry={entry} voice={voice} /></li>)}</ol>
        {(isOlder || next !== null) && (
          <InlineStack align="center">
            <Pagination accessibilityLabel={t("loyalty.ledger.pages")} previousTooltip={t("loyalty.ledger.newest")} nextTooltip={t("loyalty.ledger.older")} hasPrevious={isOlder} hasNext={next !== null} onPrevious={() => show(null)} onNext={() => show(next)} />
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  );
}

function Line({ entry, voice }: { entry: LedgerLine; voice: LedgerVoice }) {
  const { t, formats } = voice;
  return (
    <details className="ledger-line">
      <summary>
        <span className="ledger-what">
          <span>{writeLine(entry, voice)}</span>
          <Text as="span" tone="subdued" variant="bodySm">{formats.day(entry.on)}</Text>
        </span>
        <span className="ledger-points">
          <Text as="span" fontWeight="semibold" numeric {...(entry.points < 0 ? {} : { tone: "success" as const })}>{writeMove(entry.points, { formats })}</Text>
          <Text as="span" tone="subdued" variant="bodySm" numeric>{writeBalance(entry.balanceAfter, { t, formats })}</Text>
        </span>
      </summary>
      <EntryReason entry={entry} voice={voice} />
    </details>
  );
}
