# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which questions would be answered twice if bundles were taken in: asked before they are.

Nothing is written and nothing is kept. The rule itself is `casework.twice.clashes`.
"""

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.people import Team
from desktop_app.casework.twice import Clash, clashes
from storage import ledger
from storage.store import Store
from sync.history import seen_in
from sync.order import Staged
from sync.reading import Reading

Read = tuple[Staged, Reading, Mapping[int, int]]
"""A bundle, what was read of it, and how far into each feed its author had seen."""


def would_clash(store: Store, read: Sequence[Read], team: Team) -> list[Clash]:
    """Return which questions some bundles, taken in as given, would leave with two answers.

    Args:
        store: the vault; it is only read.
        read: the bundles in the order in which they would be taken in.
        team: the people behind the laptops.
    """
    batch = [
        (
            [change for change in reading.changes if change.audience != AUDIT],
            one.person,
            seen_in(dict(vector)),
        )
        for one, reading, vector in read
    ]
    ids = sorted({change.record for changes, _author, _saw in batch for change in changes})
    held = {one.id: one for one in store.records(ids)}
    return clashes(held, batch, dict(_authors(store, team)))


def _authors(store: Store, team: Team) -> Iterator[tuple[int, str]]:
    for number, feed in ledger.feeds(store).items():
        device = team.devices.get(feed.device.hex())
        if device is not None:
            yield number, device.person
