-- Two changes of one agent may stand on a host: what was taken as right is of one of them. SQLite changes no primary key,
-- so the table is made anew and its rows are kept; no other table refers to it.
CREATE TABLE "new_drift_adoption" (
    "hostId" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "changeId" INTEGER NOT NULL,
    "items" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,

    PRIMARY KEY ("hostId", "agentId", "changeId"),
    CONSTRAINT "drift_adoption_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "drift_adoption_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_drift_adoption" ("hostId", "agentId", "changeId", "items", "by", "at")
SELECT "hostId", "agentId", "changeId", "items", "by", "at" FROM "drift_adoption";
DROP TABLE "drift_adoption";
ALTER TABLE "new_drift_adoption" RENAME TO "drift_adoption";
CREATE INDEX "drift_adoption_changeId_idx" ON "drift_adoption"("changeId");
