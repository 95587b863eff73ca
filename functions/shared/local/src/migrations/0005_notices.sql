-- A notice has tries, a time of the next one, and an end, of which being sent is one.
ALTER TABLE outbox ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN next_at TEXT NOT NULL DEFAULT ''; -- never tried: before every time
ALTER TABLE outbox ADD COLUMN settled TEXT; -- JSON
UPDATE outbox SET settled = json_object('at', sent_at, 'end', 'sent') WHERE sent_at IS NOT NULL;
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (next_at, number) WHERE settled IS NULL;
ALTER TABLE outbox DROP COLUMN sent_at;
