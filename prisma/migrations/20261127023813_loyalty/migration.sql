-- AlterTable
ALTER TABLE "moved_customer" ADD COLUMN     "reader" TEXT NOT NULL DEFAULT 'segments';

-- CreateTable
CREATE TABLE "programme" (
    "shop_id" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "draft" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "done_up_to" BIGINT NOT NULL DEFAULT 0,
    "shown_version" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "broken_count" INTEGER NOT NULL DEFAULT 0,

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
CREATE TABLE "collection_product" (
    "shop_id" BIGINT NOT NULL,
    "collection_id" BIGINT NOT NULL,
    "product_id" BIGINT NOT NULL,

    CONSTRAINT "collection_product_pkey" PRIMARY KEY ("shop_id","collection_id","product_id")
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

    CONSTRAINT "referral_code_pkey" PRIMARY KEY ("shop_id","customer_id")
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
CREATE INDEX "moved_customer_shop_id_reader_id_idx" ON "moved_customer"("shop_id", "reader", "id");

-- Lines of the ledger stay as they were written. Only erasing a person or a shop, which the law demands, may touch them, and says so first:
-- set_config('regulars.erasing', 'on', true). On Citus: prisma/citus.sql.
CREATE FUNCTION "keep_ledger"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('regulars.erasing', true) = 'on' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'ledger entries are never changed or deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "keep_ledger" BEFORE UPDATE OR DELETE ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION "keep_ledger"();
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_points_check" CHECK ("points" <> 0 AND "sequence" > 0);
ALTER TABLE "point_lot" ADD CONSTRAINT "point_lot_remaining_check" CHECK ("remaining" > 0);
ALTER TABLE "member" ADD CONSTRAINT "member_pending_check" CHECK ("pending" >= 0 AND "waiting" >= 0);
