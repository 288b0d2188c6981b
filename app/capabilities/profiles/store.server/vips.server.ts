// Those who spend most: who they are, and what they are to the shop together.
import type { CustomerProfile } from "../../../../prisma/generated/client.ts";
import { Prisma, type Tx } from "../../../platform/db.server.ts";
import type { ShopId } from "../../../values/ids.ts";
import { LEAVING_STAGES, type Profile } from "../model.ts";
import { PERSON_COLUMNS, PROFILE_COLUMNS, toPerson, toProfile, type PersonRow } from "./profiles.server.ts";

export type VipSums = {
  vips: number;
  revenueMinor: number;
  /** of all customers, VIPs included */
  allRevenueMinor: number;
  /** of the VIPs whose every cost is known, and how many these are */
  marginMinor: number;
  marginCount: number;
  leavingCount: number;
  leavingStakeMinor: number;
};

export async function sumVips(tx: Tx, shopId: ShopId): Promise<VipSums> {
  const [row] = await tx.$queryRaw<VipSums[]>`
    select (count(*) filter (where is_vip))::int as vips, coalesce(sum(revenue_minor) filter (where is_vip), 0)::float8 as "revenueMinor", coalesce(sum(revenue_minor), 0)::float8 as "allRevenueMinor",
           coalesce(sum(margin_minor) filter (where is_vip), 0)::float8 as "marginMinor", (count(margin_minor) filter (where is_vip))::int as "marginCount",
           (count(*) filter (where ${IS_LEAVING}))::int as "leavingCount", coalesce(sum(stake_minor) filter (where ${IS_LEAVING}), 0)::float8 as "leavingStakeMinor"
      from customer_profile where shop_id = ${shopId}::bigint`;
  return row ?? { vips: 0, revenueMinor: 0, allRevenueMinor: 0, marginMinor: 0, marginCount: 0, leavingCount: 0, leavingStakeMinor: 0 };
}

const IS_LEAVING = Prisma.sql`is_vip and stage = any (${[...LEAVING_STAGES]}::text[])`;

/** By what they brought, or by what of it stayed; `isLeavingFirst`: whoever is on the way out comes first. */
export type VipOrder = { by: "margin" | "revenue"; isLeavingFirst: boolean };
export type ListedVip = Profile & { name: string; email: string | null };

export async function listVips(tx: Tx, shopId: ShopId, { by, isLeavingFirst }: VipOrder, { limit, offset }: { limit: number; offset: number }): Promise<ListedVip[]> {
  const rows = await tx.$queryRaw<(CustomerProfile & PersonRow)[]>`
    select ${PROFILE_COLUMNS}, ${PERSON_COLUMNS}
      from customer_profile p join customer c on c.shop_id = ${shopId}::bigint and c.id = p.customer_id
     where p.shop_id = ${shopId}::bigint and p.is_vip
     order by ${isLeavingFirst ? Prisma.sql`(${IS_LEAVING}) desc,` : Prisma.empty} ${by === "margin" ? Prisma.sql`p.margin_minor desc nulls last,` : Prisma.empty} p.revenue_minor desc, p.customer_id
     limit ${limit} offset ${offset}`;
  return rows.map(({ firstName, lastName, email, locale, ...row }) => ({ ...toProfile(row), ...toPerson({ firstName, lastName, email, locale }) }));
}
