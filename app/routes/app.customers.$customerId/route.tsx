// One customer: why they are where they are, what to expect of them, what happened, and how they like to be met.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, InlineStack, Layout, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { listEntries, listTasks } from "../../capabilities/followups/followups.server.ts";
import type { EntryKind } from "../../capabilities/followups/model.ts";
import { findForecast } from "../../capabilities/forecasts/forecasts.server.ts";
import { findMemberCard } from "../../capabilities/loyalty/loyalty.server.ts";
import { findCustomer, listOrdersOf } from "../../capabilities/orders/orders.server.ts";
import { changePreference, findProfile, readPreference } from "../../capabilities/profiles/profiles.server.ts";
import { listMemberships, listMoves, listSegments } from "../../capabilities/segments/segments.server.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { FollowupModal } from "../../ui/followup-modal.tsx";
import { useFreshFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { StageBadge } from "../../ui/stage-badge.tsx";
import { VipBadge } from "../../ui/vip-badge.tsx";
import { dayAt } from "../../values/day.ts";
import { parseId, type CustomerId } from "../../values/ids.ts";
import "../../ui/customers.css";
import { toCustomerView, toPortrait } from "./customer-view.ts";
import { ExpectCard } from "./expect-card.tsx";
import { LoyaltyCard } from "./loyalty-card.tsx";
import { PreferenceCard } from "./preference-card.tsx";
import { parsePreference, type PreferenceAnswer } from "./preference-wish.ts";
import { RfmCard } from "./rfm-card.tsx";
import { RhythmCard } from "./rhythm-card.tsx";
import { SegmentsCard } from "./segments-card.tsx";
import { TaskCard } from "./task-card.tsx";
import { TimelineCard } from "./timeline-card.tsx";
import { toTimeline } from "./timeline.ts";
import { WhyCard } from "./why-card.tsx";

export const handle: PageHandle = { titleKey: "profiles.customer.title" };

// Of each kind, newest first: further back nobody looks, and Shopify's own page has all orders.
const ORDERS_MAX = 200;
const MOVES_MAX = 100;
const ENTRIES_MAX = 100;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const id = idIn(params);
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const customer = await findCustomer(shop.id, id);
  if (customer === null) throw new Response(null, { status: 404 });
  const [profile, preference, orders, moves, entries, memberships, segments, forecast, member, tasks] = await Promise.all([
    findProfile(shop.id, id), readPreference(shop.id, id), listOrdersOf(shop.id, id, ORDERS_MAX), listMoves(shop.id, id, MOVES_MAX), listEntries(shop.id, id, ENTRIES_MAX),
    listMemberships(shop.id, id), listSegments(shop.id), findForecast(shop.id), findMemberCard(shop.id, id), listTasks(shop.id, id),
  ]);
  const sinceOf = new Map(memberships.map(({ segmentId, since }) => [segmentId, since.toISOString()]));
  return {
    customer: toCustomerView(customer, preference), member, today: dayAt(now(), shop.timeZone), stamp,
    tasks: tasks.map(({ id: taskId, openedAt, reason }) => ({ id: taskId, openedAt: openedAt.toISOString(), reason })),
    portrait: profile && toPortrait(profile, { orders, method: forecast?.method ?? "none", timeZone: shop.timeZone }),
    timeline: toTimeline({ orders, moves, entries, segments }),
    segments: segments.flatMap(({ id: segmentId, readyKey, name }) => (sinceOf.has(segmentId) ? [{ id: segmentId, readyKey, name, since: sinceOf.get(segmentId) ?? "" }] : [])),
  };
}

export async function action({ request, params }: ActionFunctionArgs): Promise<PreferenceAnswer> {
  const { shop } = await merchantFrom(request);
  const id = idIn(params);
  if ((await findCustomer(shop.id, id)) === null) throw new Response(null, { status: 404 });
  const answer = parsePreference(await request.formData(), dayAt(now(), shop.timeZone));
  if (!answer.ok) return answer;
  await changePreference(shop.id, id, answer.preference);
  return { ok: true };
}

const LARGEST_ID = 2n ** 63n - 1n; // PostgreSQL's

function idIn({ customerId = "" }: LoaderFunctionArgs["params"]): CustomerId {
  if (!/^\d{1,19}$/.test(customerId) || BigInt(customerId) > LARGEST_ID) throw new Response(null, { status: 404 });
  return parseId<CustomerId>(customerId);
}

export default function CustomerPage() {
  const { customer, member, portrait, timeline, tasks, segments, today, stamp } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const address = useAddress();
  const [kind, setKind] = useState<EntryKind | null>(null);
  useFreshFigures(stamp);
  return (
    <Page
      title={customer.name ?? t("profiles.customer.nameless")}
      {...(customer.email !== null && customer.email !== customer.name && { subtitle: customer.email })}
      {...(portrait && { titleMetadata: <InlineStack gap="100"><StageBadge stage={portrait.stage} />{portrait.isVip && portrait.stage !== "vip" && <VipBadge />}</InlineStack> })}
      backAction={{ content: t("profiles.customer.back"), url: address("/app/customers") }}
      primaryAction={{ content: t("followups.actions.contacted"), onAction: () => setKind("contacted") }}
      secondaryActions={[
        { content: t("followups.actions.snoozed"), onAction: () => setKind("snoozed") },
        { content: t("followups.actions.note"), onAction: () => setKind("note") },
        { content: t("profiles.customer.openInShopify"), url: `shopify://admin/customers/${customer.id}`, target: "_top" },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {tasks.length > 0 && <TaskCard tasks={tasks} />}
            {portrait === null ? <Card><Text as="p">{t("profiles.customer.unseen")}</Text></Card> : (
              <>
                <WhyCard portrait={portrait} />
                <ExpectCard portrait={portrait} />
                <RhythmCard portrait={portrait} today={today} />
              </>
            )}
            <TimelineCard items={timeline} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {portrait && <RfmCard portrait={portrait} shopifyGroup={customer.shopifyRfmGroup} />}
            {member && <LoyaltyCard customerId={customer.id} member={member} />}
            <PreferenceCard key={JSON.stringify(customer.preference)} customer={customer} />
            <SegmentsCard segments={segments} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      <FollowupModal kind={kind} customerIds={[customer.id]} today={today} onClose={() => setKind(null)} />
    </Page>
  );
}
