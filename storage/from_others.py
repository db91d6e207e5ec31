# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What colleagues wrote since somebody last looked, by when it arrived on this laptop.

Asked for through `storage.reads`, as every question is. Rules, each with a test:

* New is what arrived since, whatever the clock of its author's laptop said: what comes late is new.
* One's own records never are, on whichever laptop they were written; nor is what Tandem writes for
  itself, such as whether two files are one person, or the points of a score one by one.
* So is what a colleague answers to what one asked of them: that they have heard it, or done it.
* Told is of whom somebody stands by, and of whom they have something to do; a coordinator is told
  of everybody.
* That somebody looked is kept in their vault alone: it is no change, and never leaves the laptop.
* Where nobody looked yet, new is what came within the last week.

Nothing of it is worked out when something is saved or taken in. It is asked for once a page was
painted; the latest 5,000 records that arrived are gone through and no others, so that it is as
quick in a large casebook as in a small one.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from desktop_app.casework.forms import forms
from desktop_app.casework.records import (
    TRAIL_ENTRY,
    Json,
    Record,
    RecordId,
    pack_trail,
    trail_entries,
)
from desktop_app.casework.today_whose import TODAY
from storage.rows import listed, made
from storage.store import Store

MOST = 5_000
"""So many of the records, and of the bundles, that arrived last are gone through."""
GIVEN_AGAIN = 500
"""Places before the last one known that are gone through as well: erasing gives places again."""
WEEK_MS, ASKED_MS = 7 * 24 * 60 * 60_000, 180 * 24 * 60 * 60_000
"""What is told where nobody looked yet, and how long answers to what one asked are told."""
_TOLD_WITHOUT_LANE = "account"
_ARRIVED = """
    SELECT id, coalesce((SELECT head FROM joined WHERE joined.client = record.client), client)
    AS whose, substr(trail, 1, :entry)
    FROM record WHERE place > :floor AND author <> :me AND NOT withdrawn AND audience <> 'audit'
    AND client <> x'' AND form NOT IN (SELECT value FROM json_each(:aside))
    AND (:everybody OR whose IN (SELECT client FROM works_with WHERE person = :me
    UNION ALL SELECT client FROM board WHERE board = :today AND person = :me))
    ORDER BY place DESC"""
_ASKED = """
    SELECT id, coalesce((SELECT head FROM joined WHERE joined.client = record.client), client),
    trail FROM record WHERE form = 'action' AND happened >= :since AND author = :me
    AND NOT withdrawn AND length(trail) > :entry AND client <> x''"""
_OF_CLIENT = """
    SELECT trail FROM record WHERE client = :client
    AND (author <> :me AND place > :floor OR form = 'action' AND author = :me)"""


class Looked(NamedTuple):
    """How far somebody has looked.

    Attributes:
        upto: the last bundle, in the order of delivery, that was here then.
        at: when, ISO local time; empty when they never did.
        place: the last record that was here then.
    """

    upto: int
    at: str = ""
    place: int = 0


