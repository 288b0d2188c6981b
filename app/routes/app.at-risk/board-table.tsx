// Customers to see to, those with most at stake first; several can be dealt with at once.
import { useNavigate } from "@remix-run/react";
import { BlockStack, IndexTable, InlineStack, Link, Text, useBreakpoints, useIndexResourceState } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EntryKind } from "../../capabilities/followups/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toBoardParameters, type BoardChoice } from "../../ui/board-query.ts";
import { consentOf } from "../../ui/consent.ts";
import { FollowupModal } from "../../ui/followup-modal.tsx";
import { writeReasons } from "../../ui/reason-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { VipBadge } from "../../ui/vip-badge.tsx";
import type { Day } from "../../values/day.ts";
import type { RowView } from "./board-view.ts";

const COLUMNS = ["customer", "stake", "why", "step", "contact"] as const;
const KINDS = ["contacted", "snoozed", "note"] as const satisfies readonly EntryKind[];

type BoardTableProps = { choice: BoardChoice; rows: RowView[]; hasNext: boolean; today: Day; isLoading: boolean };

export function BoardTable({ choice, rows, hasNext, today, isLoading }: BoardTableProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const { smDown } = useBreakpoints();
  const [kind, setKind] = useState<EntryKind | null>(null);
  const { selectedResources, handleSelectionChange, clearSelection } = useIndexResourceState(rows);
  const chosen = rows.filter(({ id }) => selectedResources.includes(id)).map(({ id }) => id); // who left the board meanwhile is chosen no longer
  const turnTo = (page: number) => navigate(address("/app/at-risk", toBoardParameters({ ...choice, page })));
  const [first, ...others] = COLUMNS.map((column) => ({ title: t(`followups.board.columns.${column}`), ...(column === "stake" && { alignment: "end" as const }) }));
  if (first === undefined) return null;
  return (
    <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
      <IndexTable
        resourceName={{ singular: t("followups.board.customer"), plural: t("followups.board.customers") }}
        itemCount={rows.length}
        selectedItemsCount={chosen.length === rows.length ? "All" : chosen.length}
        onSelectionChange={handleSelectionChange}
        condensed={smDown}
        headings={[first, ...others]}
        promotedBulkActions={KINDS.map((name) => ({ content: t(`followups.actions.${name}`), onAction: () => setKind(name) }))}
        {...((choice.page > 1 || hasNext) && {
          pagination: {
            hasPrevious: choice.page > 1, hasNext, onPrevious: () => turnTo(choice.page - 1), onNext: () => turnTo(choice.page + 1),
            label: t("followups.board.page", { page: choice.page }), accessibilityLabel: t("followups.board.pages"),
          },
        })}
      >
        {rows.map((row, index) => (
          <IndexTable.Row key={row.id} id={row.id} position={index} selected={chosen.includes(row.id)} accessibilityLabel={t("followups.board.select", { name: row.name || t("segments.list.nameless") })}>
            {smDown ? <SmallRow row={row} /> : <WideRow row={row} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
      <FollowupModal kind={kind} customerIds={chosen} today={today} onClose={() => setKind(null)} onDone={clearSelection} />
    </div>
  );
}

function WideRow({ row }: { row: RowView }) {
  const formats = useFormats();
  return (
    <>
      <IndexTable.Cell><Who row={row} /></IndexTable.Cell>
      <IndexTable.Cell><Text as="span" alignment="end" numeric fontWeight="semibold">{formats.money(row.stakeMinor)}</Text></IndexTable.Cell>
      <IndexTable.Cell><div className="regulars-why"><Why row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><div className="regulars-why"><Step row={row} /></div></IndexTable.Cell>
      <IndexTable.Cell><Contact row={row} /></IndexTable.Cell>
    </>
  );
}

function SmallRow({ row }: { row: RowView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className="regulars-small-row">
      <BlockStack gap="200">
        <Who row={row} />
        <Text as="span" fontWeight="semibold" numeric>{t("segments.list.small.stake", { money: formats.money(row.stakeMinor) })}</Text>
        <Why row={row} />
        <Step row={row} />
        <InlineStack gap="100"><Text as="span" tone="subdued">{t("followups.board.columns.contact")}</Text><Contact row={row} /></InlineStack>
      </BlockStack>
    </div>
  );
}

function Who({ row: { id, name, email, stage, isVip } }: { row: RowView }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <div className="regulars-name">
      <BlockStack gap="100">
        <Link url={address(`/app/customers/${id}`)} monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("segments.list.nameless")}</Text></Link>
        {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
        <InlineStack gap="100"><StageBadge stage={stage} />{isVip && <VipBadge />}</InlineStack>
      </BlockStack>
    </div>
  );
}

function Why({ row: { reasons } }: { row: RowView }) {
  const { t } = useTranslation();
  return <Text as="span">{writeReasons(t, reasons)}</Text>;
}

/** What to do, and by which road and in which language it reaches them. */
function Step({ row: { step, emailConsent, language, preferredChannel } }: { row: RowView }) {
  const { t, i18n } = useTranslation();
  const consent = t(`followups.consent.${consentOf(emailConsent)}`);
  const spoken = language === null ? undefined : nameOfLanguage(language, i18n.language);
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="medium">{t(`followups.steps.${step}`)}</Text>
      <Text as="span" tone="subdued" variant="bodySm">{spoken === undefined ? consent : t("followups.board.reach", { consent, language: spoken })}</Text>
      {preferredChannel !== null && <Text as="span" tone="subdued" variant="bodySm">{t("followups.board.prefers", { channel: t(`profiles.channels.${preferredChannel}`) })}</Text>}
    </BlockStack>
  );
}

/** undefined: Shopify keeps what the customer's browser said, which may be no language at all. */
function nameOfLanguage(tag: string, reader: string): string | undefined {
  try {
    return new Intl.DisplayNames(reader, { type: "language", fallback: "none" }).of(tag);
  } catch {
    return undefined;
  }
}

function Contact({ row: { lastContact, snoozedUntil } }: { row: RowView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <BlockStack gap="050">
      <Text as="span">{lastContact === null ? t("followups.board.never") : formats.instant(lastContact.at)}</Text>
      {lastContact?.channel != null && <Text as="span" tone="subdued" variant="bodySm">{t(`profiles.channels.${lastContact.channel}`)}</Text>}
      {lastContact !== null && lastContact.note !== "" && <div className="regulars-why"><Text as="span" tone="subdued" variant="bodySm">{lastContact.note}</Text></div>}
      {snoozedUntil !== null && <Text as="span" tone="subdued" variant="bodySm">{t("followups.board.until", { day: formats.day(snoozedUntil) })}</Text>}
    </BlockStack>
  );
}
