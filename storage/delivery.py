# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The log by the order it was delivered in, without the bundles themselves."""

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
