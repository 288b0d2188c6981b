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
CREATE TABLE "moved_customer" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "reader" TEXT NOT NULL DEFAULT 'segments',
    "customer_id" BIGINT NOT NULL,

    CONSTRAINT "moved_customer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "refresh_lock" (
    "shop_id" BIGINT NOT NULL,
    "refreshed_at" TIMESTAMPTZ(3),
    "rebuilt_at" TIMESTAMPTZ(3),

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
    "purchase_days" INTEGER NOT NULL DEFAULT 0,
    "first_day_revenue_minor" BIGINT NOT NULL DEFAULT 0,
    "gap_log_sum" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "customer_fact_pkey" PRIMARY KEY ("shop_id","customer_id")
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
CREATE TABLE "analytics_setting" (
    "shop_id" BIGINT NOT NULL,
    "formula" TEXT NOT NULL,

    CONSTRAINT "analytics_setting_pkey" PRIMARY KEY ("shop_id")
);

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
    "collections" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
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
CREATE TABLE "acquisition_cost" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "purpose" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "acquisition_cost_pkey" PRIMARY KEY ("shop_id","month","purpose","channel")
);

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

-- CreateTable
CREATE TABLE "cohort_lock" (
    "shop_id" BIGINT NOT NULL,
    "rebuilt_at" TIMESTAMPTZ(3),
    "compared_at" TIMESTAMPTZ(3),
    "differing" INTEGER NOT NULL DEFAULT 0,
    "collection_changes" INTEGER NOT NULL DEFAULT 0,
    "measured_at" TIMESTAMPTZ(3),

    CONSTRAINT "cohort_lock_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "followup" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "snoozed_until" DATE,
    "contacted_at" TIMESTAMPTZ(3),

    CONSTRAINT "followup_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "followup_entry" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "wish_id" UUID NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "staff_id" TEXT,
    "channel" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "chance_30" DOUBLE PRECISION,
    "snoozed_until" DATE,

    CONSTRAINT "followup_entry_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "followup_task" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "reason" JSONB NOT NULL,

    CONSTRAINT "followup_task_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "last_contact" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "contacted_at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "last_contact_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "forecast_model" (
    "shop_id" BIGINT NOT NULL,
    "as_of" DATE NOT NULL,
    "fitted_at" TIMESTAMPTZ(3) NOT NULL,
    "fit" JSONB NOT NULL,
    "method" TEXT NOT NULL,

    CONSTRAINT "forecast_model_pkey" PRIMARY KEY ("shop_id","as_of")
);

-- CreateTable
CREATE TABLE "forecast_check" (
    "shop_id" BIGINT NOT NULL,
    "cut_on" DATE NOT NULL,
    "horizon" INTEGER NOT NULL,
    "is_kept" BOOLEAN NOT NULL,
    "method" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "result" JSONB,

    CONSTRAINT "forecast_check_pkey" PRIMARY KEY ("shop_id","cut_on","horizon","is_kept")
);

-- CreateTable
CREATE TABLE "kept_forecast" (
    "shop_id" BIGINT NOT NULL,
    "cut_on" DATE NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "chance_90" INTEGER NOT NULL,
    "recency_days" INTEGER NOT NULL,

    CONSTRAINT "kept_forecast_pkey" PRIMARY KEY ("shop_id","cut_on","customer_id")
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
CREATE TABLE "month_value" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "minor_per_point" DOUBLE PRECISION,
    "reward_id" TEXT,

    CONSTRAINT "month_value_pkey" PRIMARY KEY ("shop_id","month")
);

-- CreateTable
CREATE TABLE "point_import" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "member_count" INTEGER NOT NULL,
    "points" BIGINT NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "point_import_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "shop_id" BIGINT NOT NULL,
    "secret" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "programme" (
    "shop_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "done_up_to" BIGINT NOT NULL DEFAULT 0,
    "shown_version" INTEGER NOT NULL DEFAULT 0,
    "collections_read_at" TIMESTAMPTZ(3),
    "checked_at" TIMESTAMPTZ(3),
    "broken_count" INTEGER NOT NULL DEFAULT 0,
    "celebrated_on" DATE,

    CONSTRAINT "programme_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "programme_version" (
    "shop_id" BIGINT NOT NULL,
    "version" INTEGER NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "kept_until" DATE,
    "programme" JSONB NOT NULL,

    CONSTRAINT "programme_version_pkey" PRIMARY KEY ("shop_id","version")
);

