-- DropTable
DROP TABLE "cohort_month";

-- CreateTable
CREATE TABLE "cohort_member" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "first_on" DATE NOT NULL,
    "days" DATE[],
    "revenue_minor" BIGINT[],
    "margin_minor" BIGINT[],
    "products" BIGINT[],
    "types" TEXT[],
    "codes" TEXT[],
    "channel" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "tags" TEXT[],
    "second_products" BIGINT[],

    CONSTRAINT "cohort_member_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "cohort_cell" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "cohort" DATE NOT NULL,
    "month" DATE NOT NULL,
    "customers" INTEGER NOT NULL,
    "customers_quarter" INTEGER NOT NULL,
    "customers_year" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    "returned_quarter" INTEGER NOT NULL,
    "returned_year" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "margin_minor" BIGINT NOT NULL,
    "margin_orders" INTEGER NOT NULL,

    CONSTRAINT "cohort_cell_pkey" PRIMARY KEY ("shop_id","kind","value","cohort","month")
);

-- CreateTable
CREATE TABLE "cohort_week" (
    "shop_id" BIGINT NOT NULL,
    "cohort" DATE NOT NULL,
    "week" DATE NOT NULL,
    "customers" INTEGER NOT NULL,
    "returned" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "margin_minor" BIGINT NOT NULL,
    "margin_orders" INTEGER NOT NULL,

    CONSTRAINT "cohort_week_pkey" PRIMARY KEY ("shop_id","cohort","week")
);

-- CreateTable
CREATE TABLE "cohort_age" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "cohort" DATE NOT NULL,
    "age" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "margin_minor" BIGINT NOT NULL,
    "margin_orders" INTEGER NOT NULL,

    CONSTRAINT "cohort_age_pkey" PRIMARY KEY ("shop_id","kind","value","cohort","age")
);

-- CreateTable
CREATE TABLE "order_step" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "day" DATE NOT NULL,
    "reached" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,

    CONSTRAINT "order_step_pkey" PRIMARY KEY ("shop_id","kind","value","sequence","day")
);

-- CreateTable
CREATE TABLE "order_gap" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,

    CONSTRAINT "order_gap_pkey" PRIMARY KEY ("shop_id","kind","value","sequence","days")
);

-- CreateTable
CREATE TABLE "next_product" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "next_product_id" BIGINT NOT NULL,
    "customers" INTEGER NOT NULL,

    CONSTRAINT "next_product_pkey" PRIMARY KEY ("shop_id","product_id","next_product_id")
);

-- CreateTable
CREATE TABLE "trait_total" (
    "shop_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,
    "repeaters" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,

    CONSTRAINT "trait_total_pkey" PRIMARY KEY ("shop_id","kind","value")
);

-- CreateTable
CREATE TABLE "cohort_lock" (
    "shop_id" BIGINT NOT NULL,
    "rebuilt_at" TIMESTAMPTZ(3),
    "compared_at" TIMESTAMPTZ(3),
    "differing" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "cohort_lock_pkey" PRIMARY KEY ("shop_id")
);
