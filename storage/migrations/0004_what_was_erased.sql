-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0
--
-- What was erased, and what still has to lose its words. All of it is derived from the log.

-- Records that are never shown again, whenever a change to them comes.
CREATE TABLE erased (
    record BLOB NOT NULL,
    audience TEXT NOT NULL,
    decision BLOB NOT NULL,             -- the record that says who decided it, when and why
    PRIMARY KEY (record, audience)
) WITHOUT ROWID;

-- Bundles of the log that hold words of erased records, by audience.
CREATE TABLE stale (
    feed INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    audience TEXT NOT NULL,
    PRIMARY KEY (feed, seq, audience)
) WITHOUT ROWID;

-- Sections of bundles that were replaced, as those who may have announced it.
CREATE TABLE repacked (
    bundle BLOB NOT NULL,               -- its id
    place INTEGER NOT NULL,             -- which section
    turn INTEGER NOT NULL,              -- how often it was replaced
    hash BLOB NOT NULL,                 -- of the section now
    done INTEGER NOT NULL,              -- 1: the log of this laptop holds this one, or a later one
    PRIMARY KEY (bundle, place, turn, hash)
) WITHOUT ROWID;
