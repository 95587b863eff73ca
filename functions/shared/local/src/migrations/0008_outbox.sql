-- A notice may be of an application that is no case yet: the outbox refers to cases no longer.
CREATE TABLE outbox_of_all (
    number  INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of writing
    case_id TEXT NOT NULL,
    version INTEGER NOT NULL, -- 0: of an application
    notice  TEXT NOT NULL, -- JSON
    tries   INTEGER NOT NULL DEFAULT 0,
    next_at TEXT NOT NULL DEFAULT '', -- never tried: before every time
    settled TEXT, -- JSON
    UNIQUE (case_id, version)
) STRICT;
INSERT INTO outbox_of_all SELECT number, case_id, version, notice, tries, next_at, settled FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_of_all RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (next_at, number) WHERE settled IS NULL;
