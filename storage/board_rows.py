# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The rows of boards and of Today, worked out before anybody looks, so that opening one is quick.

They are kept in the vault for the person it belongs to, and never written by a save. Whoever
something was written of since, and whoever's rows no longer hold, is worked out anew while the page
is opened where that is a few; where it is more, only those who stand first, and the page says how
many are left. Rules, each with a test:

* What is shown, with nobody left, is what working everything out anew would show: after anything
  that may happen to records, the team and its limits, and as days go by.
* No row is shown that does not hold: of whom nothing sure is known, nothing is shown yet.
"""

import hashlib
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

import msgspec

from desktop_app import __version__
from desktop_app.casework import words
from desktop_app.casework.board import ANYBODY, Exact, Known, holds_until
from desktop_app.casework.due import CaseFile, Due, Look
from desktop_app.casework.records import RecordId
from storage import boards, joined
from storage.connection import plainly
from storage.rows import see_it_is_whole
from storage.store import Store

MOST = 16
"""So many clients are worked out while a page is opened; whoever else is to be is left."""
_HOLDS = " worked_by = :by AND since <= :now AND until > :now"
_GOOD = f"SELECT client FROM board_worked WHERE board = :board AND {_HOLDS}"  # noqa: S608
_STANDING = "SELECT count(*) FROM board WHERE board = :board AND person = :person AND day <= :day"
_OUTDATED = (
    "SELECT client FROM board WHERE board = :board AND person = :person AND day <= :day"  # noqa: S608
    f" AND client NOT IN ({_GOOD})"
)
_COUNTED = (
    "SELECT count(*), total(rows), total(late) FROM board_worked"  # noqa: S608
    f" WHERE board = :board AND {_HOLDS}"
)
_OF_ONE = (
    "SELECT rows, late FROM board_worked"  # noqa: S608
    f" WHERE board = :board AND client = :client AND {_HOLDS}"
)
_PLACES = "SELECT client, place FROM board_row WHERE board = ? ORDER BY place"
_ROWS = "SELECT client, due FROM board_row WHERE board = ? ORDER BY place"

packed = msgspec.msgpack.Encoder().encode
unpacked = msgspec.msgpack.Decoder(Due).decode


@dataclass(frozen=True, slots=True)
class Worked:
    """One client's rows, worked out just now, and the ids of everybody who is that one person."""

    ids: frozenset[RecordId]
    dues: tuple[Due, ...]
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands on a board.

    Attributes:
        dues: the first rows, in their order.
        count: how many rows there are, as far as is known.
        late: how many of them are late.
        waiting: how many clients are to be worked out or gone through.
        left: how many of them may be missing here.
        live: whoever was worked out for this, and not kept.
        by: what all of it was worked out by.
    """

    dues: tuple[Due, ...]
    count: int
    late: int
    waiting: int
    left: int
    live: Mapping[RecordId, Worked]
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: for the rows of one board, at one moment, by one person."""

    store: Store
    rule: Exact
    look: Look

    @property
    def person(self) -> str:
        """Return whose the board is, as the coarse rule says it."""
        return self.look.me.id if self.rule.own else ANYBODY

    @property
    def known(self) -> Known:
        """Return what the coarse rules go by."""
        return Known(self.look.team, self.look.limits, self.look.now)

    def values(self, by: str) -> dict[str, str]:
        """Return what the questions in SQL are asked with."""
        now = self.look.now.isoformat(timespec="microseconds")
        place = {"board": self.rule.name, "person": self.person}
        return place | {"day": now[:10], "now": now, "by": by}


def shown(
    asked: Asked,
    *,
    most: int | None = None,
    at_once: int = MOST,
    before: Shown | None = None,
    touched: Collection[RecordId] = (),
) -> Shown:
    """Return what stands on a board. Writes nothing.

    Args:
        asked: which, when, for whom.
        most: at most so many rows; None for all.
        at_once: at most so many clients are worked out for it.
        before: what was shown last: what was worked out for it is not again, unless touched.
        touched: ids of the records and clients that were.
    """
    store, by = asked.store, worked_by(asked)
    with plainly():
        values = asked.values(by)
        waiting = boards.waiting(store, asked.known)
        heads = joined.heads(store.db, waiting)
        apart = waiting | set(heads.values())
        good = store.db.execute(_COUNTED, values).fetchone()
        outdated = _outdated(asked, values, good[0]) - apart
        first = _first_of(asked, apart | outdated, most)
        todo = _todo(asked, waiting, outdated, first, at_once)
        live = _live(asked, todo, _still(asked, by, before, frozenset(touched)))
        rows = _kept(asked, apart | outdated | live.keys(), most)
        count, late = _counted(asked, values, good, apart | live.keys())
        see_it_is_whole(store.db)
    fresh = [due for one in live.values() for due in one.dues]
    fresh += asked.rule.others(asked.look)
    dues = sorted([*rows, *fresh], key=asked.rule.place)
    return Shown(
        tuple(dues if most is None else dues[:most]),
        count + len(fresh),
        late + sum(due.late for due in fresh),
        len(waiting) + len(outdated),
        len(waiting | outdated) - len(todo),
        live,
        by,
    )


def work_out(asked: Asked, *, at_most: int) -> int:
    """Work out and keep the rows of so many clients whose rows do not hold; return who is left."""
    store, by = asked.store, worked_by(asked)
    with store.within():
        values = asked.values(by)
        (good, _rows, _late) = store.db.execute(_COUNTED, values).fetchone()
        outdated = _outdated(asked, values, good) - boards.waiting(store, asked.known)
        some = sorted(outdated)[:at_most]
        files = boards.case_files(store, some, asked.rule.reads)
        for client in some:  # whoever is not held has no rows, and is not asked for again today
            file = files.get(client)
            _keep(asked, by, client, _worked(asked, file) if file else _nobody(asked))
    return len(outdated) - len(some)


