# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A rehearsal: what taking in the bundles at hand would do to this casebook, before it is done.

Rules, each with a test:

* Nothing in the vault is other afterwards: what would come of the changes is worked out beside it.
* What would be new, altered, withdrawn, erased or refused is counted by client and by kind;
  questions that would be answered twice, clients who may be here already, and clocks that would
  start are named.
* Whoever is one person with somebody, or would be, is counted once, and what runs for them is what
  runs for all of their files together.
* However much waits, there is an answer: beyond a fixed number of changes, of clients whose clocks
  are looked at, and of newcomers who are compared, it says how many were left out.
* It is done a little at a time; others may work in the vault in between, and it can be stopped.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.clocks import FORMS, Clock, started
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.duplicates import LIKELY
from desktop_app.casework.names import full_name
from desktop_app.casework.pairing import pairs
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import NO_CLIENT, Answers, Change, Record, RecordId
from desktop_app.casework.retention import RETENTION, erased_by
from desktop_app.casework.same_person import FORM
from desktop_app.casework.traits import traits
from desktop_app.casework.twice import Clash
from storage import reads
from storage.finding import FURTHER
from storage.foreseeing import Foreseen, foresee
from storage.merging import Bundle, resting
from storage.store import Store
from sync.clashes import Read, would_clash
from sync.history import seen_in
from sync.order import Staged
from sync.reading import Reading

MOST_CHANGES, MOST_CLIENTS, MOST_NEWCOMERS = 100_000, 500, 200
"""How many changes are looked at closely, how many clients are named and their clocks looked at,
and how many newcomers are compared with those who are here."""
_HITS = 3


