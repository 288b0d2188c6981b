-- AlterTable
ALTER TABLE "cohort_lock" ADD COLUMN     "measured_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "first_product" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "cohort" DATE NOT NULL,
    "customers" INTEGER NOT NULL,
    "repeaters" INTEGER NOT NULL,
    "year_minor" BIGINT NOT NULL,

    CONSTRAINT "first_product_pkey" PRIMARY KEY ("shop_id","product_id","cohort")
);

-- CreateTable
CREATE TABLE "bright_spot" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "loyal_buyers" INTEGER NOT NULL,
    "other_buyers" INTEGER NOT NULL,
    "loyal_shares" DOUBLE PRECISION NOT NULL,
    "loyal_squares" DOUBLE PRECISION NOT NULL,
    "other_shares" DOUBLE PRECISION NOT NULL,
    "other_squares" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "bright_spot_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "replenishment" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "variant_id" BIGINT NOT NULL,
    "pack" DOUBLE PRECISION NOT NULL,
    "buyers" INTEGER NOT NULL,
    "returners" INTEGER NOT NULL,
    "gaps" INTEGER NOT NULL,
    "p25" DOUBLE PRECISION,
    "p50" DOUBLE PRECISION,
    "p75" DOUBLE PRECISION,
    "p90" DOUBLE PRECISION,
    "after_one_gaps" INTEGER NOT NULL,
    "after_one_days" DOUBLE PRECISION,
    "after_two_gaps" INTEGER NOT NULL,
    "after_two_days" DOUBLE PRECISION,

    CONSTRAINT "replenishment_pkey" PRIMARY KEY ("shop_id","product_id","variant_id")
);

-- The other sums are there already; what has not seen a rebuild is built anew, first_product with it.
UPDATE "cohort_lock" SET "rebuilt_at" = NULL;
