// One member: what they have, what they owe, their tier, and the ledger, each line of which opens to its reason.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { tellLoyalty } from "../../capabilities/loyalty/jobs.server.ts";
import { adjust, findAccount, findProgramme, noteDelivered } from "../../capabilities/loyalty/loyalty.server.ts";
import { findCustomer } from "../../capabilities/orders/orders.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useAddress } from "../../ui/address.ts";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parseId, type CustomerId } from "../../values/ids.ts";
import { personName } from "../../values/person-name.ts";
import "../../ui/customers.css";
import "./account.css";
import { toAccountView } from "./account-view.ts";
import { AdjustModal } from "./adjust-modal.tsx";
import { BalanceCard } from "./balance-card.tsx";
import { LedgerCard } from "./ledger-card.tsx";
import { LotsCard } from "./lots-card.tsx";
import { parseMemberWish, type MemberAnswer } from "./member-wish.ts";
import { RedemptionsCard } from "./redemptions-card.tsx";
import { TierCard } from "./tier-card.tsx";

export const handle: PageHandle = { titleKey: "loyalty.members.account" };

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const id = idIn(params["customerId"]);
  const before = new URL(request.url).searchParams.get("before");
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [customer, programme, book] = await Promise.all([findCustomer(shop.id, id), findProgramme(shop.id), findAccount(shop.id, id, { before: before === null ? null : idIn(before) })]);
  if (customer === null || book === null) throw new Response(null, { status: 404 });
  const { firstName, lastName, email, locale } = customer;
  return {
    id: String(id), name: personName({ firstName, lastName }, locale) ?? email, email, account: toAccountView(book), tiers: programme?.versions.at(-1)?.programme.tiers ?? null, isLive: programme?.state === "live", isOlder: before !== null, stamp,
  };
}

export async function action({ request, params }: ActionFunctionArgs): Promise<MemberAnswer> {
  const { shop } = await merchantFrom(request);
  const customerId = idIn(params["customerId"]);
  const answer = parseMemberWish(await request.formData());
  if (!answer.ok) return answer;
  const { wish } = answer;
  if (wish.intent === "handOver") await noteDelivered(shop.id, wish.redemptionId);
  else if (!(await adjust(shop.id, wish.id, { customerId, points: wish.points, note: wish.note })).ok) return { ok: false, field: "programme" };
  await enqueue(tellLoyalty, { shopId: shop.id });
  return { ok: true };
}

const LARGEST_ID = 2n ** 63n - 1n; // PostgreSQL's

function idIn(text = ""): CustomerId {
  if (!/^\d{1,19}$/.test(text) || BigInt(text) > LARGEST_ID) throw new Response(null, { status: 404 });
  return parseId<CustomerId>(text);
}

export default function MemberPage() {
  const { id, name, email, account, tiers, isLive, isOlder, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const [isAdjusting, setAdjusting] = useState(false);
  useFreshFigures(stamp);
  const levels = tiers?.levels ?? [];
  return (
    <Page
      title={name ?? t("profiles.customer.nameless")}
      {...(email !== null && email !== name && { subtitle: email })}
      backAction={{ content: t("loyalty.members.title"), url: address("/app/loyalty/members") }}
      primaryAction={{ content: t("loyalty.members.adjust.title"), disabled: !isLive, onAction: () => setAdjusting(true) }}
      secondaryActions={[
        { content: t("loyalty.members.customerPage"), url: address(`/app/customers/${id}`) },
        { content: t("profiles.customer.openInShopify"), url: `shopify://admin/customers/${id}`, target: "_top" },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <BalanceCard account={account} />
            <LedgerCard memberId={id} account={account} tiers={levels} isOlder={isOlder} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {tiers !== null && <TierCard account={account} tiers={tiers} />}
            <RedemptionsCard memberId={id} redemptions={account.redemptions} />
            <LotsCard lots={account.lots} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      {isAdjusting && <AdjustModal memberId={id} name={name ?? id} balance={account.balance} onClose={() => setAdjusting(false)} />}
    </Page>
  );
}
