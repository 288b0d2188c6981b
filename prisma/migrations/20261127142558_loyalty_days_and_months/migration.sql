-- AlterTable
ALTER TABLE "programme" ADD COLUMN     "celebrated_on" DATE;

-- CreateTable
CREATE TABLE "month_value" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "minor_per_point" DOUBLE PRECISION,
    "reward_id" TEXT,

    CONSTRAINT "month_value_pkey" PRIMARY KEY ("shop_id","month")
);
