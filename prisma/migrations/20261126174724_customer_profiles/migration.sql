-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "birth_on" DATE,
ADD COLUMN     "shopify_rfm_group" TEXT;

-- AlterTable
ALTER TABLE "customer_fact" ADD COLUMN     "first_day_revenue_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "gap_log_sum" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "purchase_days" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "refresh_lock" ADD COLUMN     "rebuilt_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "moved_customer" (
    "shop_id" BIGINT NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "customer_id" BIGINT NOT NULL,

    CONSTRAINT "moved_customer_pkey" PRIMARY KEY ("shop_id","id")
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

-- CreateIndex
CREATE INDEX "followup_entry_shop_id_customer_id_id_idx" ON "followup_entry"("shop_id", "customer_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "followup_entry_shop_id_wish_id_customer_id_key" ON "followup_entry"("shop_id", "wish_id", "customer_id");

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
CREATE INDEX "segment_move_shop_id_segment_id_id_idx" ON "segment_move"("shop_id", "segment_id", "id");

-- CreateIndex
CREATE INDEX "segment_telling_shop_id_customer_id_idx" ON "segment_telling"("shop_id", "customer_id");

-- What the new columns hold, for shops that were here before: rebuilding their sums would take longer.
UPDATE "customer_fact" f SET purchase_days = s.purchase_days, first_day_revenue_minor = s.first_day_revenue_minor, gap_log_sum = s.gap_log_sum
  FROM (
    SELECT c.shop_id, c.buyer_id,
           (count(*) FILTER (WHERE c.previous_day IS NULL OR c.previous_day < c.day))::int AS purchase_days,
           (coalesce(sum(c.revenue_minor) FILTER (WHERE c.day = g.first_order_on), 0))::bigint AS first_day_revenue_minor,
           (coalesce(round((sum(ln((c.day - c.previous_day)::float8)) FILTER (WHERE c.previous_day < c.day))::numeric, 6), 0))::float8 AS gap_log_sum
      FROM "counted_order" c JOIN "customer_fact" g ON g.shop_id = c.shop_id AND g.customer_id = c.buyer_id
     GROUP BY 1, 2) s
 WHERE f.shop_id = s.shop_id AND f.customer_id = s.buyer_id;
UPDATE "refresh_lock" l SET rebuilt_at = refreshed_at
 WHERE EXISTS (SELECT 1 FROM "backfill_part" b WHERE b.shop_id = l.shop_id) AND NOT EXISTS (SELECT 1 FROM "backfill_part" b WHERE b.shop_id = l.shop_id AND b.finished_at IS NULL);
