# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the person signed in has said they have read; it stays in their vault and is told nobody."""

from desktop_app.casework.records import Json, RecordId
from storage import boards
from storage.store import Store

READ = "today.read"
"""Setting of the vault: hex ids of the records this person has said they have read."""


def read_here(store: Store) -> frozenset[str]:
    """Return the hex ids of what was read."""
    held = store.get(READ)
    texts = held if isinstance(held, list) else []
    return frozenset(one for one in texts if isinstance(one, str))


def mark_read(store: Store, record: RecordId, *, read: bool) -> None:
    """Remember, in this vault only, that its owner has read something."""
    held = set(read_here(store))
    held = held | {record.hex()} if read else held - {record.hex()}
    named: list[Json] = [*sorted(held)]
    with store.within():
        store.put(READ, named)
        boards.look_again(store, record)
