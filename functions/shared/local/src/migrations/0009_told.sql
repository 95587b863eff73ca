-- A notice may go to more than one: who has it already, while it waits for another.
ALTER TABLE outbox ADD COLUMN told TEXT NOT NULL DEFAULT '{}'; -- JSON
