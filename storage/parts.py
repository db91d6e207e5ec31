# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts: the content of letters and pictures, locked, as it lies on the share.

The records name their parts and hold the key to them. Rules, each with a test:

* A part is kept once, under the hash of its bytes.
* What a record that stands names and the vault lacks is on its way; of withdrawn records nothing
  is fetched.
* Whoever erases a record removes its parts (`attachments.parts_of`); the key goes with the record.
  Their ids are remembered, for their files on the share to be emptied, unless a record that stands
  names them too.
"""

from collections.abc import Iterable

from desktop_app.casework.attachments import FORM, content_of
from storage import reads
from storage.erasing import GONE
from storage.store import Store


def put(store: Store, parts: Iterable[tuple[bytes, bytes]]) -> None:
    """Keep parts: id and bytes."""
    store.write_many("INSERT OR IGNORE INTO part (id, raw) VALUES (?, ?)", list(parts))


def get(store: Store, id_: bytes) -> bytes | None:
    """Return the bytes of a part; None while it is on its way."""
    rows = store.rows("SELECT raw FROM part WHERE id = ?", (id_,))
    return rows[0][0] if rows else None


def held(store: Store) -> frozenset[bytes]:
    """Return the ids of the parts that are held."""
    return frozenset(row[0] for row in store.rows("SELECT id FROM part"))


def sizes(store: Store) -> dict[bytes, int]:
    """Return how many bytes each part that is held has."""
    return dict(row[:2] for row in store.rows("SELECT id, length(raw) FROM part"))


def missing(store: Store) -> dict[bytes, bytes]:
    """Return the parts that are named and not held, each with the record that names it."""
    named = _named(store)
    return {part: named[part] for part in named.keys() - held(store)} if named else {}


def gone(store: Store) -> dict[bytes, bool]:
    """Return the parts of erased records; of each, whether its file is still to be emptied."""
    said = store.get(GONE)
    if not isinstance(said, dict):
        return {}
    named = _named(store)
    found = {bytes.fromhex(one): bool(to_do) for one, to_do in said.items()}
    return {one: to_do for one, to_do in found.items() if one not in named}


def emptied(store: Store, ids: Iterable[bytes]) -> None:
    """Note that the files of some parts are about to be emptied."""
    said = store.get(GONE)
    known = said if isinstance(said, dict) else {}
    store.put(GONE, {**known, **dict.fromkeys((one.hex() for one in ids), False)})


def _named(store: Store) -> dict[bytes, bytes]:
    return {
        part: record.id
        for record in reads.records(store, form=FORM)
        if (content := content_of(record)) is not None
        for part in content.parts
    }
