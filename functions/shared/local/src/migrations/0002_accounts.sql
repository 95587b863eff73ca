CREATE TABLE accounts (
    name    TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    key      TEXT NOT NULL PRIMARY KEY, -- sha256 of the browser's secret
    account  TEXT NOT NULL REFERENCES accounts (name),
    began_at TEXT NOT NULL,
    used_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_account ON sessions (account);
CREATE INDEX sessions_by_age ON sessions (began_at);

CREATE TABLE failed_logins (
    name    TEXT NOT NULL PRIMARY KEY, -- of an account or of none
    count   INTEGER NOT NULL,
    last_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
