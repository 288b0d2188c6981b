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
CREATE INDEX "kpi_goal_shop_id_state_idx" ON "kpi_goal"("shop_id", "state");

-- CreateIndex
CREATE INDEX "annotation_shop_id_from_day_idx" ON "annotation"("shop_id", "from_day");
