-- The record of deeds is append-only in the store itself. This keeps it from mistakes and from a bug; against somebody
-- who can drop a trigger stands the chain (npm run audit-verify).

-- CreateTrigger
CREATE TRIGGER "audit_row_stays" BEFORE UPDATE ON "audit_row"
BEGIN
    SELECT RAISE(ABORT, 'the record of deeds is append-only: no row is changed');
END;

-- CreateTrigger
-- Retention takes away from the front only, and only what a row of the chain itself names as its last.
CREATE TRIGGER "audit_row_is_kept" BEFORE DELETE ON "audit_row"
WHEN OLD."id" > COALESCE((
    SELECT CAST(json_extract("detail", '$.through') AS INTEGER) FROM "audit_row"
    WHERE "verb" = 'trim audit' ORDER BY "id" DESC LIMIT 1
), 0)
BEGIN
    SELECT RAISE(ABORT, 'the record of deeds is append-only: no row is taken away');
END;

-- CreateTrigger
-- INSERT OR REPLACE deletes without asking the trigger above. A number that is not given reads as -1 here.
CREATE TRIGGER "audit_row_is_last" BEFORE INSERT ON "audit_row"
WHEN NEW."id" >= 0 AND NEW."id" <= COALESCE((SELECT MAX("id") FROM "audit_row"), 0)
BEGIN
    SELECT RAISE(ABORT, 'the record of deeds is append-only: a row comes behind the last');
END;
