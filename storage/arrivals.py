# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""When bundles arrived on this laptop, by its own clock: one row for all that came at once."""

from storage.store import Store


def note(store: Store, *, now_ms: int) -> None:
    """Keep that the bundles last added to the log have arrived, in the transaction that adds them.

    Args:
        store: the vault.
        now_ms: when, UTC milliseconds.
    """
    store.write("INSERT OR REPLACE INTO arrival SELECT max(place), ? FROM bundle", (now_ms,))


def arrived(store: Store, feed: int, seq: int) -> int | None:
    """Return when a bundle arrived, UTC milliseconds; None where it is not known."""
    rows = store.rows(
        "SELECT at_ms FROM arrival WHERE place >="
        " (SELECT place FROM bundle WHERE feed = ? AND seq = ?) ORDER BY place LIMIT 1",
        (feed, seq),
    )
    return rows[0][0] if rows else None


def place_of(store: Store, feed: int, seq: int) -> int | None:
    """Return where a bundle stands in the order of delivery; None when it is not held."""
    rows = store.rows("SELECT place FROM bundle WHERE feed = ? AND seq = ?", (feed, seq))
    return rows[0][0] if rows else None
