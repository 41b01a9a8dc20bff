-- CreateTable
CREATE TABLE "failover_pair" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "address" TEXT NOT NULL,
    "prefix" INTEGER NOT NULL,
    "activeHostId" TEXT NOT NULL,
    "activeDevice" TEXT NOT NULL,
    "standbyHostId" TEXT NOT NULL,
    "standbyDevice" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "failover_pair_activeHostId_fkey" FOREIGN KEY ("activeHostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "failover_pair_standbyHostId_fkey" FOREIGN KEY ("standbyHostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "failover_pair_address_key" ON "failover_pair"("address");

-- CreateIndex
CREATE INDEX "failover_pair_activeHostId_idx" ON "failover_pair"("activeHostId");

-- CreateIndex
CREATE INDEX "failover_pair_standbyHostId_idx" ON "failover_pair"("standbyHostId");
