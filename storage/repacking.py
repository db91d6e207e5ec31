# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the log still has to lose of what was erased; asked by sync, which has the keys."""

from storage.erasing import UNSWEPT, Announced
from storage.errors import LaptopFull
from storage.store import Store


def stale(store: Store) -> dict[tuple[int, int], set[str]]:
    """Return the bundles of the log that hold words of erased records, with the audiences."""
    found: dict[tuple[int, int], set[str]] = {}
    for feed, seq, audience in store.rows("SELECT feed, seq, audience FROM stale"):
        found.setdefault((feed, seq), set()).add(audience)
    return found


def no_longer_stale(store: Store, feed: int, seq: int, audience: str) -> None:
    """Note that a bundle has lost its words."""
    store.write(
        "DELETE FROM stale WHERE feed = ? AND seq = ? AND audience = ?", (feed, seq, audience)
    )


def erased(store: Store) -> dict[str, set[bytes]]:
    """Return every record that was erased, by audience."""
    found: dict[str, set[bytes]] = {}
    for record, audience in store.rows("SELECT record, audience FROM erased"):
        found.setdefault(audience, set()).add(record)
    return found


def to_replace(store: Store) -> list[tuple[int, int, list[Announced]]]:
    """Return the bundles of the log whose replacement was announced and is not here yet."""
    if not store.rows("SELECT 1 FROM repacked WHERE NOT done LIMIT 1"):
        return []
    rows = store.rows(
        "SELECT feed, seq, bundle.id, place_of.place, turn, hash FROM repacked AS place_of"
        " JOIN bundle ON bundle.id = place_of.bundle WHERE NOT done ORDER BY feed, seq"
    )
    found: dict[tuple[int, int], list[Announced]] = {}
    for feed, seq, *what in rows:
        found.setdefault((feed, seq), []).append(Announced(*what))
    return [(feed, seq, some) for (feed, seq), some in found.items()]


def is_announced(store: Store, one: Announced) -> bool:
    """Say whether a replacement was announced by somebody who may."""
    return bool(
        store.rows(
            "SELECT 1 FROM repacked WHERE (bundle, place, turn, hash) = (?, ?, ?, ?)",
            (one.bundle, one.place, one.turn, one.hash),
        )
    )


def replaced(store: Store, one: Announced) -> None:
    """Note that the log holds an announced replacement, or a later one."""
    store.write(
        "UPDATE repacked SET done = 1 WHERE (bundle, place, turn, hash) = (?, ?, ?, ?)",
        (one.bundle, one.place, one.turn, one.hash),
    )


def put_raw(store: Store, feed: int, seq: int, raw: bytes) -> None:
    """Keep other bytes for a bundle of the log: without the words that were erased."""
    store.write(
        "UPDATE bundle_raw SET raw = ? WHERE place ="
        " (SELECT place FROM bundle WHERE feed = ? AND seq = ?)",
        (raw, feed, seq),
    )
    store.put(UNSWEPT, value=True)


def replaced_ones(store: Store) -> set[tuple[int, int]]:
    """Return the bundles of the log of which a replacement was announced, by feed and number."""
    if not store.rows("SELECT 1 FROM repacked LIMIT 1"):
        return set()
    rows = store.rows(
        "SELECT DISTINCT feed, seq FROM repacked JOIN bundle ON bundle.id = repacked.bundle"
    )
    return {(feed, seq) for feed, seq in rows}


def some_replaced(store: Store, limit: int) -> list[tuple[int, int]]:
    """Return a few bundles of the log that were re-packed, others each time."""
    if not store.rows("SELECT 1 FROM repacked LIMIT 1"):
        return []
    rows = store.rows(
        "SELECT DISTINCT feed, seq FROM repacked JOIN bundle ON bundle.id = repacked.bundle"
        " WHERE done ORDER BY random() LIMIT ?",
        (limit,),
    )
    return [(feed, seq) for feed, seq in rows]


def sweep(store: Store) -> bool:
    """Write the file afresh if words were removed since: nothing of them stays in a gap.

    It needs as much room as the vault takes. Where there is none it is tried again next time.
    """
    if not store.get(UNSWEPT):
        return False
    try:
        store.afresh()
    except LaptopFull:
        return False
    store.put(UNSWEPT, None)
    return True
