// Points: earned, shown, spent, and told to Shopify. Rules: README.md; what the theme is told: docs/storefront.md.
import { inTransaction } from "../../platform/db.server.ts";
import type { CustomerId, ShopId } from "../../values/ids.ts";
import { readShop } from "../shops/shops.server.ts";
import { settleMembers } from "./loyalty.server/settle.server.ts";

export { compareMembers, entryPages, findAccount, findMemberCard, keepMonthValues, listMembers, memberPages, readLiability, redemptionPages, referralPages, type RedemptionRow, type ReferralRow, type StoredEntry } from "./loyalty.server/books.server.ts";
export { listDryRunsUnfinished, readDryRun, startDryRun, tellDryRun } from "./loyalty.server/dry-run.server.ts";
export { adjust, celebrateBirthdays, earn, findTold, join, tellBirthday, visit, type EarnAnswer, type ToldAnswer } from "./loyalty.server/earn.server.ts";
export { importMembers, listImports, previewImport, undoImport, type ImportAnswer, type ImportPreview, type PreviewAnswer, type StoredImport } from "./loyalty.server/imports.server.ts";
export { nameCollections, readPastOrders, readUsual } from "./loyalty.server/beginning.server.ts";
export { erasePerson, eraseShop, exportPerson, joinPeople } from "./loyalty.server/people.server.ts";
export { findKeyMadeAt, isSignedBy, makeKey } from "./loyalty.server/keys.server.ts";
export { findLiveProgramme, findProgramme, isSettling, launch, listShopsAtNight, listShopsToSettle, listShopsWithProgramme, pause, publish, saveDraft, type KnownProgramme } from "./loyalty.server/programmes.server.ts";
export { askReturn, noteDelivered, readRedemptionState, redeem, sweepRedemptions, workOn, type RedeemAnswer, type Shopper } from "./loyalty.server/redeem.server.ts";
export {
  appeal, decideByHand, followReferrals, listReferralCodesToMake, makeReferralCodes, readReferrals, REFERRAL_PAGE_SIZE, type ReferralPanel,
} from "./loyalty.server/referrals.server.ts";
export { checkLedger, settleShop } from "./loyalty.server/settle.server.ts";
export { listShopsToTell, readHistory, readOrderPoints, readSummary, showAgain, tellShopify, type HistoryEntry, type OrderPoints, type Why } from "./loyalty.server/shoppers.server.ts";

export { readTasks, type Tasks } from "./loyalty.server/tasks.server.ts";

/** Now, and not when their turn comes. */
export async function settleNow(shopId: ShopId, customerIds: readonly CustomerId[]): Promise<void> {
  const shop = await readShop(shopId);
  await inTransaction((tx) => settleMembers(tx, shop, customerIds));
}
