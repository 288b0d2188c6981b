// What becomes of what every room knows of people when they are merged or deleted, whoever found that out.
import * as followups from "../capabilities/followups/followups.server.ts";
import * as loyalty from "../capabilities/loyalty/loyalty.server.ts";
import * as profiles from "../capabilities/profiles/profiles.server.ts";
import * as segments from "../capabilities/segments/segments.server.ts";
import * as surveys from "../capabilities/surveys/surveys.server.ts";
import type { Tx } from "../platform/db.server.ts";
import type { CustomerId, ShopId } from "../values/ids.ts";

/** In the transaction of a merge. */
export async function joinPeople(tx: Tx, shopId: ShopId, mergedIds: readonly CustomerId[]): Promise<void> {
  for (const room of [profiles, loyalty, segments, followups, surveys]) await room.joinPeople(tx, shopId, mergedIds);
}

/** In the transaction of a deletion: what the staff noted of them, and what they said. Who follows customers notices by itself that they are gone. */
export async function forgetPeople(tx: Tx, shopId: ShopId, ids: readonly CustomerId[]): Promise<void> {
  for (const id of ids) {
    for (const room of [profiles, loyalty, followups, surveys]) await room.erasePerson(tx, shopId, id);
    await segments.forgetMarks(tx, shopId, id);
  }
}
