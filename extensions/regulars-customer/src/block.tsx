// The block on Shopify's customer page: how likely this customer is to come back, why, and the way into Regulars.
/** @jsxImportSource preact */
import type { Api } from "@shopify/ui-extensions/admin.customer-details.block.render";
import { render, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readOutlook, type Outlook, type Reading } from "./outlook.ts";

declare const shopify: Api; // an extension's, which Shopify sets before it loads this file; App Bridge's has the same name

export default function drawBlock(): void {
  const customerId = shopify.data.selected[0]?.id.split("/").at(-1) ?? "";
  render(<Block customerId={customerId} />, document.body);
}

const t = (key: string): string => shopify.i18n.translate(key);

// As high as a block with two reasons, so that the page below it stays where it is when the answer comes.
const MIN_HEIGHT = "160px";

function Block({ customerId }: { customerId: string }) {
  const { reading, retry } = useOutlook(customerId);
  return (
    <s-admin-block heading={t("heading")}>
      <s-box minBlockSize={MIN_HEIGHT}>{contentOf(reading, { customerId, retry })}</s-box>
    </s-admin-block>
  );
}

/** `reading` is null while the app is asked. */
function useOutlook(customerId: string): { reading: Reading | null; retry: () => void } {
  const [reading, setReading] = useState<Reading | null>(null);
  const [attempt, setAttempt] = useState(1);
  useEffect(() => {
    let isWanted = true;
    setReading(null);
    // Shopify tells a block no locale; its own words say which language they are in, and the app is asked for the same.
    void readOutlook(customerId, t("locale")).then((next) => { if (isWanted) setReading(next); });
    return () => { isWanted = false; };
  }, [customerId, attempt]);
  return { reading, retry: () => setAttempt(attempt + 1) };
}

function contentOf(reading: Reading | null, { customerId, retry }: { customerId: string; retry: () => void }) {
  if (reading === null) return <s-spinner accessibilityLabel={t("loading")} />;
  switch (reading.state) {
    case "known": return <Facts outlook={reading.outlook} customerId={customerId} />;
    case "unknown": return <s-paragraph color="subdued">{t("unknown")}</s-paragraph>;
    case "unreachable": return (
      <s-stack gap="base" alignItems="start">
        <s-paragraph>{t("unreachable")}</s-paragraph>
        <s-button onClick={retry}>{t("retry")}</s-button>
      </s-stack>
    );
  }
}

function Facts({ outlook, customerId }: { outlook: Outlook; customerId: string }) {
  const { stage, tone, chance90, nextOrderOn, reasons } = outlook;
  return (
    <s-stack gap="base">
      <s-stack direction="inline" gap="base large">
        <Fact label={t("stage")}><s-badge tone={tone}>{stage}</s-badge></Fact>
        <Fact label={t("chance90")}><s-text type="strong">{chance90 ?? t("unsaid")}</s-text></Fact>
        <Fact label={t("nextOrderOn")}><s-text type="strong">{nextOrderOn ?? t("unsaid")}</s-text></Fact>
      </s-stack>
      {reasons.length > 0 && (
        <Fact label={t("reasons")}>
          <s-unordered-list>{reasons.map((reason) => <s-list-item key={reason}>{reason}</s-list-item>)}</s-unordered-list>
        </Fact>
      )}
      <s-link href={`app:app/customers/${customerId}`}>{t("open")}</s-link>
    </s-stack>
  );
}

const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <s-stack gap="small-300" alignItems="start">
    <s-text color="subdued">{label}</s-text>
    {children}
  </s-stack>
);
