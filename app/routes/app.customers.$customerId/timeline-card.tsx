// What happened with the customer, newest first, a little at a time.
import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { writeReasons } from "../../ui/reason-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { TimelineItem } from "./timeline.ts";

const SHOWN_AT_ONCE = 15;

export function TimelineCard({ items }: { items: TimelineItem[] }) {
  const { t } = useTranslation();
  const [shownCount, setShownCount] = useState(SHOWN_AT_ONCE);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("profiles.customer.timeline.title")}</Text>
        {items.length === 0 && <Text as="p" tone="subdued">{t("profiles.customer.timeline.none")}</Text>}
        <ol className="regulars-timeline">{items.slice(0, shownCount).map((item) => <Item key={item.id} item={item} />)}</ol>
        {items.length > shownCount && <InlineStack><Button onClick={() => setShownCount(shownCount + SHOWN_AT_ONCE)}>{t("profiles.customer.timeline.more")}</Button></InlineStack>}
      </BlockStack>
    </Card>
  );
}

function Item({ item }: { item: TimelineItem }) {
  const formats = useFormats();
  return (
    <li className={`regulars-timeline-${item.kind}`}>
      <BlockStack gap="050">
        <Text as="span" tone="subdued" variant="bodySm">{formats.instant(item.at)}</Text>
        <What item={item} />
      </BlockStack>
    </li>
  );
}

function What({ item }: { item: TimelineItem }) {
  const { t } = useTranslation();
  const formats = useFormats();
  switch (item.kind) {
    case "order": {
      const others = item.otherLines > 0 ? [t("profiles.customer.timeline.others", { count: item.otherLines })] : [];
      return (
        <>
          <InlineStack gap="200">
            <Link url={`shopify://admin/orders/${item.orderId}`} target="_top">{t("profiles.customer.timeline.order", { name: item.name })}</Link>
            <Text as="span" numeric>{formats.money(item.totalMinor)}</Text>
            {item.standing !== "counted" && <Text as="span" tone="subdued">{t(`profiles.customer.timeline.${item.standing}`)}</Text>}
          </InlineStack>
          {item.titles.length > 0 && <Text as="span" tone="subdued">{[...item.titles, ...others].join(t("profiles.customer.timeline.comma"))}</Text>}
        </>
      );
    }
    case "refund":
      return <Text as="span">{t("profiles.customer.timeline.refund", { name: item.name, money: formats.money(item.amountMinor) })}</Text>;
    case "entered":
    case "left": {
      const { readyKey, name } = item.segment;
      return (
        <>
          <Text as="span">{t(`profiles.customer.timeline.${item.kind}`, { name: readyKey === null ? name : t(`segments.ready.${readyKey}.name`) })}</Text>
          {item.reasons.length > 0 && <Text as="span" tone="subdued">{writeReasons(t, item.reasons)}</Text>}
        </>
      );
    }
    case "contacted":
      return <Noted words={item.channel === null ? t("profiles.customer.timeline.contacted") : t("profiles.customer.timeline.contactedBy", { channel: t(`profiles.channels.${item.channel}`) })} note={item.note} />;
    case "snoozed":
      return <Noted words={t("profiles.customer.timeline.snoozed", { day: item.until === null ? "–" : formats.day(item.until) })} note={item.note} />;
    case "note":
      return <Noted words={t("profiles.customer.timeline.note")} note={item.note} />;
  }
}

function Noted({ words, note }: { words: string; note: string }) {
  return (
    <>
      <Text as="span">{words}</Text>
      {note !== "" && <span className="regulars-note">{note}</span>}
    </>
  );
}
