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
CREATE TABLE "customer_mark" (
    "shop_id" BIGINT NOT NULL,
    "customer_id" BIGINT NOT NULL,
    "mark" TEXT NOT NULL,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_mark_pkey" PRIMARY KEY ("shop_id","customer_id","mark")
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
    "told_tags" TEXT[],

    CONSTRAINT "survey_answer_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "survey_setting" (
    "shop_id" BIGINT NOT NULL,
    "rest_days" INTEGER NOT NULL DEFAULT 30,
    "change" INTEGER NOT NULL DEFAULT 0,
    "told_change" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "survey_setting_pkey" PRIMARY KEY ("shop_id")
);

-- CreateIndex
CREATE INDEX "followup_task_shop_id_customer_id_idx" ON "followup_task"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "survey_ask_shop_id_customer_id_idx" ON "survey_ask"("shop_id", "customer_id");

-- CreateIndex
CREATE INDEX "survey_answer_shop_id_survey_id_answered_at_idx" ON "survey_answer"("shop_id", "survey_id", "answered_at");

-- CreateIndex
CREATE INDEX "survey_answer_shop_id_customer_id_idx" ON "survey_answer"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_answer_shop_id_survey_id_customer_id_key" ON "survey_answer"("shop_id", "survey_id", "customer_id");
