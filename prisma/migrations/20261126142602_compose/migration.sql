-- AlterTable
ALTER TABLE "change" ADD COLUMN "firstAgentIds" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "drift_adoption" (
    "hostId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "changeId" INTEGER NOT NULL,
    "items" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("hostId", "agentId"),
    CONSTRAINT "drift_adoption_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "drift_adoption_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "drift_adoption_changeId_idx" ON "drift_adoption"("changeId");
