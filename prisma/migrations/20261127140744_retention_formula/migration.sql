-- CreateTable
CREATE TABLE "analytics_setting" (
    "shop_id" BIGINT NOT NULL,
    "formula" TEXT NOT NULL,

    CONSTRAINT "analytics_setting_pkey" PRIMARY KEY ("shop_id")
);
