-- DropIndex
DROP INDEX "segment_move_shop_id_segment_id_id_idx";

-- AlterTable
ALTER TABLE "segment" ADD COLUMN "refilled_to" BIGINT;

-- AlterTable
ALTER TABLE "segment_lock" ADD COLUMN "owner" UUID;

-- AlterTable
ALTER TABLE "segment_telling" ADD COLUMN "shopify_segment_id" BIGINT;

-- CreateIndex
CREATE INDEX "segment_move_shop_id_segment_id_moved_at_idx" ON "segment_move"("shop_id", "segment_id", "moved_at");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_segment_id_is_refused_idx" ON "segment_telling"("shop_id", "segment_id", "is_refused");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_is_refused_id_idx" ON "segment_telling"("shop_id", "is_refused", "id");

-- Removals that wait: they used to find the saved segment by its query.
UPDATE "segment_telling" t SET "shopify_segment_id" = s."shopify_segment_id"
  FROM "segment" s
 WHERE s."shop_id" = t."shop_id" AND s."id" = t."segment_id" AND t."customer_id" IS NULL AND NOT t."is_entry";
