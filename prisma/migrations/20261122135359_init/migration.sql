-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'viewer',
    "banned" BOOLEAN DEFAULT false,
    "banReason" TEXT,
    "banExpires" DATETIME,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "token" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "ipAddress" TEXT,
    "userAgent" TEXT,
    "impersonatedBy" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "userId" TEXT NOT NULL,
    CONSTRAINT "session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "providerId" TEXT NOT NULL,
    "accessToken" TEXT,
    "refreshToken" TEXT,
    "idToken" TEXT,
    "accessTokenExpiresAt" DATETIME,
    "refreshTokenExpiresAt" DATETIME,
    "scope" TEXT,
    "password" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "userId" TEXT NOT NULL,
    CONSTRAINT "account_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "role" TEXT,
    "email" TEXT,
    "userId" TEXT,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "createdBy" TEXT,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "credential" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "algorithm" TEXT,
    "fingerprint" TEXT,
    "publicLine" TEXT,
    "sealed" BLOB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "host" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "port" INTEGER NOT NULL DEFAULT 22,
    "login" TEXT NOT NULL,
    "privilege" TEXT NOT NULL,
    "sshProfile" TEXT NOT NULL DEFAULT 'modern',
    "notes" TEXT NOT NULL DEFAULT '',
    "sealedSudo" BLOB,
    "credentialId" TEXT,
    "jumpHostId" TEXT,
    "hypervisorId" TEXT,
    "reach" TEXT NOT NULL DEFAULT 'unread',
    "reachDetail" TEXT,
    "reachAt" DATETIME,
    "factsAt" DATETIME,
    "latestFacts" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "host_credentialId_fkey" FOREIGN KEY ("credentialId") REFERENCES "credential" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "host_jumpHostId_fkey" FOREIGN KEY ("jumpHostId") REFERENCES "host" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "host_hypervisorId_fkey" FOREIGN KEY ("hypervisorId") REFERENCES "host" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "host_tag" (
    "hostId" TEXT NOT NULL,
    "tag" TEXT NOT NULL,

    PRIMARY KEY ("hostId", "tag"),
    CONSTRAINT "host_tag_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "host_key" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hostId" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "seenAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" DATETIME,
    "decidedBy" TEXT,
    CONSTRAINT "host_key_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "facts_reading" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "hostId" TEXT NOT NULL,
    "tier" TEXT NOT NULL,
    "takenAt" DATETIME NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "roundTrips" INTEGER NOT NULL,
    "data" TEXT NOT NULL,
    CONSTRAINT "facts_reading_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "change" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "agentId" TEXT NOT NULL,
    "agentVersion" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "outcome" TEXT,
    "detail" TEXT,
    "digest" TEXT NOT NULL,
    "sealedPlan" BLOB NOT NULL,
    "askedBy" TEXT NOT NULL,
    "askedById" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "approvedBy" TEXT,
    "approvedById" TEXT,
    "approvedAt" DATETIME,
    "expiresAt" DATETIME,
    "startedAt" DATETIME,
    "endedAt" DATETIME,
    "revertsId" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "change_revertsId_fkey" FOREIGN KEY ("revertsId") REFERENCES "change" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "change_host" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "changeId" INTEGER NOT NULL,
    "hostId" TEXT,
    "hostKeptId" TEXT NOT NULL,
    "hostName" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "outcome" TEXT,
    "detail" TEXT,
    "directory" TEXT,
    "journalOffset" INTEGER NOT NULL DEFAULT 0,
    "bootId" TEXT,
    "uptimeZero" DATETIME,
    "startedAt" DATETIME,
    "endedAt" DATETIME,
    CONSTRAINT "change_host_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "change_host_hostId_fkey" FOREIGN KEY ("hostId") REFERENCES "host" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "journal_line" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "changeId" INTEGER NOT NULL,
    "hostId" TEXT,
    "hostName" TEXT,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "stepId" TEXT,
    "text" TEXT NOT NULL,
    CONSTRAINT "journal_line_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "proof_row" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "changeId" INTEGER NOT NULL,
    "hostId" TEXT NOT NULL,
    "hostName" TEXT NOT NULL,
    "checkId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "weight" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "seen" TEXT,
    "verdict" TEXT,
    "at" DATETIME,
    CONSTRAINT "proof_row_changeId_fkey" FOREIGN KEY ("changeId") REFERENCES "change" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "draft" (
    "userId" TEXT NOT NULL,
    "wizard" TEXT NOT NULL,
    "data" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("userId", "wizard"),
    CONSTRAINT "draft_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "audit_row" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "actorId" TEXT,
    "actor" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "objectId" TEXT,
    "label" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '{}',
    "mac" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_userId_idx" ON "session"("userId");

-- CreateIndex
CREATE INDEX "account_userId_idx" ON "account"("userId");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_tokenHash_key" ON "one_time_link"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "credential_name_key" ON "credential"("name");

-- CreateIndex
CREATE UNIQUE INDEX "host_name_key" ON "host"("name");

-- CreateIndex
CREATE INDEX "host_credentialId_idx" ON "host"("credentialId");

-- CreateIndex
CREATE INDEX "host_jumpHostId_idx" ON "host"("jumpHostId");

-- CreateIndex
CREATE INDEX "host_hypervisorId_idx" ON "host"("hypervisorId");

-- CreateIndex
CREATE INDEX "host_tag_tag_idx" ON "host_tag"("tag");

-- CreateIndex
CREATE INDEX "host_key_hostId_state_idx" ON "host_key"("hostId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "host_key_hostId_algorithm_key_key" ON "host_key"("hostId", "algorithm", "key");

-- CreateIndex
CREATE INDEX "facts_reading_hostId_takenAt_idx" ON "facts_reading"("hostId", "takenAt");

-- CreateIndex
CREATE INDEX "facts_reading_takenAt_idx" ON "facts_reading"("takenAt");

-- CreateIndex
CREATE INDEX "change_state_idx" ON "change"("state");

-- CreateIndex
CREATE INDEX "change_askedAt_idx" ON "change"("askedAt");

-- CreateIndex
CREATE INDEX "change_host_hostId_idx" ON "change_host"("hostId");

-- CreateIndex
CREATE UNIQUE INDEX "change_host_changeId_hostKeptId_key" ON "change_host"("changeId", "hostKeptId");

-- CreateIndex
CREATE INDEX "journal_line_changeId_id_idx" ON "journal_line"("changeId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "proof_row_changeId_hostId_checkId_key" ON "proof_row"("changeId", "hostId", "checkId");

-- CreateIndex
CREATE INDEX "audit_row_at_idx" ON "audit_row"("at");

-- CreateIndex
CREATE INDEX "audit_row_verb_idx" ON "audit_row"("verb");

-- CreateIndex
CREATE INDEX "audit_row_object_objectId_idx" ON "audit_row"("object", "objectId");
