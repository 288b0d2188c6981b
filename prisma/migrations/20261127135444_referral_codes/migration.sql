-- AlterTable
ALTER TABLE "referral_code" DROP CONSTRAINT "referral_code_pkey",
ADD CONSTRAINT "referral_code_pkey" PRIMARY KEY ("shop_id", "customer_id", "version");
