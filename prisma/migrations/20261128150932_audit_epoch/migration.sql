-- CreateTable
CREATE TABLE "audit_epoch" (
    "lastRow" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sealedKey" BLOB NOT NULL
);
