-- Who an account is to an OpenID provider: no two accounts are the same person of it.
ALTER TABLE accounts ADD COLUMN identity TEXT; -- issuer, a space, subject; NULL where it has a password
CREATE UNIQUE INDEX accounts_by_identity ON accounts (identity);

CREATE TABLE sign_ins (
    key      TEXT NOT NULL PRIMARY KEY, -- sha256 of the browser's secret
    began_at TEXT NOT NULL,
    next     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_by_age ON sign_ins (began_at);