def worked_by(asked: Asked) -> str:
    """Return what rows are worked out by besides a client's records, as one word."""
    look = asked.look
    said = [
        *(__version__, words.language(), look.me.id, look.limits),
        [look.team.persons[one] for one in sorted(look.team.persons)],
        [(one.id, one.trail, one.answers) for one in look.common],
    ]
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:16]


def _outdated(asked: Asked, values: Mapping[str, str], good: int) -> set[RecordId]:
    """Return whoever may stand there and whose rows do not hold; those of so many do."""
    db = asked.store.db
    (standing,) = db.execute(_STANDING, values).fetchone()
    if standing == good:  # nobody's rows are kept who may not stand there
        return set()
    return {client for (client,) in db.execute(_OUTDATED, values)}


def _first_of(asked: Asked, unsure: Collection[RecordId], most: int | None) -> list[RecordId]:
    """Return those of some clients who stood among the first rows when they were last known."""
    if not unsure:
        return []
    rows = asked.store.db.execute(_PLACES, (asked.rule.name,))
    found = dict.fromkeys(client for client, _place in islice(rows, most))
    rows.close()
    return [one for one in found if one in unsure]


def _todo(
    asked: Asked,
    waiting: set[RecordId],
    outdated: set[RecordId],
    first: Sequence[RecordId],
    at_once: int,
) -> set[RecordId]:
    """Return who is worked out now: whoever stood first comes first."""
    wanted = waiting if len(waiting) <= max(boards.FEW, at_once) else waiting & set(first)
    if asked.rule.own and wanted is not waiting:
        wanted |= boards.stood_by(asked.store, asked.person) & waiting
    ranked = dict.fromkeys((*(one for one in first if one in outdated), *sorted(outdated)))
    return wanted | set(islice(ranked, at_once))


def _live(
    asked: Asked, todo: set[RecordId], held: Mapping[RecordId, Worked]
) -> dict[RecordId, Worked]:
    """Return the rows of whoever is worked out now, by whom they are shown as."""
    heads = joined.heads(asked.store.db, todo)
    people = {heads.get(one, one) for one in todo}
    found = {one: held[one] for one in people if one in held}
    new = sorted(people - found.keys())
    for one, file in boards.case_files(asked.store, new, asked.rule.reads).items():
        found[one] = _worked(asked, file)
    return found


def _still(
    asked: Asked, by: str, before: Shown | None, touched: frozenset[RecordId]
) -> Mapping[RecordId, Worked]:
    """Return what was worked out before and holds."""
    if before is None or before.by != by:
        return {}
    now = asked.look.now
    return {
        client: one
        for client, one in before.live.items()
        if one.since <= now < one.until and touched.isdisjoint(one.ids)
    }


def _worked(asked: Asked, file: CaseFile) -> Worked:
    now = asked.look.now
    ids = frozenset({file.client.id, *(one.client for one in file.records)})
    until = holds_until(file, now, asked.rule.shortly)
    return Worked(ids, tuple(asked.rule.rows(file, asked.look)), now, until)


def _nobody(asked: Asked) -> Worked:
    now = asked.look.now
    return Worked(frozenset(), (), now, datetime.combine(now.date() + timedelta(days=1), time()))


def _kept(asked: Asked, but: Collection[RecordId], most: int | None) -> list[Due]:
    """Return the first rows that are kept, but those of some clients."""
    rows = asked.store.db.execute(_ROWS, (asked.rule.name,))
    found = [
        unpacked(due) for due in islice((due for client, due in rows if client not in but), most)
    ]
    rows.close()
    return found


def _counted(
    asked: Asked,
    values: Mapping[str, str],
    good: tuple[int, float, float],
    but: Collection[RecordId],
) -> tuple[int, int]:
    """Return how many rows hold, and how many of them are late, but those of some clients."""
    db = asked.store.db
    (_clients, count, late) = good
    for client in but:
        found = db.execute(_OF_ONE, {**values, "client": client}).fetchone()
        if found is not None:
            count, late = count - found[0], late - found[1]
    return int(count), int(late)


def _keep(asked: Asked, by: str, client: RecordId, worked: Worked) -> None:
    """Keep one client's rows in the place of those that were."""
    db, name = asked.store.db, asked.rule.name
    db.execute("DELETE FROM board_row WHERE client = ? AND board = ?", (client, name))
    since, until = (one.isoformat(timespec="microseconds") for one in (worked.since, worked.until))
    late = sum(due.late for due in worked.dues)
    row = (name, client, since, until, by, len(worked.dues), late)
    db.execute("INSERT OR REPLACE INTO board_worked VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    rows = [
        (name, place_of(asked.rule.place(due), number), client, packed(due))
        for number, due in enumerate(worked.dues)
    ]
    db.executemany("INSERT INTO board_row VALUES (?, ?, ?, ?)", rows)


def place_of(place: Iterable[object], number: int = 0) -> bytes:
    """Return a place as bytes that stand in the same order.

    Args:
        place: numbers, words, ids and tuples of numbers.
        number: tells rows apart that have one place.
    """
    return b"".join(map(_part, place)) + number.to_bytes(2, "big")


def _part(one: object) -> bytes:
    if isinstance(one, tuple):
        return b"".join(b"\1" + _part(inner) for inner in one) + b"\0"
    if isinstance(one, int):
        return struct.pack(">Q", one + (1 << 63))
    raw = one if isinstance(one, bytes) else str(one).encode()
    return raw.replace(b"\0", b"\0\1") + b"\0\0"
