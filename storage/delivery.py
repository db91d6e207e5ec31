# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the log knows of many bundles at once, without the bundles themselves."""

from collections.abc import Iterator

from storage.store import Store

AT_ONCE = 5_000


def in_order(store: Store) -> Iterator[tuple[int, int, bytes]]:
    """Yield feed, number and id of every bundle, the first that was delivered first."""
    after = 0
    while page := store.rows(
        "SELECT place, feed, seq, id FROM bundle WHERE place > ? ORDER BY place LIMIT ?",
        (after, AT_ONCE),
    ):
        yield from ((feed, seq, id_) for _place, feed, seq, id_ in page)
        after = page[-1][0]


def id_of(store: Store, feed: int, seq: int) -> bytes | None:
    """Return the id of a bundle of the log; None when it is not there."""
    rows = store.rows("SELECT id FROM bundle WHERE feed = ? AND seq = ?", (feed, seq))
    return rows[0][0] if rows else None


def told(store: Store) -> dict[int, dict[int, int]]:
    """Return, per feed, how far into it each other feed has told to have seen."""
    found: dict[int, dict[int, int]] = {}
    for feed, other, seq in store.rows("SELECT feed, other, seq FROM seen"):
        found.setdefault(other, {})[feed] = seq
    return found


def sizes(store: Store) -> dict[tuple[int, int], int]:
    """Return how many bytes every bundle of the log has, by feed and number."""
    rows = store.rows("SELECT feed, seq, length(raw) FROM bundle JOIN bundle_raw USING (place)")
    return {(feed, seq): size for feed, seq, size in rows}


def set_aside(store: Store) -> list[tuple[str, str, int]]:
    """Return where each file lies that was set aside, why, and how often it was tried."""
    return store.rows("SELECT path, reason, tries FROM set_aside ORDER BY path")


def not_whole(store: Store, whole: int) -> set[tuple[int, int]]:
    """Return the bundles of the log that were not read whole, by feed and number."""
    rows = store.rows("SELECT feed, seq FROM bundle WHERE unread <> '' OR state <> ?", (whole,))
    return {(feed, seq) for feed, seq in rows}


def records(store: Store, *, before: bytes = b"") -> int:
    """Return how many records are held, of all ids or of those before one."""
    rows = store.rows("SELECT count(*) FROM record WHERE ?1 = x'' OR id < ?1", (before,))
    count: int = rows[0][0]
    return count
