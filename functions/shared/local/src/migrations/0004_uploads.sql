-- What came piece by piece, and what became of it; `came_at` only while it has no end.
CREATE TABLE uploads (
    batch   TEXT NOT NULL,
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    came_at TEXT,
    upload  TEXT NOT NULL, -- JSON
    PRIMARY KEY (batch, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX uploads_without_end ON uploads (came_at) WHERE came_at IS NOT NULL;
