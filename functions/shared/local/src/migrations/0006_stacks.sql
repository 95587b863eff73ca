-- Stacks of paper, and what was seen on their pages so far: reading goes on from there.
CREATE TABLE stacks (
    id      TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    mission TEXT NOT NULL,
    came_at TEXT NOT NULL,
    to_do   INTEGER NOT NULL, -- 1 until every page is where its fate says
    stack   TEXT NOT NULL     -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX stacks_by_age ON stacks (came_at DESC);
CREATE INDEX stacks_of_mission ON stacks (mission, came_at DESC);
CREATE INDEX stacks_to_do ON stacks (came_at) WHERE to_do = 1;

CREATE TABLE stack_pages (
    stack     TEXT NOT NULL REFERENCES stacks (id),
    file      INTEGER NOT NULL,
    page      INTEGER NOT NULL,
    digest    TEXT,          -- of its pixels; none where it cannot be shown
    seen      TEXT NOT NULL, -- JSON
    thumbnail BLOB NOT NULL,
    PRIMARY KEY (stack, file, page)
) STRICT;
CREATE INDEX stack_pages_by_digest ON stack_pages (digest) WHERE digest IS NOT NULL;