NEVER = Looked(0)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A record of a colleague's.

    Attributes:
        record: the record.
        client: whom it is about, by the file the person is shown as.
        came_ms: when it arrived, UTC milliseconds; None where that is not known.
        new: whether its reader has not looked since.
        looked: when they had last looked, ISO local time; empty when they never did.
    """

    record: Record
    client: RecordId
    came_ms: int | None
    new: bool
    looked: str


@dataclass(frozen=True, slots=True)
class FromOthers:
    """What colleagues wrote.

    Attributes:
        arrived: each record, client by client, whoever has something new first.
        clients: of how many there is something new.
        left: how many records are not among these.
        since: since when it is told, ISO local time; empty for a week.
        upto: how far somebody has looked who has read it all.
    """

    arrived: tuple[Arrived, ...] = ()
    clients: int = 0
    left: int = 0
    since: str = ""
    upto: Looked = NEVER


class _Row(NamedTuple):
    record: RecordId
    client: RecordId
    bundle: int
    new: bool


def from_others(
    store: Store, me: str, *, everybody: bool, now_ms: int, limit: int = 60
) -> FromOthers:
    """Return what colleagues wrote since somebody said that they had read everything.

    Args:
        store: the vault.
        me: person id of who looks.
        everybody: whether they are told of all clients.
        now_ms: UTC milliseconds.
        limit: at most so many records.
    """
    kept, rows, upto = _rows(store, me, everybody=everybody, now_ms=now_ms)
    shown = rows[:limit]
    held = {one.id: one for one in store.records([row.record for row in shown])}
    visits = {(one.id.hex(), one.author) for one in held.values() if one.form == "visit"}
    came = _Came(store, min((row.bundle for row in shown), default=0))
    arrived = [
        Arrived(
            one,
            row.client,
            came.of(row.bundle),
            row.new,
            max(kept.everybody.at, kept.of(row.client).at),
        )
        for row in shown
        if (one := held.get(row.record)) is not None
        and not (one.form == "account" and (one.text("visit"), one.author) in visits)
    ]
    return FromOthers(
        tuple(arrived),
        len({row.client for row in rows if row.new}),
        len(rows) - len(shown),
        kept.everybody.at,
        upto,
    )


def clients_with_news(store: Store, me: str, *, everybody: bool, now_ms: int) -> int:
    """Return of how many clients colleagues wrote something new; see `from_others`."""
    _kept, rows, _upto = _rows(store, me, everybody=everybody, now_ms=now_ms)
    return len({row.client for row in rows if row.new})


def look_at(store: Store, me: str, client: RecordId, *, at: str, now_ms: int) -> bool:
    """Remember that somebody has looked at a client; False where nothing was new.

    Args:
        store: the vault.
        me: person id of who looked.
        client: at whom.
        at: ISO local time.
        now_ms: UTC milliseconds.
    """
    kept, whole = _kept(store, me, now_ms), store.whole(client)
    since = max(kept.everybody.upto, kept.of(whole[0]).upto)
    fresh = _bundles(store, since)
    if not fresh:
        return False
    asked = {"me": me, "floor": _floor(store, kept)}
    if not any(
        not fresh.keys().isdisjoint(pack_trail(*entry) for entry in trail_entries(trail))
        for one in whole
        for (trail,) in store.rows(_OF_CLIENT, {**asked, "client": one})
    ):
        return False
    clients = {hex_: one for hex_, one in kept.clients.items() if one.upto > kept.everybody.upto}
    clients[whole[0].hex()] = Looked(max(fresh.values()), at)
    _keep(store, me, _Kept(kept.everybody, clients))
    return True


def look_at_all(store: Store, me: str, upto: Looked, *, at: str) -> Json:
    """Remember that somebody has read everything they were shown; return what puts it back.

    Args:
        store: the vault.
        me: person id of who looked.
        upto: as `FromOthers` says.
        at: when, ISO local time.
    """
    before = store.get(_name(me))
    _keep(store, me, _Kept(upto._replace(at=at), {}))
    return before


def put_back(store: Store, me: str, before: Json) -> None:
    """Take back that everything was read."""
    store.put(_name(me), before)


@dataclass(frozen=True, slots=True)
class _Kept:
    """How far somebody has looked: at everybody, and at some clients further than that."""

    everybody: Looked
    clients: dict[str, Looked]

    def of(self, client: RecordId) -> Looked:
        return self.clients.get(client.hex(), NEVER)


class _Came:
    """When bundles arrived: one row of the vault for all that came at once."""

    def __init__(self, store: Store, first: int) -> None:
        question = "SELECT place, at_ms FROM arrival WHERE place >= ? ORDER BY place"
        self._rows = store.rows(question, (first,))
        self._places = [place for place, _at in self._rows]

    def of(self, bundle: int) -> int | None:
        at = bisect_left(self._places, bundle)
        return self._rows[at][1] if at < len(self._rows) else None


def _rows(
    store: Store, me: str, *, everybody: bool, now_ms: int
) -> tuple[_Kept, list[_Row], Looked]:
    """Return how far was looked, what arrived since, and how far there is to look."""
    kept = _kept(store, me, now_ms)
    fresh = _bundles(store, kept.everybody.upto)
    if not fresh:
        return kept, [], kept.everybody
    upto = Looked(max(fresh.values()), place=_newest(store))
    found = store.rows(
        _ARRIVED,
        {
            "entry": TRAIL_ENTRY,
            "floor": _floor(store, kept),
            "me": me,
            "aside": listed(_aside()),
            "everybody": everybody,
            "today": TODAY,
        },
    )
    since = made((now_ms - ASKED_MS).to_bytes(6, "big"))[:10]
    for id_, client, trail in store.rows(_ASKED, {"since": since, "me": me, "entry": TRAIL_ENTRY}):
        found += [(id_, client, pack_trail(*one)) for one in trail_entries(trail)[:0:-1]]
    rows: dict[RecordId, _Row] = {}
    for id_, client, trail in found:
        if trail in fresh and id_ not in rows:
            new = fresh[trail] > kept.of(client).upto
            rows[id_] = _Row(id_, client, fresh[trail], new)
    return kept, _by_client(rows.values()), upto


def _by_client(rows: Iterable[_Row]) -> list[_Row]:
    """Return rows client by client: whoever has something new first, then who has the latest."""
    found: dict[RecordId, list[_Row]] = {}
    for row in sorted(rows, key=lambda row: (row.new, row.bundle, row.record), reverse=True):
        found.setdefault(row.client, []).append(row)
    return [row for some in found.values() for row in some]


def _bundles(store: Store, after: int) -> dict[bytes, int]:
    """Return colleagues' bundles that arrived after one, as trails name them, with their places."""
    rows = store.rows(
        "SELECT feed, seq, place FROM bundle WHERE place > ?"
        " AND feed <> coalesce((SELECT feed FROM own), -1) ORDER BY place DESC LIMIT ?",
        (after, MOST),
    )
    return {pack_trail(feed, seq): place for feed, seq, place in rows}


def _floor(store: Store, kept: _Kept) -> int:
    """Return the place of a record beyond which new ones are looked for."""
    return max(_newest(store) - MOST, kept.everybody.place - GIVEN_AGAIN)


def _newest(store: Store) -> int:
    newest: int = store.rows("SELECT coalesce(max(place), 0) FROM record")[0][0]
    return newest


@cache
def _aside() -> frozenset[str]:
    """Return the forms nobody is told of: those that stand on no timeline."""
    return frozenset(
        name for name, one in forms().items() if not one.lane and name != _TOLD_WITHOUT_LANE
    )


def _name(me: str) -> str:
    return f"looked.{me}"


def _kept(store: Store, me: str, now_ms: int) -> _Kept:
    held: Any = store.get(_name(me)) or {"all": None, "clients": {}}
    clients = {hex_: Looked(*one) for hex_, one in held["clients"].items()}
    if held["all"]:
        return _Kept(Looked(*held["all"]), clients)
    rows = store.rows(
        "SELECT coalesce(max(place), 0) FROM arrival WHERE at_ms < ?", (now_ms - WEEK_MS,)
    )
    return _Kept(Looked(rows[0][0]), clients)


def _keep(store: Store, me: str, kept: _Kept) -> None:
    clients: dict[str, Json] = {hex_: [*one] for hex_, one in kept.clients.items()}
    all_: Json = [*kept.everybody] if kept.everybody.at else None
    store.put(_name(me), {"all": all_, "clients": clients})
