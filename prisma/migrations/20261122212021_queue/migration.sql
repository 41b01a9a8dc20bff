-- AlterTable
ALTER TABLE "change" ADD COLUMN "beginAt" DATETIME;
ALTER TABLE "change" ADD COLUMN "canaryId" TEXT;
ALTER TABLE "change" ADD COLUMN "stopAskedBy" TEXT;

-- AlterTable
ALTER TABLE "host" ADD COLUMN "windows" TEXT NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "two_people_tag" (
    "tag" TEXT NOT NULL PRIMARY KEY,
    "setBy" TEXT NOT NULL,
    "setAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
