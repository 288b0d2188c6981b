-- CreateTable
CREATE TABLE "api_key" (
    "shop_id" BIGINT NOT NULL,
    "secret" BYTEA NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("shop_id")
);

-- Somebody is found by an address: other systems know no number of Shopify's.
CREATE INDEX "customer_shop_id_lower_email_idx" ON "customer" ("shop_id", lower("email"));
