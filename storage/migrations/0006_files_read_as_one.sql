-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- Clients whose files are read as part of another's, because they are one person. Derived.
CREATE TABLE joined (
    client BLOB PRIMARY KEY,
    head BLOB NOT NULL                  -- the client the person is shown as
) WITHOUT ROWID;
CREATE INDEX joined_head ON joined (head);

-- What a newer Tandem has found meanwhile was kept, and is followed from now on.
INSERT OR REPLACE INTO recount SELECT DISTINCT client, 7 FROM record WHERE form = 'same_person';