@dataclass(frozen=True, slots=True)
class Brought:
    """What would come about one client.

    Attributes:
        client: whose case it is: the one the person is shown as.
        new: whether nothing of them is here yet.
        items: how many records would be new or altered, by form.
    """

    client: RecordId
    new: bool
    items: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MayBe:
    """A newcomer who may be somebody who is here already, or another newcomer, and why."""

    client: RecordId
    other: RecordId
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What taking it all in would do.

    Attributes:
        made: how many records would be new, by form.
        altered: how many would be altered, by form.
        withdrawn: how many would be withdrawn.
        erased: how many of those here would be erased for good.
        refused: how many changes would not be taken into their records.
        clients: what would come about whom, the most first; as many as are named.
        touched: how many clients it would be about.
        names: SURNAME, Forename of everybody named here.
        clashes: the questions that would be answered twice.
        alike: who may be twice.
        clocks: the clocks that would start: late ones first, then by what they are, then by day.
        unlooked: changes that were not looked at closely.
        more_clients: clients whose clocks were not looked at.
        more_newcomers: newcomers who were not compared with anybody.
        more_lies_there: whether the folder holds more than was fetched.
    """

    made: Mapping[str, int] = field(default_factory=dict)
    altered: Mapping[str, int] = field(default_factory=dict)
    withdrawn: int = 0
    erased: int = 0
    refused: int = 0
    clients: tuple[Brought, ...] = ()
    touched: int = 0
    names: Mapping[RecordId, str] = field(default_factory=dict, repr=False)
    clashes: tuple[Clash, ...] = ()
    alike: tuple[MayBe, ...] = ()
    clocks: tuple[Clock, ...] = ()
    unlooked: int = 0
    more_clients: int = 0
    more_newcomers: int = 0
    more_lies_there: bool = False

    @property
    def whole(self) -> bool:
        """Say whether everything at hand was looked at closely."""
        left = self.unlooked or self.more_clients or self.more_newcomers
        return not (left or self.more_lies_there)


@dataclass(frozen=True, slots=True)
class _People:
    """Who would be shown as whom, of those who are one person with somebody."""

    heads: Mapping[RecordId, RecordId]

    def shown(self, client: RecordId) -> RecordId:
        """Return whom a client would be shown as: nearly always themselves."""
        return self.heads.get(client, client)

    def files(self, client: RecordId) -> list[RecordId]:
        """Return every file of the person who would be shown as somebody."""
        return [client, *(one for one, head in self.heads.items() if head == client)]


class Rehearsing:
    """A rehearsal under way: hears of every bundle that would come in, then works it out."""

    def __init__(self, store: Store, team: Team, me: Person, now: datetime) -> None:
        """Get ready.

        Args:
            store: the vault; it is only read.
            team: who is who.
            me: who looks.
            now: the moment, in local time without a zone.
        """
        self._store, self._team = store, team
        self._look = Look(Facts((), team), me, now)
        self._read: list[Read] = []
        self._batch: list[Bundle] = []
        self._todo: dict[RecordId, list[tuple[Change, int]]] = {}
        self._count = self._unlooked = self._erased = self._refused = self._withdrawn = 0
        self._made, self._altered = Counter[str](), Counter[str]()
        self._about: dict[RecordId, Counter[str]] = {}
        self._found_same: list[Record] = []
        self._people = _People({})
        self._newcomers: dict[RecordId, Record] = {}
        self._further: dict[RecordId, list[Answers]] = {}
        self._timed: dict[RecordId, list[Record]] = {}
        self._untimed, self._new = set[RecordId](), set[RecordId]()
        self._twice: set[RecordId] = set()
        self._left: tuple[int, int] = (0, 0)
        self._found = Rehearsal()

    def hear(self, one: Staged, reading: Reading, vector: Mapping[int, int]) -> None:
        """Note a bundle that would come in, in the order in which they would."""
        some = [change for change in reading.changes if change.audience != AUDIT]
        self._refused += sum(change.audience != AUDIT for change in reading.refused)
        if self._count + len(some) > MOST_CHANGES:
            self._unlooked += len(some)
            return
        self._count += len(some)
        self._read.append((one, replace(reading, changes=some), vector))
        number = len(self._batch)
        self._batch.append((some, one.person, seen_in(dict(vector))))
        for change in some:  # here, not all at once in the end: nobody is to wait for it
            self._todo.setdefault(change.record, []).append((change, number))

    def steps(self) -> Iterator[tuple[int, int]]:
        """Work it out, a little at a time; yield how much of how much is done."""
        inner = self._steps()
        while True:
            with resting():
                step = next(inner, None)
            if step is None:
                return
            yield step

    def _steps(self) -> Iterator[tuple[int, int]]:
        records, done = len(self._todo), 0
        for some in foresee(self._store, self._batch, self._todo):
            for each in some:
                self._take(each)
            done += len(some)
            yield done, records
        self._join()
        clashes = self._clashes()
        yield records, records
        clocks: list[Clock] = []
        for client, fresh in self._timed.items():
            clocks += self._started(client, fresh)
            yield records, records
        alike: list[MayBe] = []
        for newcomer in list(self._newcomers.values())[:MOST_NEWCOMERS]:
            alike += self._alike(newcomer)
            yield records, records
        alike += self._among_newcomers()
        self._left = (len(self._untimed - self._timed.keys()), len(self._new) - MOST_NEWCOMERS)
        self._found = self._told(clashes, alike, clocks)

    def found(self, *, more_lies_there: bool) -> Rehearsal:
        """Return what was found, once all steps were taken.

        Args:
            more_lies_there: whether the folder holds more than was fetched.
        """
        return replace(self._found, more_lies_there=more_lies_there)

    def _take(self, foreseen: Foreseen) -> None:
        """Note what would become of one record."""
        was, now = foreseen.was, foreseen.now
        self._refused += foreseen.refused
        if now is None:
            return
        (self._made if was is None else self._altered)[now.form] += 1
        if now.withdrawn is not None and (was is None or was.withdrawn is None):
            self._withdrawn += 1
        if now.form == RETENTION:
            self._erased += len(self._store.records(list(erased_by(now))))
        if now.client != NO_CLIENT:
            self._about.setdefault(now.client, Counter())[now.form] += 1
            if now.form in FORMS and (now.client in self._timed or len(self._timed) < MOST_CLIENTS):
                self._timed.setdefault(now.client, []).append(now)
            elif now.form in FORMS:
                self._untimed.add(now.client)
        if was is None and now.form == "client":
            self._new.add(now.id)
            if len(self._newcomers) < MOST_CLIENTS:  # nobody else is named
                self._newcomers[now.id] = now
        if now.form == FURTHER and now.client in self._newcomers and now.withdrawn is None:
            self._further.setdefault(now.client, []).append(now.answers)
        if now.form == FORM:
            self._found_same.append(now)
        if now.conflicts:
            self._twice.add(now.id)

    def _join(self) -> None:
        """Put together what was noted of several files that are, or would be, one person's."""
        self._people = people = _People(self._store.heads_foreseen(self._found_same, self._new))
        for client in self._about.keys() & people.heads.keys():
            self._about.setdefault(people.shown(client), Counter()).update(self._about.pop(client))
        for client in self._timed.keys() & people.heads.keys():
            self._timed.setdefault(people.shown(client), []).extend(self._timed.pop(client))
        self._untimed = set(map(people.shown, self._untimed))

    def _clashes(self) -> list[Clash]:
        """Return the questions that would be answered twice, asked of those records alone."""
        if not self._twice:
            return []
        twice: list[Read] = []
        for one, reading, vector in self._read:
            some = [change for change in reading.changes if change.record in self._twice]
            if some:
                twice.append((one, replace(reading, changes=some), vector))
        return would_clash(self._store, twice, self._team)

    def _started(self, client: RecordId, fresh: Sequence[Record]) -> list[Clock]:
        """Return the clocks the news about one person would start."""
        files = self._people.files(client)
        held = [one for one in (reads.client(self._store, file) for file in files) if one]
        person = self._newcomers.get(client) or next(iter(held), None)
        if person is None:  # one newcomer too many to be kept at hand
            self._untimed.add(client)
            return []
        records = {one.id: one for each in files for one in reads.records(self._store, client=each)}
        before = CaseFile(person, tuple(records.values())) if held else None
        records |= {one.id: one for one in fresh}
        return started(before, CaseFile(person, tuple(records.values())), self._look)

    def _alike(self, newcomer: Record) -> Iterator[MayBe]:
        """Yield who is here already and may be a newcomer."""
        met = {self._people.shown(newcomer.id)}
        further = self._further.get(newcomer.id, ())
        for hit in reads.likely(
            self._store, newcomer.answers, limit=_HITS, further=further, least=LIKELY
        ):
            shown = self._people.shown(hit.client.id)
            if shown not in met:
                met.add(shown)
                yield MayBe(self._people.shown(newcomer.id), shown, hit.why)

    def _among_newcomers(self) -> Iterator[MayBe]:
        """Yield the newcomers who may be one and the same."""
        some = list(self._newcomers.values())[:MOST_NEWCOMERS]
        told = [traits(each.answers, self._further.get(each.id, ())) for each in some]
        for one, other, likeness in pairs(told):
            first, second = self._people.shown(some[one].id), self._people.shown(some[other].id)
            if first != second:
                yield MayBe(second, first, likeness.why)

    def _told(
        self, clashes: Sequence[Clash], alike: Sequence[MayBe], clocks: Sequence[Clock]
    ) -> Rehearsal:
        more_clients, more_newcomers = (max(0, left) for left in self._left)
        most = sorted(self._about.items(), key=lambda one: (-one[1].total(), one[0]))
        clients = [
            Brought(client, self._new.issuperset(self._people.files(client)), items)
            for client, items in most[:MOST_CLIENTS]
        ]
        named = {
            *(one.client for one in clients),
            *(one.client for one in clocks),
            *(client for one in alike for client in (one.client, one.other)),
            *(one.record.client for one in clashes),
        } - {NO_CLIENT}
        return Rehearsal(
            made=self._made,
            altered=self._altered,
            withdrawn=self._withdrawn,
            erased=self._erased,
            refused=self._refused,
            clients=tuple(clients),
            touched=len(self._about),
            names={client: self._name_of(client) for client in named},
            clashes=tuple(clashes),
            alike=tuple({frozenset((one.client, one.other)): one for one in alike}.values()),
            clocks=tuple(sorted(clocks, key=_in_order)),
            unlooked=self._unlooked,
            more_clients=more_clients,
            more_newcomers=more_newcomers,
        )

    def _name_of(self, client: RecordId) -> str:
        person = self._newcomers.get(client) or reads.client(self._store, client)
        return full_name(person.answers) if person is not None else ""


def _in_order(clock: Clock) -> tuple[object, ...]:
    return (not clock.late, clock.kind.rank, clock.on, clock.client, clock.record)
