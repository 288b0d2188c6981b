-- AlterTable
ALTER TABLE "survey_answer" ADD COLUMN     "claimed_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "survey_setting" DROP COLUMN "change",
DROP COLUMN "told_change",
ADD COLUMN     "is_told_live" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "told_hash" TEXT NOT NULL DEFAULT '';
