-- SPDX-FileCopyrightText: 2026 The Tandem contributors
-- SPDX-License-Identifier: Apache-2.0

-- A client is also found by further addresses and telephones.
CREATE INDEX record_further ON record (client) WHERE form = 'reach';
INSERT INTO recount SELECT DISTINCT client, 1 FROM record WHERE form = 'reach'
    ON CONFLICT (client) DO UPDATE SET what = what | 1;
