-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "before_discounts_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "is_gift_card" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tax_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "current_shipping_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "has_tax_included" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "shipping_minor" BIGINT NOT NULL DEFAULT 0;

-- Of lines that are here already the price before discounts is not known; at least it was what was paid.
UPDATE "order_line" SET "before_discounts_minor" = "total_minor";
