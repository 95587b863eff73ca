-- Times are texts of fixed width (YYYY-MM-DDTHH:MM:SS.nnnnnnnnnZ), so that their order is the order of time.

-- The events are the record; `cases` and the tables by which cases are found follow from them.
CREATE TABLE cases (
    id       TEXT NOT NULL PRIMARY KEY,
    version  INTEGER NOT NULL,
    mission  TEXT NOT NULL,
    status   TEXT NOT NULL,
    due_at   TEXT NOT NULL,
    row      TEXT NOT NULL, -- what the worklist shows, JSON
    snapshot TEXT NOT NULL  -- the fold of the events, JSON
) STRICT;
CREATE INDEX worklist_of_mission ON cases (mission, status, due_at, id);
CREATE INDEX worklist_of_all ON cases (status, due_at, id);

CREATE TABLE events (
    case_id  TEXT NOT NULL REFERENCES cases (id),
    version  INTEGER NOT NULL,
    recorded TEXT NOT NULL, -- JSON
    PRIMARY KEY (case_id, version)
) STRICT;

CREATE TABLE scan_cases (
    scan    TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (scan, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX scans_of_case ON scan_cases (case_id);

CREATE TABLE person_cases (
    iin     TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (iin, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_of_case ON person_cases (case_id);

CREATE TABLE outbox (
    number  INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of writing
    case_id TEXT NOT NULL REFERENCES cases (id),
    version INTEGER NOT NULL,
    notice  TEXT NOT NULL, -- JSON
    sent_at TEXT,
    UNIQUE (case_id, version)
) STRICT;
CREATE INDEX outbox_waiting ON outbox (number) WHERE sent_at IS NULL;

CREATE TABLE readings (
    scan   TEXT NOT NULL,
    reader TEXT NOT NULL,
    seen   TEXT NOT NULL, -- JSON
    PRIMARY KEY (scan, reader)
) STRICT;
