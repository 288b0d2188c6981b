-- AlterTable
ALTER TABLE "member" ADD COLUMN     "next_tier_entry" BIGINT,
ADD COLUMN     "tier_kept_until" DATE;

-- What the theme reads of programmes and members is told again, and the way to the next tier worked out for everybody.
UPDATE "programme" SET "settled_at" = NULL, "done_up_to" = 0, "shown_version" = 0;
UPDATE "member" SET "is_to_tell" = true, "change" = "change" + 1;

-- Early access that ended before its tag was taken away with it.
UPDATE "redemption" SET "state" = 'ending' WHERE "state" = 'ended' AND "reward" ->> 'kind' = 'early_access';
