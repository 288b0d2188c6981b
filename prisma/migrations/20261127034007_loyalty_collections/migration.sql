-- AlterTable
ALTER TABLE "programme" ADD COLUMN     "collections_read_at" TIMESTAMPTZ(3);
