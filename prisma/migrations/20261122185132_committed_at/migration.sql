-- AlterTable
ALTER TABLE "change" ADD COLUMN "committedAt" DATETIME;
