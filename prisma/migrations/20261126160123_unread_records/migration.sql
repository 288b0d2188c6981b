-- CreateTable
CREATE TABLE "unread_record" (
    "shop_id" BIGINT NOT NULL,
    "noun" TEXT NOT NULL,
    "id" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unread_record_pkey" PRIMARY KEY ("shop_id","noun","id")
);
