# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which records and clients an exchange touched, for the pages to know whether to look again.

A new laptop takes in a million at once. To hold all of their ids would take more memory than the
taking in; and whatever a page shows is then among them.
"""

from collections.abc import Collection, Iterable
from typing import Final

MOST = 50_000
"""Ids that are told apart; beyond, everything counts as touched."""


class _Everything(frozenset[bytes]):
    """Every id there is."""

    def __contains__(self, _one: object) -> bool:
        return True

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return not any(True for _one in other)


EVERYTHING: Final = _Everything()


def with_more(touched: frozenset[bytes], more: Collection[Iterable[bytes]]) -> frozenset[bytes]:
    """Return what was touched, with the ids of some further bundles."""
    if touched is EVERYTHING:
        return touched
    found = set(touched)
    for ids in more:
        found.update(ids)
        if len(found) > MOST:
            return EVERYTHING
    return frozenset(found)
