-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- Whose rows on a board were worked out, until when they hold, and by what.
CREATE TABLE board_worked (
    board TEXT NOT NULL,
    client BLOB NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    worked_by TEXT NOT NULL,
    rows INTEGER NOT NULL,
    late INTEGER NOT NULL,
    PRIMARY KEY (board, client)
) WITHOUT ROWID;
CREATE INDEX board_worked_client ON board_worked (client);

-- Those rows, in their order. All of it is derived.
CREATE TABLE board_row (
    board TEXT NOT NULL,
    place BLOB NOT NULL,
    client BLOB NOT NULL,
    due BLOB NOT NULL,
    PRIMARY KEY (board, place)
) WITHOUT ROWID;
CREATE INDEX board_row_client ON board_row (client);
