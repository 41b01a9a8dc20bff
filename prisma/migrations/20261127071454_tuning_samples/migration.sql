-- CreateTable
CREATE TABLE "tuning_sample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "hostId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "data" TEXT NOT NULL,
    CONSTRAINT "tuning_sample_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "tuning_sample_agentId_hostId_subject_at_idx" ON "tuning_sample"("agentId", "hostId", "subject", "at");

-- CreateIndex
CREATE INDEX "tuning_sample_at_idx" ON "tuning_sample"("at");
