# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may stand on which board from which day, so that a board reads only the files that matter.

Derived from the records by the coarse rules of the casework, and never written by a save: whoever
something was written of since is gone through before, or is simply read besides. Rules, each with
a test:

* Gone through, it says what working everything out again would say.
* Whoever has a row on a board is among those it names, at every moment: after a save, a delivery,
  a withdrawal, an erasure, after two files became one and after they were parted.
* When the team, the limits or the rules have changed, or the clock was set back, everybody is gone
  through again.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from desktop_app import __version__
from desktop_app.casework.board import ANYBODY, Known
from desktop_app.casework.boards import coarse_rules, forms_read
from desktop_app.casework.due import CaseFile
from desktop_app.casework.readings import held
from desktop_app.casework.records import Record, RecordId
from storage import board_marks, joined
from storage.connection import plainly
from storage.rows import asked, record_of, see_it_is_whole
from storage.store import Store

FEW = 20
"""So many clients who were not gone through are read besides; more are gone through before."""
_FILES = (
    "SELECT id, form, client, audience, author, live, trail FROM record"
    " WHERE client IN (?) AND NOT withdrawn AND +form IN (%s)"
)
_ROWS = "INSERT OR IGNORE INTO board VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who may stand on a board.

    Attributes:
        clients: whoever may.
        waiting: how many clients were not gone through yet.
        left: how many of these may be missing among them.
    """

    clients: tuple[RecordId, ...]
    waiting: int = 0
    left: int = 0


def standing(store: Store, board: str, known: Known, *, person: str = ANYBODY) -> Standing:
    """Return who may stand on a board now. Writes nothing.

    Args:
        store: the vault.
        board: name of the board.
        known: what the rules go by.
        person: whose, where each has their own; then whoever they stand by is always among them.
    """
    with plainly():
        found = {
            client
            for (client,) in store.db.execute(
                "SELECT client FROM board WHERE board = ? AND person = ? AND day <= ?",
                (board, person, known.day.isoformat()),
            )
        }
        waits = waiting(store, known)
        if len(waits) <= FEW:
            found |= waits
        elif person:
            found |= stood_by(store, person)
        heads = joined.heads(store.db, found)
        see_it_is_whole(store.db)
    clients = sorted({heads.get(one, one) for one in found})
    left = len(waits) if len(waits) > FEW else 0
    return Standing(tuple(clients), len(waits), left)


def may_stand(store: Store, board: str, client: RecordId) -> bool:
    """Say whether a client may stand on a board, as far as it is worked out; a quick look."""
    with plainly():
        row = store.db.execute(
            "SELECT 1 FROM board WHERE client = ? AND board = ?", (client, board)
        ).fetchone()
        touched = row is None and client in board_marks.saved_since(store.db)
        see_it_is_whole(store.db)
    return row is not None or touched


def look_again(store: Store, record: RecordId) -> None:
    """Have the client of a record gone through again: something besides the record is other now."""
    held = store.record(record)
    if held is not None:
        with store.within():
            board_marks.again(store.db, [held.client])


def go_through(store: Store, known: Known, *, at_most: int) -> int:
    """Go through so many of those who are to be; return how many are left."""
    with store.within():
        if _is_stale(store, known):
            board_marks.everybody_again(store.db)
            board_marks.keep(store.db, by=_by(known), day=known.day.isoformat())
        elif board_marks.kept(store.db)["day"] < known.day.isoformat():
            board_marks.keep(store.db, day=known.day.isoformat())
        board_marks.keep_saved(store.db)
        some = "SELECT client FROM board_again LIMIT ?"
        clients = [one for (one,) in store.db.execute(some, (at_most,)).fetchall()]
        _go_through(store, clients, known)
        left: int = store.db.execute("SELECT count(*) FROM board_again").fetchone()[0]
    return left


def case_files(
    store: Store, clients: Collection[RecordId], forms: Iterable[str]
) -> dict[RecordId, CaseFile]:
    """Return the case files of some people, with the records of some forms, by who they are.

    Whoever this laptop does not hold, or who was withdrawn, has none; of several who are one
    person each has the file of all.
    """
    with plainly():
        several = joined.known(store.db, clients)
        whole = {one: joined.whole(store.db, one) if one in several else [one] for one in clients}
        everyone = sorted({some for group in whole.values() for some in group})
        rows = asked(store.db, _of_forms(frozenset(forms) | {"client"}), everyone)
        records: dict[RecordId, dict[RecordId, Record]] = {}
        for row in rows:
            records.setdefault(row[2], {})[row[0]] = record_of(row)
        see_it_is_whole(store.db)
    found: dict[RecordId, CaseFile] = {}
    for one, group in whole.items():
        client = records.get(group[0], {}).get(group[0])
        if client is not None:
            every = [record for some in group for record in records.get(some, {}).values()]
            found[one] = CaseFile(client, held(every))  # rule after rule reads the same
    return found


def _go_through(store: Store, clients: Collection[RecordId], known: Known) -> None:
    """Work out again on which boards some clients may stand."""
    if not clients:
        return
    files = case_files(store, clients, forms_read())
    several = joined.known(store.db, clients)
    people = set(clients).union(*(joined.whole(store.db, one) for one in several))
    board_marks.take_off(store.db, people)
    rules = coarse_rules()
    rows = [
        (name, person, day.isoformat(), bytearray(file.client.id))
        for file in {one.client.id: one for one in files.values()}.values()
        for name, rule in rules.items()
        for person, day in rule(file, known).items()
    ]
    store.db.executemany(_ROWS, rows)
    store.db.executemany("DELETE FROM board_again WHERE client = ?", [(one,) for one in clients])


def waiting(store: Store, known: Known) -> set[RecordId]:
    """Return who is to be gone through: of whom something may stand there that is not kept."""
    if _is_stale(store, known):
        return {client for (client,) in store.db.execute("SELECT client FROM caseload")}
    noted = {one for (one,) in store.db.execute("SELECT client FROM board_again")}
    return noted | board_marks.saved_since(store.db)


def stood_by(store: Store, person: str) -> set[RecordId]:
    """Return whom somebody stands by."""
    rows = store.db.execute("SELECT client FROM works_with WHERE person = ?", (person,))
    return {client for (client,) in rows}


def _is_stale(store: Store, known: Known) -> bool:
    """Say whether the boards were worked out by something else than is known now."""
    kept = board_marks.kept(store.db)
    return kept.get("by") != _by(known) or kept["day"] > known.day.isoformat()


def _by(known: Known) -> str:
    """Return what the boards are worked out by, as one word."""
    people = [
        (one.id, one.active, sorted(one.roles)) for _id, one in sorted(known.team.persons.items())
    ]
    said = msgspec.json.encode([__version__, _names(), people, known.limits], order="sorted")
    return hashlib.sha256(said).hexdigest()[:32]


@cache
def _names() -> list[str]:
    """Return the names of the coarse rules, which are the same in every language."""
    return sorted(coarse_rules())


@cache
def _of_forms(forms: frozenset[str]) -> str:
    """Return the question for records of some forms; their names are the program's own."""
    return _FILES % ", ".join(f"'{one}'" for one in sorted(forms))