-- CreateTable
CREATE TABLE "member" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "joined_on" DATE,
    "birthday" TEXT,
    "birthday_told_on" DATE,
    "balance" INTEGER NOT NULL DEFAULT 0,
    "pending" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "tier_id" TEXT,
    "tier_since" DATE,
    "tier_value" BIGINT NOT NULL DEFAULT 0,
    "next_tier_entry" BIGINT,
    "tier_kept_until" DATE,
    "next_change" DATE,
    "settled_on" DATE,
    "change" INTEGER NOT NULL DEFAULT 0,
    "is_to_tell" BOOLEAN NOT NULL DEFAULT false,
    "told_tier_id" TEXT,

    CONSTRAINT "member_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "effective_on" DATE NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,
    "balance_after" INTEGER NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "point_lot" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "remaining" INTEGER NOT NULL,
    "is_pending" BOOLEAN NOT NULL,
    "available_on" DATE NOT NULL,
    "expires_on" DATE,

    CONSTRAINT "point_lot_pkey" PRIMARY KEY ("shop_id","customer_id","key")
);

-- CreateTable
CREATE TABLE "tier_period" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "from_on" DATE NOT NULL,
    "tier_id" TEXT,

    CONSTRAINT "tier_period_pkey" PRIMARY KEY ("shop_id","customer_id","from_on")
);

-- CreateTable
CREATE TABLE "earn_event" (
    "shop_id" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "rule_id" TEXT,
    "points" INTEGER NOT NULL,
    "happened_on" DATE NOT NULL,
    "version" INTEGER NOT NULL,
    "revoked_on" DATE,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "earn_event_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_percent" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "percents" JSONB NOT NULL,

    CONSTRAINT "order_percent_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "steps" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reward" JSONB NOT NULL,
    "code" TEXT,
    "shopify_id" TEXT,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "used_order_id" BIGINT,
    "returned_on" DATE,
    "refusal" TEXT,
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "referral_code" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "code" TEXT NOT NULL,
    "shopify_id" TEXT,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "referral_code_pkey" PRIMARY KEY ("shop_id","customer_id","version")
);

-- CreateTable
CREATE TABLE "referral" (
    "shop_id" BIGINT NOT NULL,
    "order_id" BIGINT NOT NULL,
    "advocate_id" BIGINT NOT NULL,
    "friend_id" BIGINT,
    "ordered_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "score" INTEGER,
    "reasons" JSONB NOT NULL,
    "hashes" JSONB NOT NULL,
    "points" INTEGER NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,
    "note" TEXT,
    "appealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "referral_pkey" PRIMARY KEY ("shop_id","order_id")
);

-- CreateTable
CREATE TABLE "tier_perk" (
    "shop_id" BIGINT NOT NULL,
    "tier_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "shopify_id" TEXT NOT NULL,
    "segment_id" TEXT NOT NULL,
    "terms" TEXT NOT NULL,

    CONSTRAINT "tier_perk_pkey" PRIMARY KEY ("shop_id","tier_id","kind")
);

