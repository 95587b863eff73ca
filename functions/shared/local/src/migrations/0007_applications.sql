-- Applications on the portal, each found with its link's key only.
CREATE TABLE applications (
    reference    TEXT NOT NULL PRIMARY KEY,
    link         TEXT NOT NULL, -- keyed hash of the private link
    version      INTEGER NOT NULL,
    to_hand_over INTEGER NOT NULL, -- 1 while it was handed in and is no case
    application  TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX applications_to_hand_over ON applications (reference) WHERE to_hand_over = 1;

CREATE TABLE failed_openings (
    reference TEXT NOT NULL PRIMARY KEY, -- of an application or of none
    count     INTEGER NOT NULL,
    last_at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
