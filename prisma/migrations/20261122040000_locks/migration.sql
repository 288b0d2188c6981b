-- CreateTable
CREATE TABLE "inbox_lock" (
    "shop_id" BIGINT NOT NULL,

    CONSTRAINT "inbox_lock_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "orders_lock" (
    "shop_id" BIGINT NOT NULL,

    CONSTRAINT "orders_lock_pkey" PRIMARY KEY ("shop_id")
);

-- AlterTable
ALTER TABLE "reread" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;
