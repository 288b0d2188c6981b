-- DropIndex
DROP INDEX "customer_shop_id_email_idx";

-- DropIndex
DROP INDEX "delivery_shop_id_received_at_idx";

-- DropIndex
DROP INDEX "orders_shop_id_updated_at_idx";

-- AlterTable
ALTER TABLE "delivery" ALTER COLUMN "payload" DROP NOT NULL;

-- AlterTable
ALTER TABLE "inbox_lock" ADD COLUMN     "batch_count" INTEGER NOT NULL DEFAULT 0;

-- Prisma knows no storage. Pressing a payload costs more than all the rest of its arrival, and it stays for moments.
ALTER TABLE "delivery" ALTER COLUMN "payload" SET STORAGE EXTERNAL;

UPDATE "delivery" SET "payload" = NULL WHERE "state" = 'done';
