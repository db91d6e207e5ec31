# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is asked of the vault before two files are read as one: both files, and who may be one."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.casework import both_files
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.both_files import Told
from desktop_app.casework.duplicates import Likeness
from desktop_app.casework.forms import form
from desktop_app.casework.names import full_name
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.same_person import Finding, head_of
from storage import everybody, reads
from storage.everybody import Scored
from storage.store import Store

MOST = 100
"""So many pairs are shown at once; when these are decided the next are."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    Attributes:
        client: the record they are shown as.
        files: every client who is this person.
        records: all that is held about them.
    """

    client: Record
    files: tuple[RecordId, ...]
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        """Return who it is."""
        return full_name(self.client.answers)

    @property
    def ref(self) -> str:
        """Return the reference of the file that is shown."""
        return reference(self.client.id)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one.

    Attributes:
        one: whose file is shown once they are one: the older.
        other: the other.
        likeness: how alike they are.
        said: what was found of the two before and stands.
    """

    one: Side
    other: Side
    likeness: Likeness
    said: tuple[Finding, ...]

    @property
    def told(self) -> list[Told]:
        """Return what the two files say, question by question."""
        return both_files.told(form("client"), self.one.client.answers, self.other.client.answers)

    @property
    def files(self) -> tuple[RecordId, ...]:
        """Return every client who would be one person."""
        return (*self.one.files, *self.other.files)


@dataclass(frozen=True, slots=True)
class Likely:
    """One line of the list: two people, how alike they are, and whether they were found both."""

    one: Record
    other: Record
    likeness: Likeness
    disputed: bool = False

    @property
    def key(self) -> str:
        """Return what tells it from others."""
        return f"{self.one.id.hex()}:{self.other.id.hex()}"


def gather(store: Store, one: RecordId, other: RecordId) -> Pair | None:
    """Return two people side by side; None where one is not here, or they are one already."""
    first, second = _side(store, one), _side(store, other)
    if first is None or second is None or first.client.id == second.client.id:
        return None
    ids = (first.client.id, second.client.id)
    if head_of(ids, ids) != first.client.id:
        first, second = second, first
    return Pair(
        first,
        second,
        everybody.likeness_of(store, first.files, second.files),
        tuple(everybody.said_of(store, first.files, second.files)),
    )


def shown_of(pair: Pair | None) -> Sight | None:
    """Return what the two side by side show, for the audit."""
    return sight("alike", clients=pair.files) if pair is not None else None


def likely(store: Store, scored: Iterable[Scored]) -> list[Likely]:
    """Return the likeliest of some pairs nobody has decided about."""
    found, disputed = [], everybody.disputed(store)
    for one, other, likeness in everybody.still_open(store, scored)[:MOST]:
        records = store.records([one, other])
        if len(records) == 2:
            found.append(
                Likely(records[0], records[1], likeness, frozenset({one, other}) in disputed)
            )
    return found


def list_shown_of(found: list[Likely]) -> Sight | None:
    """Return what the list shows, for the audit."""
    whose = [client.id for pair in found for client in (pair.one, pair.other)]
    return sight("alike", clients=whose) if whose else None


def _side(store: Store, client: RecordId) -> Side | None:
    record = reads.client(store, client)
    if record is None or record.withdrawn is not None:
        return None
    return Side(record, tuple(store.whole(client)), tuple(reads.records(store, client=record.id)))
