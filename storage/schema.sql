-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0
-- The schema as all migrations leave it. Written by `make schema`; change a migration, not this.

CREATE TABLE arrival (
    place INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL
);

CREATE TABLE board (
    board TEXT NOT NULL,
    person TEXT NOT NULL,
    day TEXT NOT NULL,
    client BLOB NOT NULL,
    PRIMARY KEY (board, person, day, client)
) WITHOUT ROWID;

CREATE INDEX board_client ON board (client);

CREATE TABLE board_again (
    client BLOB PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE board_row (
    board TEXT NOT NULL,
    place BLOB NOT NULL,
    client BLOB NOT NULL,
    due BLOB NOT NULL,
    PRIMARY KEY (board, place)
) WITHOUT ROWID;

CREATE INDEX board_row_client ON board_row (client);

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

CREATE TABLE bundle (
    place INTEGER PRIMARY KEY,          -- order of delivery
    feed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    roster_n INTEGER NOT NULL,
    state INTEGER NOT NULL,
    unread TEXT NOT NULL,               -- audiences not readable when it came
    UNIQUE (feed, seq)
);

CREATE TABLE bundle_raw (
    place INTEGER PRIMARY KEY REFERENCES bundle (place) ON DELETE CASCADE,
    raw BLOB NOT NULL
);

CREATE TABLE caseload (
    place INTEGER PRIMARY KEY,          -- its row in `words`
    client BLOB NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,                 -- folded, for sorting and for the first letters typed
    born TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    setting BLOB NOT NULL,              -- record id; empty when not known
    setting_code TEXT NOT NULL,
    key_worker TEXT NOT NULL,
    alerts INTEGER NOT NULL
);

CREATE INDEX caseload_born ON caseload (born);

CREATE INDEX caseload_last_seen ON caseload (last_seen, client);

CREATE INDEX caseload_name ON caseload (name, client);

CREATE INDEX caseload_reference ON caseload (reference);

CREATE INDEX caseload_setting ON caseload (setting_code, name);

CREATE TABLE document (
    kind TEXT NOT NULL,
    n INTEGER NOT NULL,
    id BLOB NOT NULL,
    raw BLOB NOT NULL,
    PRIMARY KEY (kind, n, id)
);

CREATE TABLE draft (
    form TEXT NOT NULL,
    client BLOB NOT NULL,
    record BLOB NOT NULL,
    author TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    answers BLOB NOT NULL,
    PRIMARY KEY (form, client, record, author)
);

CREATE TABLE erased (
    record BLOB NOT NULL,
    audience TEXT NOT NULL,
    decision BLOB NOT NULL,             -- the record that says who decided it, when and why
    PRIMARY KEY (record, audience)
) WITHOUT ROWID;

CREATE TABLE feed (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    device BLOB NOT NULL,
    head_seq INTEGER NOT NULL,
    head_id BLOB NOT NULL,
    last_at INTEGER NOT NULL
);

CREATE TABLE joined (
    client BLOB PRIMARY KEY,
    head BLOB NOT NULL                  -- the client the person is shown as
) WITHOUT ROWID;

CREATE INDEX joined_head ON joined (head);

CREATE TABLE outbox (
    place INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    raw BLOB NOT NULL
);

CREATE TABLE own (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    feed INTEGER,                       -- none before it has joined a team
    author TEXT NOT NULL,
    last_at INTEGER NOT NULL);

CREATE TABLE part (
    place INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    raw BLOB NOT NULL
);

CREATE TABLE pending (
    place INTEGER PRIMARY KEY,          -- one row for each save
    seq INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    last_at INTEGER NOT NULL,           -- the time of its newest change
    filled BLOB,                        -- msgpack: how full its bundle was then; none: to be counted
    raw BLOB NOT NULL                   -- msgpack array of changes
);

CREATE TABLE record (
    place INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    form TEXT NOT NULL,
    client BLOB NOT NULL,
    audience TEXT NOT NULL,
    author TEXT NOT NULL,
    happened TEXT NOT NULL,             -- its own date, else when it was made
    live BLOB NOT NULL,                 -- msgpack array of what is alive
    trail BLOB NOT NULL,                -- every bundle that touched it
    conflict INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL
);

CREATE INDEX record_client ON record (client, happened);

CREATE INDEX record_conflict ON record (happened) WHERE conflict;

CREATE INDEX record_form ON record (form, happened);

CREATE INDEX record_further ON record (client) WHERE form = 'reach';

CREATE TABLE recount (
    client BLOB PRIMARY KEY,
    what INTEGER NOT NULL               -- 1: what holds of them, 2: when they were last seen, 3: both
) WITHOUT ROWID;

CREATE TABLE refused (
    feed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    record BLOB NOT NULL,
    idx INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (feed, seq, record, idx)
) WITHOUT ROWID;

CREATE TABLE repacked (
    bundle BLOB NOT NULL,               -- its id
    place INTEGER NOT NULL,             -- which section
    turn INTEGER NOT NULL,              -- how often it was replaced
    hash BLOB NOT NULL,                 -- of the section now
    done INTEGER NOT NULL,              -- 1: the log of this laptop holds this one, or a later one
    PRIMARY KEY (bundle, place, turn, hash)
) WITHOUT ROWID;

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE seen (
    feed INTEGER NOT NULL,
    other INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (feed, other)
) WITHOUT ROWID;

CREATE TABLE set_aside (
    path TEXT PRIMARY KEY,
    raw BLOB NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    tries INTEGER NOT NULL
);

CREATE TABLE sound (
    sound TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (sound, place)
) WITHOUT ROWID;

CREATE INDEX sound_place ON sound (place);

CREATE TABLE stale (
    feed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    audience TEXT NOT NULL,
    PRIMARY KEY (feed, seq, audience)
) WITHOUT ROWID;

CREATE TABLE value (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    said, tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3', detail = none
);

CREATE TABLE works_with (
    person TEXT NOT NULL,
    client BLOB NOT NULL,
    PRIMARY KEY (person, client)
) WITHOUT ROWID;

CREATE INDEX works_with_client ON works_with (client);
