-- AlterTable
ALTER TABLE "cohort_lock" ADD COLUMN     "collection_changes" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "cohort_member" ADD COLUMN     "collections" BIGINT[] DEFAULT ARRAY[]::BIGINT[];

-- AlterTable
ALTER TABLE "orders_tally" ADD COLUMN     "collection_changes" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "collection" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "collection_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "collection_reading" (
    "shop_id" BIGINT NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "collection_reading_pkey" PRIMARY KEY ("shop_id")
);

-- CreateIndex
CREATE INDEX "collection_product_shop_id_product_id_idx" ON "collection_product"("shop_id", "product_id");
