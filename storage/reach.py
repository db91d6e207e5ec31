# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which bundles each record came in: to say what another laptop can hold of what is held here."""

from collections.abc import Iterator

from desktop_app.casework.records import RecordId
from storage.store import Store

AT_ONCE = 5_000


def touched_by(store: Store) -> Iterator[tuple[str, str, RecordId, bytes]]:
    """Yield of each record that is not withdrawn: form, audience, client, and its trail."""
    after = 0
    while True:
        rows = store.rows(
            "SELECT place, form, audience, client, trail FROM record"
            " WHERE place > ? AND withdrawn = 0 ORDER BY place LIMIT ?",
            (after, AT_ONCE),
        )
        if not rows:
            return
        yield from (row[1:] for row in rows)
        after = rows[-1][0]
