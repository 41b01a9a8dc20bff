-- AlterTable
ALTER TABLE "change" ADD COLUMN "committedAt" DATETIME;

-- AlterTable
ALTER TABLE "change_host" ADD COLUMN "deadlineAt" DATETIME;
ALTER TABLE "change_host" ADD COLUMN "deadlineS" INTEGER;
