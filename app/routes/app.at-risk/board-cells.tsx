// What a row of the board says of one customer, in a table or on a card.
import { Badge, BlockStack, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { consentOf } from "../../ui/consent.ts";
import { writeReasons } from "../../ui/reason-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { writeTask } from "../../ui/task-words.ts";
import { VipBadge } from "../../ui/vip-badge.tsx";
import type { RowView } from "./board-view.ts";

export function Who({ row: { id, name, email, stage, isVip, tasks } }: { row: RowView }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <div className="regulars-name">
      <BlockStack gap="100">
        <Link url={address(`/app/customers/${id}`)} monochrome removeUnderline><Text as="span" fontWeight="semibold">{name || t("segments.list.nameless")}</Text></Link>
        {email !== null && email !== name && <Text as="span" tone="subdued" variant="bodySm">{email}</Text>}
        <InlineStack gap="100">
          {tasks.some(({ isOpen }) => isOpen) && <Badge tone="attention">{t("followups.task.badge")}</Badge>}
          {stage !== null && <StageBadge stage={stage} />}
          {isVip && stage !== "vip" && <VipBadge />}
        </InlineStack>
      </BlockStack>
    </div>
  );
}

/** What they said comes before what their orders say. */
export function Why({ row: { tasks, reasons } }: { row: RowView }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="200">
      {tasks.map((task) => <Said key={task.id} task={task} />)}
      {reasons.length > 0 && <Text as="span" {...(tasks.length > 0 && { tone: "subdued" as const })}>{writeReasons(t, reasons)}</Text>}
    </BlockStack>
  );
}

function Said({ task: { openedAt, reason } }: { task: RowView["tasks"][number] }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="medium">{writeTask(t, reason, i18n.language)}</Text>
      {reason.text !== "" && <span className="regulars-said">{reason.text}</span>}
      <Text as="span" tone="subdued" variant="bodySm">{formats.instant(openedAt)}</Text>
    </BlockStack>
  );
}

/** What to do, and by which road and in which language it reaches them. */
export function Step({ row: { step, tasks, emailConsent, language, preferredChannel } }: { row: RowView }) {
  const { t, i18n } = useTranslation();
  const consent = t(`followups.consent.${consentOf(emailConsent)}`);
  const isReply = step === "make_good" && tasks.some(({ isOpen }) => isOpen);
  const spoken = language === null ? undefined : nameOfLanguage(language, i18n.language);
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="medium">{isReply ? t("followups.task.step") : t(`followups.steps.${step}`)}</Text>
      {(step === "in_person" || step === "ask_consent") && <Text as="span" tone="subdued" variant="bodySm">{t(`followups.because.${step}`)}</Text>}
      {isReply && emailConsent !== "SUBSCRIBED" && <Text as="span" tone="subdued" variant="bodySm">{t("followups.task.because")}</Text>}
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
