-- CreateTable
CREATE TABLE "inbox_lock" (
    "shop_id" BIGINT NOT NULL,

    CONSTRAINT "inbox_lock_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "orders_tally" (
    "shop_id" BIGINT NOT NULL,
    "order_count" INTEGER NOT NULL DEFAULT 0,
    "customer_count" INTEGER NOT NULL DEFAULT 0,
    "product_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "orders_tally_pkey" PRIMARY KEY ("shop_id")
);

-- AlterTable
ALTER TABLE "reread" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;
