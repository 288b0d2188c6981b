-- AlterTable
ALTER TABLE "delivery" ALTER COLUMN "payload" SET DATA TYPE TEXT;
