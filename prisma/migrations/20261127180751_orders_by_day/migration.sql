-- CreateIndex
CREATE INDEX "counted_order_shop_id_day_order_id_idx" ON "counted_order"("shop_id", "day", "order_id");
