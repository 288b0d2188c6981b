// What a row of the board says of one customer, in a table or on a card.
import { BlockStack, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { consentOf } from "../../ui/consent.ts";
import { writeReasons } from "../../ui/reason-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { VipBadge } from "../../ui/vip-badge.tsx";
import type { RowView } from "./board-view.ts";

export function Who({ row: { id, name, email, stage, isVip } }: { row: RowView }) {
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

export function Why({ row: { reasons } }: { row: RowView }) {
  const { t } = useTranslation();
  return <Text as="span">{writeReasons(t, reasons)}</Text>;
}

/** What to do, and by which road and in which language it reaches them. */
export function Step({ row: { step, emailConsent, language, preferredChannel } }: { row: RowView }) {
  const { t, i18n } = useTranslation();
  const consent = t(`followups.consent.${consentOf(emailConsent)}`);
  const spoken = language === null ? undefined : nameOfLanguage(language, i18n.language);
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="medium">{t(`followups.steps.${step}`)}</Text>
      {(step === "in_person" || step === "ask_consent") && <Text as="span" tone="subdued" variant="bodySm">{t(`followups.because.${step}`)}</Text>}
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

export function Contact({ row: { lastContact, snoozedUntil } }: { row: RowView }) {
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
