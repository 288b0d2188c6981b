-- CreateTable
CREATE TABLE "acquisition_cost" (
    "shop_id" BIGINT NOT NULL,
    "month" DATE NOT NULL,
    "purpose" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "acquisition_cost_pkey" PRIMARY KEY ("shop_id","month","purpose","channel")
);
