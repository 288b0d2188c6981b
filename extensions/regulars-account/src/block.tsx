// A shopper's points in their account, on an order's page and after a purchase: balance, tier, what ends next, and what the order earned.
/** @jsxImportSource preact */
import type { Api as OrderStatusApi } from "@shopify/ui-extensions/customer-account.order-status.block.render";
import type { Api as ProfileApi } from "@shopify/ui-extensions/customer-account.profile.block.render";
import type { Api as ThankYouApi } from "@shopify/ui-extensions/purchase.thank-you.block.render";
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { readPoints, type Account, type Earning, type OrderPoints, type Page, type Points } from "./points.ts";

declare const shopify: ProfileApi | OrderStatusApi | ThankYouApi; // which of them, the page says

export default function drawBlock(): void {
  render(<Block />, document.body);
}

const t = (key: string, values: Record<string, string> = {}): string => shopify.i18n.translate(key, values);
const count = (points: number): string => shopify.i18n.formatNumber(points);
const day = (on: string): string => shopify.i18n.formatDate(new Date(`${on}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" });

/** Nothing, until there is something to say: whoever has no programme should not see it flicker. */
function Block() {
  const points = usePoints();
  if (points === null) return null;
  const { pointName, account, order, earning } = points;
  if (account === null) return earning && <Guest heading={pointName ?? t("guestHeading")} earning={earning} />;
  return (
    <s-section heading={pointName ?? t("heading")}>
      <s-stack gap="small-200">
        {order && <Order order={order} />}
        <Standing account={account} />
      </s-stack>
    </s-section>
  );
}

const RETRIES_MAX = 4;
const RETRY_MS = 3_000; // the news of an order that was just placed takes some seconds to reach the app, and to be counted

function usePoints(): Points | null {
  const [points, setPoints] = useState<Points | null>(null);
  const [page, setPage] = useState(pageNow);
  useEffect(() => ("order" in shopify ? shopify.order.subscribe(() => setPage(pageNow())) : undefined), []); // it may be told after the page is there
  const { orderId } = page;
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (retries: number): Promise<void> => {
      const read = await readPoints(pageNow(), { locale: t("locale"), token: () => shopify.sessionToken.get() });
      if (!isWanted) return;
      setPoints(read);
      if (read?.account && read.order === null && orderId !== null && retries > 0) timer = setTimeout(() => void ask(retries - 1), RETRY_MS);
    };
    void ask(RETRIES_MAX);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [orderId]);
  return points;
}

function pageNow(): Page {
  if ("orderConfirmation" in shopify) return { orderId: shopify.orderConfirmation.value.order.id, total: shopify.cost.subtotalAmount.value };
  return { orderId: "order" in shopify ? (shopify.order.value?.id ?? null) : null, total: null };
}

function Order({ order: { points, pending, availableOn } }: { order: OrderPoints }) {
  return (
    <>
      <Line label={t("earned")} value={count(points)} />
      {pending > 0 && availableOn !== null && <Line label={t("pending", { day: day(availableOn) })} value={count(pending)} />}
    </>
  );
}

function Standing({ account: { balance, owed, waiting, tier, spendableUntil, expiring } }: { account: Account }) {
  return (
    <>
      <Line label={t("balance")} value={count(balance)} />
      {owed > 0 && <Line label={t("owed")} value={count(owed)} />}
      {waiting > 0 && <Line label={t("waiting")} value={count(waiting)} />}
      {tier !== null && <Line label={t("tier")} value={tier} />}
      {spendableUntil !== null && expiring > 0 && <Line label={t("expiring", { day: day(spendableUntil) })} value={count(expiring)} />}
    </>
  );
}

/** Of nobody nothing is known but the rule. */
function Guest({ heading, earning: { points, perAmount, currency, forTotal } }: { heading: string; earning: Earning }) {
  return (
    <s-section heading={heading}>
      <s-stack gap="small-200">
        {forTotal === null
          ? <Line label={t("rate", { amount: shopify.i18n.formatCurrency(perAmount, { currency }) })} value={count(points)} />
          : <Line label={t("forTotal")} value={count(forTotal)} />}
        <s-text color="subdued">{t("join")}</s-text>
      </s-stack>
    </s-section>
  );
}

const Line = ({ label, value }: { label: string; value: string }) => (
  <s-stack direction="inline" gap="small-200" justifyContent="space-between">
    <s-text color="subdued">{label}</s-text>
    <s-text type="strong">{value}</s-text>
  </s-stack>
);
