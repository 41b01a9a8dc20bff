-- CreateTable
CREATE TABLE "catalog" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "dialect" TEXT NOT NULL,
    "hostId" TEXT,
    "address" TEXT,
    "port" INTEGER,
    "database" TEXT,
    "login" TEXT,
    "sealedPassword" BLOB,
    "path" TEXT,
    "directorHostId" TEXT,
    "consoleConfig" TEXT,
    "zone" TEXT NOT NULL,
    "zoneSource" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "schemaVersion" INTEGER NOT NULL,
    "limits" TEXT NOT NULL DEFAULT '{}',
    "readAt" DATETIME,
    "trouble" TEXT,
    "snapshot" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "catalog_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "catalog_directorHostId_fkey" FOREIGN KEY ("directorHostId") REFERENCES "host" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "backup_job" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "catalogId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "clientName" TEXT NOT NULL,
    "hostId" TEXT,
    "state" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "lastGoodAt" DATETIME,
    "dueBy" DATETIME,
    "lastStatus" TEXT,
    "lastJobId" INTEGER,
    "readAt" DATETIME NOT NULL,
    CONSTRAINT "backup_job_catalogId_fkey" FOREIGN KEY ("catalogId") REFERENCES "catalog" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "backup_job_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "pool_sample" (
    "catalogId" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "volumes" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,
    "capacityBytes" BIGINT,
    "prunableBytes" BIGINT NOT NULL,
    "reclaimableBytes" BIGINT NOT NULL,

    PRIMARY KEY ("catalogId", "pool", "day"),
    CONSTRAINT "pool_sample_catalogId_fkey" FOREIGN KEY ("catalogId") REFERENCES "catalog" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "catalog_size_sample" (
    "catalogId" TEXT NOT NULL,
    "table" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "rows" BIGINT,
    "bytes" BIGINT,

    PRIMARY KEY ("catalogId", "table", "day"),
    CONSTRAINT "catalog_size_sample_catalogId_fkey" FOREIGN KEY ("catalogId") REFERENCES "catalog" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "catalog_name_key" ON "catalog"("name");

-- CreateIndex
CREATE INDEX "catalog_hostId_idx" ON "catalog"("hostId");

-- CreateIndex
CREATE INDEX "catalog_directorHostId_idx" ON "catalog"("directorHostId");

-- CreateIndex
CREATE INDEX "backup_job_hostId_idx" ON "backup_job"("hostId");

-- CreateIndex
CREATE INDEX "backup_job_state_idx" ON "backup_job"("state");

-- CreateIndex
CREATE UNIQUE INDEX "backup_job_catalogId_name_clientName_key" ON "backup_job"("catalogId", "name", "clientName");