-- CreateTable
CREATE TABLE "dry_run" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "programme" JSONB NOT NULL,
    "kept_until" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "done_up_to" BIGINT NOT NULL DEFAULT 0,
    "is_done" BOOLEAN NOT NULL DEFAULT false,
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "sums" JSONB NOT NULL,

    CONSTRAINT "dry_run_pkey" PRIMARY KEY ("shop_id","id")
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
    "birth_on" DATE,
    "shopify_rfm_group" TEXT,

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
    "has_tax_included" BOOLEAN NOT NULL DEFAULT false,
    "shipping_minor" BIGINT NOT NULL DEFAULT 0,
    "current_shipping_minor" BIGINT NOT NULL DEFAULT 0,
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
    "before_discounts_minor" BIGINT NOT NULL DEFAULT 0,
    "tax_minor" BIGINT NOT NULL DEFAULT 0,
    "is_gift_card" BOOLEAN NOT NULL DEFAULT false,

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
CREATE TABLE "collection" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGINT NOT NULL,
    "title" TEXT NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "collection_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "collection_product" (
    "shop_id" BIGINT NOT NULL,
    "collection_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,

    CONSTRAINT "collection_product_pkey" PRIMARY KEY ("shop_id","collection_id","product_id")
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
    "collection_changes" INTEGER NOT NULL DEFAULT 0,

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
CREATE TABLE "customer_profile" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "as_of" DATE NOT NULL,
    "order_count" INTEGER NOT NULL,
    "purchase_days" INTEGER NOT NULL,
    "revenue_minor" BIGINT NOT NULL,
    "average_order_minor" BIGINT,
    "margin_minor" BIGINT,
    "first_order_on" DATE,
    "last_order_on" DATE,
    "is_last_refunded" BOOLEAN NOT NULL,
    "recent_orders" INTEGER NOT NULL,
    "earlier_orders" INTEGER NOT NULL,
    "typical_gap_days" INTEGER,
    "lapse_days" INTEGER,
    "next_order_on" DATE,
    "chance_30" DOUBLE PRECISION,
    "chance_60" DOUBLE PRECISION,
    "chance_90" DOUBLE PRECISION,
    "expected_orders_365" DOUBLE PRECISION,
    "orders_low_365" INTEGER,
    "orders_high_365" INTEGER,
    "expected_value_365_minor" BIGINT,
    "value_low_365_minor" BIGINT,
    "value_high_365_minor" BIGINT,
    "stake_minor" BIGINT NOT NULL,
    "r" INTEGER,
    "f" INTEGER,
    "m" INTEGER,
    "rfm_group" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "stage_since" DATE NOT NULL,
    "is_vip" BOOLEAN NOT NULL,
    "search" TEXT NOT NULL,

    CONSTRAINT "customer_profile_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "profile_basis" (
    "shop_id" BIGINT NOT NULL,
    "as_of" DATE NOT NULL,
    "rebuilt_at" TIMESTAMPTZ(3),
    "is_whole" BOOLEAN NOT NULL DEFAULT false,
    "done_up_to" BIGINT NOT NULL DEFAULT 0,
    "followed_at" TIMESTAMPTZ(3),
    "basis" JSONB NOT NULL,

    CONSTRAINT "profile_basis_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "profile_setting" (
    "shop_id" BIGINT NOT NULL,
    "settings" JSONB NOT NULL,

    CONSTRAINT "profile_setting_pkey" PRIMARY KEY ("shop_id")
);

-- CreateTable
CREATE TABLE "product_rhythm" (
    "shop_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,
    "gap_count" INTEGER NOT NULL,
    "typical_days" DOUBLE PRECISION NOT NULL,
    "lapse_days" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "product_rhythm_pkey" PRIMARY KEY ("shop_id","product_id")
);

-- CreateTable
CREATE TABLE "stage_flow" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "from_stage" TEXT NOT NULL,
    "to_stage" TEXT NOT NULL,
    "customers" INTEGER NOT NULL,

    CONSTRAINT "stage_flow_pkey" PRIMARY KEY ("shop_id","month","from_stage","to_stage")
);

-- CreateTable
CREATE TABLE "contact_preference" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "channel" TEXT,
    "language" TEXT,
    "every_days" INTEGER,
    "birth_on" DATE,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "contact_preference_pkey" PRIMARY KEY ("shop_id","customer_id")
);

-- CreateTable
CREATE TABLE "segment" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "ready_key" TEXT,
    "name" TEXT NOT NULL,
    "rule" JSONB NOT NULL,
    "is_mirrored" BOOLEAN NOT NULL DEFAULT false,
    "tag" TEXT,
    "shopify_segment_id" BIGINT,
    "is_flow_on" BOOLEAN NOT NULL DEFAULT false,
    "is_populated" BOOLEAN NOT NULL DEFAULT false,
    "refilled_to" BIGINT,
    "member_count" INTEGER NOT NULL DEFAULT 0,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "segment_member" (
    "shop_id" BIGINT NOT NULL,
    "segment_id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segment_member_pkey" PRIMARY KEY ("shop_id","segment_id","customer_id")
);

-- CreateTable
CREATE TABLE "segment_move" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "segment_id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "is_entry" BOOLEAN NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL,
    "reasons" JSONB NOT NULL,

    CONSTRAINT "segment_move_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "segment_telling" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "segment_id" UUID NOT NULL,
    "customer_id" BIGINT,
    "is_entry" BOOLEAN NOT NULL,
    "tag" TEXT,
    "shopify_segment_id" BIGINT,
    "starts_flow" BOOLEAN NOT NULL,
    "reasons" JSONB,
    "is_sent" BOOLEAN NOT NULL DEFAULT false,
    "is_refused" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "segment_telling_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "segment_lock" (
    "shop_id" BIGINT NOT NULL,
    "work" TEXT NOT NULL,
    "owner" UUID,
    "leased_until" TIMESTAMPTZ(3),

    CONSTRAINT "segment_lock_pkey" PRIMARY KEY ("shop_id","work")
);

