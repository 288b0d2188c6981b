// What waits for a person in the loyalty programme: friends to look at, with the reasons why, and perks to hand over.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { followFriends } from "../../capabilities/loyalty/jobs.server.ts";
import { decideByHand, readTasks, REFERRAL_PAGE_SIZE, type Tasks } from "../../capabilities/loyalty/loyalty.server.ts";
import { REFERRAL_STATES, type ReferralState } from "../../capabilities/loyalty/model/referral.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parseId } from "../../values/ids.ts";
import { personName } from "../../values/person-name.ts";
import "../../ui/customers.css";
import { FriendsCard } from "./friends-card.tsx";
import { PerksCard } from "./perks-card.tsx";
import { parseTasksWish, type TasksAnswer } from "./tasks-wish.ts";

export const handle: PageHandle = { titleKey: "loyalty.tasks.title" };

const PAGES_MAX = 1_000;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const query = new URL(request.url).searchParams;
  const state = REFERRAL_STATES.find((known) => known === query.get("state")) ?? null;
  const page = Math.min(PAGES_MAX, Math.max(0, Math.trunc(Number(query.get("page") ?? 0)) || 0));
  const { referrals, perks, counts, appealCount } = await readTasks(shop.id, { state, page });
  return {
    state, page, counts, appealCount, hasMore: referrals.length === REFERRAL_PAGE_SIZE,
    friends: referrals.map(toFriendRow),
    perks: perks.map(({ redemption: { id, points, reward, issuedAt }, member }) => ({ id, points, reward, issuedAt: issuedAt?.toISOString() ?? null, memberId: String(member.id), name: nameOf(member) })),
  };
}

const nameOf = ({ firstName, lastName, email, locale }: Tasks["perks"][number]["member"]): string | null => personName({ firstName, lastName }, locale) ?? email;

const toFriendRow = ({ orderId, orderName, advocate, friend, orderedAt, state, score, reasons, points, note, appealedAt, decidedBy }: Tasks["referrals"][number]) => ({
  orderId: String(orderId), orderName, state, score, reasons, points, note, isAppealed: appealedAt !== null, isByHand: decidedBy !== null, orderedAt: orderedAt.toISOString(),
  advocate: { id: String(advocate.id), name: nameOf(advocate) }, friend: friend && { id: String(friend.id), name: nameOf(friend) },
});
export type FriendRow = ReturnType<typeof toFriendRow>;

export async function action({ request }: ActionFunctionArgs): Promise<TasksAnswer> {
  const { shop, staffId } = await merchantFrom(request);
  const answer = parseTasksWish(await request.formData());
  if (!answer.ok) return answer;
  const { intent, orderId, note } = answer.wish;
  if (!(await decideByHand(shop.id, { orderId: parseId(orderId), isGood: intent === "accept", note, staffId }))) return { ok: false, field: "gone" };
  await enqueue(followFriends, { shopId: shop.id });
  return { ok: true };
}

export type FriendFilter = ReferralState | null;

export default function TasksPage() {
  const { state, page, counts, appealCount, hasMore, friends, perks } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page title={t("loyalty.tasks.title")} subtitle={t("loyalty.tasks.subtitle")} secondaryActions={<DownloadButton address="/app/reports/referrals.csv">{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <LoyaltyTabs current="tasks" />
        <PerksCard perks={perks} />
        <FriendsCard friends={friends} filter={state} page={page} hasMore={hasMore} counts={counts} appealCount={appealCount} />
      </BlockStack>
    </Page>
  );
}
