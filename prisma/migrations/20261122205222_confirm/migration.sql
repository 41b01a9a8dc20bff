-- AlterTable
ALTER TABLE "change" ADD COLUMN "keptBy" TEXT;
ALTER TABLE "change" ADD COLUMN "needsPerson" TEXT;
