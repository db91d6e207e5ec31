-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- When bundles of others arrived here: each row stands for the bundles of the log up to its place,
-- down to the row before. It is this laptop's own knowledge; nobody else is told.
CREATE TABLE arrival (
    place INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL
);
