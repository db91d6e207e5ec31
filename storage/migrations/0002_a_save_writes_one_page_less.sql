-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- The newest save that waits says how full its bundle is, so that `own` need not be written too.

ALTER TABLE pending RENAME TO pending_before;

CREATE TABLE pending (
    place INTEGER PRIMARY KEY,          -- one row for each save
    seq INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    last_at INTEGER NOT NULL,           -- the time of its newest change
    filled BLOB,                        -- msgpack: how full its bundle was then; none: to be counted
    raw BLOB NOT NULL                   -- msgpack array of changes
);
INSERT INTO pending SELECT place, seq, changes, 0, NULL, raw FROM pending_before;
DROP TABLE pending_before;

ALTER TABLE own DROP COLUMN open_seq;
ALTER TABLE own DROP COLUMN open_changes;
ALTER TABLE own DROP COLUMN open_bytes;
ALTER TABLE own DROP COLUMN open_next;
