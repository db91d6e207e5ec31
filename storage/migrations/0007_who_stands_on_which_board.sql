-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- Who may stand on which board from which day, by whose it is ('' for everybody's). Derived.
CREATE TABLE board (
    board TEXT NOT NULL,
    person TEXT NOT NULL,
    day TEXT NOT NULL,
    client BLOB NOT NULL,
    PRIMARY KEY (board, person, day, client)
) WITHOUT ROWID;
CREATE INDEX board_client ON board (client);

-- Clients the boards are to go through again.
CREATE TABLE board_again (
    client BLOB PRIMARY KEY
) WITHOUT ROWID;
