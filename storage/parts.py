# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Parts: the content of letters and pictures, locked, as it lies on the share.

The records name their parts and hold the key to them. Rules, each with a test:

* A part is kept once, under the hash of its bytes.
* What a record that stands names and the vault lacks is on its way; of withdrawn records nothing
  is fetched.
* Erasing removes the parts themselves. The key goes with the record that held it.
"""

from collections.abc import Collection, Iterable

from desktop_app.casework.attachments import FORM, content_of, parts_of
from desktop_app.casework.records import Record
from storage import reads
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


def missing(store: Store) -> dict[bytes, bytes]:
    """Return the parts that are named and not held, each with the record that names it."""
    named = {
        part: record.id
        for record in reads.records(store, form=FORM)
        if (content := content_of(record)) is not None
        for part in content.parts
    }
    return {part: named[part] for part in named.keys() - held(store)} if named else {}


def erase(store: Store, *, record: bytes = b"", client: bytes = b"") -> int:
    """Remove the content of one attachment, or of all of a client's; return how many parts went.

    To be called before the records go, and within the transaction that erases them: afterwards
    nothing says which parts were theirs.
    """
    found: list[Record] = store.records([record]) if record else []
    if client:
        found += reads.records(store, form=FORM, client=client, withdrawn=True)
    return _drop(store, {part for one in found for part in parts_of(one)})


def _drop(store: Store, parts: Collection[bytes]) -> int:
    gone = [(part,) for part in parts if get(store, part) is not None]
    store.write_many("DELETE FROM part WHERE id = ?", gone)
    return len(gone)
