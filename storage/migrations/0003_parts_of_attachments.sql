-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- The content of letters and pictures, in locked parts as they travel, each named by its hash. The
-- keys stand in the records.
CREATE TABLE part (
    place INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    raw BLOB NOT NULL
);