-- CreateTable
CREATE TABLE "customer_view" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_view_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "customer_mark" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "mark" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_mark_pkey" PRIMARY KEY ("shop_id","customer_id","mark")
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
CREATE TABLE "survey" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "priority" INTEGER NOT NULL,
    "asked_count" INTEGER NOT NULL DEFAULT 0,
    "answered_count" INTEGER NOT NULL DEFAULT 0,
    "dismissed_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,
    "note" JSONB,
    "noted_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "survey_day" (
    "shop_id" BIGINT NOT NULL,
    "survey_id" UUID NOT NULL,
    "on" DATE NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "dismissed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "survey_day_pkey" PRIMARY KEY ("shop_id","survey_id","on")
);

-- CreateTable
CREATE TABLE "survey_ask" (
    "shop_id" BIGINT NOT NULL,
    "survey_id" UUID NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "order_count" INTEGER NOT NULL,
    "recency_days" INTEGER,
    "is_to_tell" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "survey_ask_pkey" PRIMARY KEY ("shop_id","survey_id","customer_id")
);

-- CreateTable
CREATE TABLE "survey_answer" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "survey_id" UUID NOT NULL,
    "customer_id" BIGINT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "choices" TEXT[],
    "text" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "order_id" BIGINT,
    "language" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "tags" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "done_version" INTEGER NOT NULL DEFAULT 0,
    "claimed_until" TIMESTAMPTZ(3),
    "told_tags" TEXT[],

    CONSTRAINT "survey_answer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "survey_setting" (
    "shop_id" BIGINT NOT NULL,
    "rest_days" INTEGER NOT NULL DEFAULT 30,
    "told_hash" TEXT NOT NULL DEFAULT '',
    "is_told_live" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "survey_setting_pkey" PRIMARY KEY ("shop_id")
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
CREATE TABLE "collection_reading" (
    "shop_id" BIGINT NOT NULL,
    "began_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "collection_reading_pkey" PRIMARY KEY ("shop_id")
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

-- CreateTable
CREATE TABLE "kpi_goal" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "measure" TEXT NOT NULL,
    "formula" TEXT,
    "window_months" INTEGER NOT NULL,
    "start_value" DOUBLE PRECISION NOT NULL,
    "set_on" DATE NOT NULL,
    "target" DOUBLE PRECISION NOT NULL,
    "due_on" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "ended_on" DATE,
    "end_value" DOUBLE PRECISION,

    CONSTRAINT "kpi_goal_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "annotation" (
    "shop_id" BIGINT NOT NULL,
    "id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "annotation_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "kpi_alert" (
    "shop_id" BIGINT NOT NULL,
    "raised_on" DATE NOT NULL,
    "month" DATE NOT NULL,
    "findings" JSONB NOT NULL,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "kpi_alert_pkey" PRIMARY KEY ("shop_id","raised_on")
);

-- CreateTable
CREATE TABLE "kpi_watch" (
    "shop_id" BIGINT NOT NULL,
    "looked_on" DATE,

    CONSTRAINT "kpi_watch_pkey" PRIMARY KEY ("shop_id")
);

-- CreateIndex
CREATE INDEX "moved_customer_shop_id_reader_id_idx" ON "moved_customer"("shop_id", "reader", "id");

-- CreateIndex
CREATE INDEX "counted_order_shop_id_day_order_id_idx" ON "counted_order"("shop_id", "day", "order_id");

-- CreateIndex
CREATE INDEX "followup_entry_shop_id_customer_id_id_idx" ON "followup_entry"("shop_id", "customer_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "followup_entry_shop_id_wish_id_customer_id_key" ON "followup_entry"("shop_id", "wish_id", "customer_id");

-- CreateIndex
CREATE INDEX "followup_task_shop_id_customer_id_idx" ON "followup_task"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "delivery_shop_id_state_id_idx" ON "delivery"("shop_id", "state", "id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_shop_id_webhook_id_key" ON "delivery"("shop_id", "webhook_id");

-- CreateIndex
CREATE INDEX "member_shop_id_next_change_idx" ON "member"("shop_id", "next_change");

-- CreateIndex
CREATE INDEX "member_shop_id_balance_customer_id_idx" ON "member"("shop_id", "balance" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "member_shop_id_birthday_idx" ON "member"("shop_id", "birthday");

-- CreateIndex
CREATE INDEX "member_shop_id_is_to_tell_customer_id_idx" ON "member"("shop_id", "is_to_tell", "customer_id");

-- CreateIndex
CREATE INDEX "ledger_entry_shop_id_customer_id_id_idx" ON "ledger_entry"("shop_id", "customer_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_entry_shop_id_customer_id_key_sequence_key" ON "ledger_entry"("shop_id", "customer_id", "key", "sequence");

-- CreateIndex
CREATE INDEX "point_lot_shop_id_expires_on_idx" ON "point_lot"("shop_id", "expires_on");

-- CreateIndex
CREATE INDEX "earn_event_shop_id_customer_id_happened_on_idx" ON "earn_event"("shop_id", "customer_id", "happened_on");

-- CreateIndex
CREATE INDEX "earn_event_shop_id_kind_rule_id_idx" ON "earn_event"("shop_id", "kind", "rule_id");

-- CreateIndex
CREATE INDEX "redemption_shop_id_customer_id_held_at_idx" ON "redemption"("shop_id", "customer_id", "held_at");

-- CreateIndex
CREATE INDEX "redemption_shop_id_code_idx" ON "redemption"("shop_id", "code");

-- CreateIndex
CREATE INDEX "redemption_shop_id_state_idx" ON "redemption"("shop_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "referral_code_shop_id_code_key" ON "referral_code"("shop_id", "code");

-- CreateIndex
CREATE INDEX "referral_shop_id_advocate_id_ordered_at_idx" ON "referral"("shop_id", "advocate_id", "ordered_at");

-- CreateIndex
CREATE INDEX "referral_shop_id_friend_id_idx" ON "referral"("shop_id", "friend_id");

-- CreateIndex
CREATE INDEX "referral_shop_id_state_idx" ON "referral"("shop_id", "state");

-- CreateIndex
CREATE INDEX "customer_alias_shop_id_kept_id_idx" ON "customer_alias"("shop_id", "kept_id");

-- CreateIndex
CREATE INDEX "orders_shop_id_buyer_id_placed_at_idx" ON "orders"("shop_id", "buyer_id", "placed_at");

-- CreateIndex
CREATE INDEX "collection_product_shop_id_product_id_idx" ON "collection_product"("shop_id", "product_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_revenue_minor_customer_id_idx" ON "customer_profile"("shop_id", "revenue_minor" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_last_order_on_customer_id_idx" ON "customer_profile"("shop_id", "last_order_on" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_stake_minor_customer_id_idx" ON "customer_profile"("shop_id", "stake_minor" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_chance_90_customer_id_idx" ON "customer_profile"("shop_id", "chance_90" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_next_order_on_customer_id_idx" ON "customer_profile"("shop_id", "next_order_on" DESC, "customer_id");

-- CreateIndex
CREATE INDEX "customer_profile_shop_id_stage_idx" ON "customer_profile"("shop_id", "stage");

-- CreateIndex
CREATE UNIQUE INDEX "segment_shop_id_ready_key_key" ON "segment"("shop_id", "ready_key");

-- CreateIndex
CREATE INDEX "segment_member_shop_id_customer_id_idx" ON "segment_member"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "segment_move_shop_id_customer_id_id_idx" ON "segment_move"("shop_id", "customer_id", "id");

-- CreateIndex
CREATE INDEX "segment_move_shop_id_segment_id_moved_at_idx" ON "segment_move"("shop_id", "segment_id", "moved_at");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_customer_id_idx" ON "segment_telling"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_segment_id_is_refused_idx" ON "segment_telling"("shop_id", "segment_id", "is_refused");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_is_refused_id_idx" ON "segment_telling"("shop_id", "is_refused", "id");

-- CreateIndex
CREATE INDEX "session_domain_idx" ON "session"("domain");

-- CreateIndex
CREATE INDEX "survey_ask_shop_id_customer_id_idx" ON "survey_ask"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "survey_answer_shop_id_survey_id_answered_at_idx" ON "survey_answer"("shop_id", "survey_id", "answered_at");

-- CreateIndex
CREATE INDEX "survey_answer_shop_id_customer_id_idx" ON "survey_answer"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_answer_shop_id_survey_id_customer_id_key" ON "survey_answer"("shop_id", "survey_id", "customer_id");

-- CreateIndex
CREATE INDEX "reconcile_shop_id_started_at_idx" ON "reconcile"("shop_id", "started_at");

-- CreateIndex
CREATE INDEX "kpi_goal_shop_id_state_idx" ON "kpi_goal"("shop_id", "state");

-- CreateIndex
CREATE INDEX "annotation_shop_id_from_day_idx" ON "annotation"("shop_id", "from_day");
