-- The tables as prisma/schema describes them, for reading; `npm run migrate -- check` keeps it true.
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "changed_buyer" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "buyer_id" BIGINT NOT NULL,

    CONSTRAINT "changed_buyer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "refresh_lock" (
    "shop_id" BIGINT NOT NULL,
    "refreshed_at" TIMESTAMPTZ(3),

    CONSTRAINT "refresh_lock_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "counted_order" (
    "shop_id" BIGINT NOT NULL,
    "buyer_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "sequence" INTEGER NOT NULL,
    "previous_day" DATE,
    "second_previous_day" DATE,
    "cohort" DATE,
    "revenue_minor" BIGINT NOT NULL,

    CONSTRAINT "counted_order_pkey" PRIMARY KEY ("shop_id","buyer_id","order_id")
);

-- CreateTable
CREATE TABLE "customer_fact" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "cohort" DATE NOT NULL,
    "first_order_on" DATE NOT NULL,
    "last_order_on" DATE NOT NULL,
    "order_count" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,

    CONSTRAINT "customer_fact_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "cohort_month" (
    "shop_id" BIGINT NOT NULL,
    "cohort" DATE NOT NULL,
    "month" DATE NOT NULL,
    "customers" INTEGER NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,

    CONSTRAINT "cohort_month_pkey" PRIMARY KEY ("shop_id","cohort","month")
);

-- CreateTable
CREATE TABLE "kpi_day" (
    "shop_id" BIGINT NOT NULL,
    "day" DATE NOT NULL,
    "orders" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "guest_orders" INTEGER NOT NULL,
    "guest_revenue_minor" BIGINT NOT NULL,
    "first_orders" INTEGER NOT NULL,
    "first_revenue_minor" BIGINT NOT NULL,
    "second_orders" INTEGER NOT NULL,

    CONSTRAINT "kpi_day_pkey" PRIMARY KEY ("shop_id","day")
);

-- CreateTable
CREATE TABLE "kpi_gap" (
    "shop_id" BIGINT NOT NULL,
    "previous_day" DATE NOT NULL,
    "day" DATE NOT NULL,
    "orders" INTEGER NOT NULL,
    "orders_over_two" INTEGER NOT NULL,

    CONSTRAINT "kpi_gap_pkey" PRIMARY KEY ("shop_id","previous_day","day")
);

-- CreateTable
CREATE TABLE "kpi_since" (
    "shop_id" BIGINT NOT NULL,
    "since" DATE NOT NULL,
    "day" DATE NOT NULL,
    "previous_before" INTEGER NOT NULL,
    "second_previous_before" INTEGER NOT NULL,

    CONSTRAINT "kpi_since_pkey" PRIMARY KEY ("shop_id","since","day")
);

-- CreateTable
CREATE TABLE "delivery" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "triggered_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "inbox_lock" (
    "shop_id" BIGINT NOT NULL,
    "batch_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "inbox_lock_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "customer" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "email" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "locale" TEXT,
    "country_code" TEXT,
    "tags" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "email_consent" TEXT,
    "consent_updated_at" TIMESTAMPTZ(3),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "customer_alias" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "kept_id" BIGINT,

    CONSTRAINT "customer_alias_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "customer_id" BIGINT,
    "buyer_id" BIGINT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "is_test" BOOLEAN NOT NULL,
    "financial_status" TEXT NOT NULL,
    "is_counted" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL,
    "discount_codes" TEXT[],
    "source_name" TEXT,
    "country_code" TEXT,
    "is_erased" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "product_id" BIGINT,
    "variant_id" BIGINT,
    "title" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "current_quantity" INTEGER NOT NULL,
    "total_minor" BIGINT NOT NULL,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "refund" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "refunded_at" TIMESTAMPTZ(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "product_type" TEXT NOT NULL,
    "vendor" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "tags" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "variant" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "price_minor" BIGINT NOT NULL,
    "unit_cost_minor" BIGINT,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("shop_id","product_id","id")
);

-- CreateTable
CREATE TABLE "reread" (
    "shop_id" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "reread_pkey" PRIMARY KEY ("shop_id","noun","id")
);

-- CreateTable
CREATE TABLE "tombstone" (
    "shop_id" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "id" BIGINT NOT NULL,
    "deleted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tombstone_pkey" PRIMARY KEY ("shop_id","noun","id")
);

-- CreateTable
CREATE TABLE "orders_tally" (
    "shop_id" BIGINT NOT NULL,
    "order_count" INTEGER NOT NULL DEFAULT 0,
    "customer_count" INTEGER NOT NULL DEFAULT 0,
    "product_count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "orders_tally_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "data_request" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "handed_over_at" TIMESTAMPTZ(3),
    "export" JSONB NOT NULL,

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "shop" (
    "id" BIGINT NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "plan_name" TEXT NOT NULL,
    "scopes" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "last_night_on" DATE,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "shop_domain" (
    "domain" TEXT NOT NULL,
    "shop_id" BIGINT NOT NULL,

    CONSTRAINT "shop_domain_pkey" PRIMARY KEY ("domain")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "scope" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "access_token" BYTEA,
    "refresh_token" BYTEA,
    "refresh_token_expires" TIMESTAMPTZ(3),
    "online_access_info" BYTEA,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "backfill_part" (
    "shop_id" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "bulk_operation_id" TEXT,
    "url" TEXT,
    "byte_count" BIGINT,
    "byte_offset" BIGINT NOT NULL DEFAULT 0,
    "expected_count" INTEGER,
    "gathered_count" INTEGER NOT NULL DEFAULT 0,
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "backfill_part_pkey" PRIMARY KEY ("shop_id","noun")
);

-- CreateTable
CREATE TABLE "unread_record" (
    "shop_id" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unread_record_pkey" PRIMARY KEY ("shop_id","noun","id")
);

-- CreateTable
CREATE TABLE "reconcile" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "window_from" TIMESTAMPTZ(3) NOT NULL,
    "window_to" TIMESTAMPTZ(3) NOT NULL,
    "orders_compared" INTEGER NOT NULL DEFAULT 0,
    "orders_differing" INTEGER NOT NULL DEFAULT 0,
    "customers_compared" INTEGER NOT NULL DEFAULT 0,
    "customers_differing" INTEGER NOT NULL DEFAULT 0,
    "products_compared" INTEGER NOT NULL DEFAULT 0,
    "products_differing" INTEGER NOT NULL DEFAULT 0,
    "rollups_differing" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,

    CONSTRAINT "reconcile_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateIndex
CREATE INDEX "delivery_shop_id_state_id_idx" ON "delivery"("shop_id", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_shop_id_webhook_id_key" ON "delivery"("shop_id", "webhook_id");

-- CreateIndex
CREATE INDEX "customer_alias_shop_id_kept_id_idx" ON "customer_alias"("shop_id", "kept_id");

-- CreateIndex
CREATE INDEX "orders_shop_id_buyer_id_placed_at_idx" ON "orders"("shop_id", "buyer_id", "placed_at");

-- CreateIndex
CREATE INDEX "session_domain_idx" ON "session"("domain");

-- CreateIndex
CREATE INDEX "reconcile_shop_id_started_at_idx" ON "reconcile"("shop_id", "started_at");
