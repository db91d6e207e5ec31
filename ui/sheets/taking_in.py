# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking a spreadsheet in: what is held is gathered, every line is read, the good ones are saved.

Rules, each with a test:

* Looking changes nothing but the audit, which says that a table was compared with the casebook, and
  whom it met there (DPA 2018 s.62(1)(e)), before anything is said of it.
* Lines are saved some at a time, so that whoever works in the casebook is never kept waiting; each
  line is saved whole, with its mark, or not at all. Broken off, what was saved stays, and reading
  the file again goes on from there.
* What came is told to the audit with it (s.62(1)(a)).
* Only some lines are held at a time, however long the file is.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import TypedDict

from desktop_app.casework import audience
from desktop_app.casework.audit import collection, combination
from desktop_app.casework.forms import Form
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Edit, RecordId, new_id
from desktop_app.casework.sheets.cells import Reader
from desktop_app.casework.sheets.events import Events
from desktop_app.casework.sheets.lines import Lines, Parsed, mark
from desktop_app.casework.sheets.matching import Index, index_of
from desktop_app.casework.sheets.meaning import (
    TAKEN_IN,
    WAITS,
    Make,
    Meaning,
    Meant,
    State,
    filled,
)
from desktop_app.casework.words import _
from storage import sheets
from storage.likely import further_of
from storage.store import Store
from ui.clock import Clock
from ui.sheets.workbook import Workbook

TURN_S, TURN_LINES, TOLD = 0.04, 60, 100


class _Entry(TypedDict):
    record: RecordId
    at: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet is to be read.

    Attributes:
        form: what each line is.
        book: the file; None for the lines that wait in the casebook.
        sheet: which of its sheets.
        head: number of the line that names the columns; 0 where there is none.
        columns: what each column answers, by its place.
        fixed: what every line answers that has no column for it.
        waiting: the lines that wait, where they are what is read.
    """

    form: Form
    book: Workbook | None = None
    sheet: str = ""
    head: int = 0
    columns: Mapping[int, str] = field(default_factory=dict)
    fixed: Answers = field(default_factory=dict)
    waiting: tuple[Parsed, ...] = ()

    def lines(self, reader: Reader) -> Iterator[Parsed]:
        """Yield the lines as they are read.

        Raises:
            TableUnreadable: the file is not the one any more that was opened.
        """
        if self.book is None:
            yield from self.waiting
            return
        told = Lines(reader, self.columns, self.fixed)
        for row in self.book.rows(self.sheet):
            if row.number > self.head:
                yield told.parsed(row)


@dataclass(slots=True)
class Known:
    """What is held that lines may be about; it is gathered some thousand records at a time.

    Attributes:
        form: what the lines are.
        people: the clients.
        further: other addresses and telephones of theirs.
        events: what is held of them.
        taken: the marks of lines taken in before.
        own: what the team chose for words of its own.
    """

    form: Form
    people: list[tuple[RecordId, Answers]] = field(default_factory=list)
    further: dict[RecordId, Sequence[Answers]] = field(default_factory=dict)
    events: Events = field(init=False)
    taken: set[bytes] = field(default_factory=set)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    heads: Mapping[RecordId, RecordId] = field(default_factory=dict)
    _after: int = 0
    _whose: str = "clients"

    def __post_init__(self) -> None:
        self.events = Events(self.form)

    def more(self, store: Store) -> bool:
        """Gather some more; False once all is gathered."""
        if self._whose == "clients":
            found, after = sheets.some_clients(store, self._after)
            self.people += found
            self.further |= further_of(store, [client for client, _answers in found])
            if after == self._after:
                self.heads = store.heads(client for client, _answers in self.people)
                self._whose, after = "records", 0
            self._after = after
            return True
        if self.form.name != "client":
            records, after = sheets.some_records(store, self.form.name, self._after)
            for one in records:
                client = self.heads.get(one.client, one.client)
                self.events.add(client, one.id, one.answers)
            if after != self._after:
                self._after = after
                return True
        self.taken, self.own = sheets.taken(store), sheets.words(store)
        return False

    def index(self) -> Index:
        """Return everybody, ready to be found; what it is made of is let go."""
        people, self.people = self.people, []
        return index_of(people, self.heads, self.further)


@dataclass(slots=True)
class Some:
    """Some lines that are saved together: what each becomes, what is written, kept and let go."""

    meant: list[Meant] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    marks: list[tuple[bytes, RecordId]] = field(default_factory=list)
    kept: list[Parsed] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """One reading of a sheet, from its first line to its last: a look, or the taking in.

    Attributes:
        plan: how it is read.
        team: whose names are said and may stand in it.
        clock: what time it is.
        known: what is held.
        decided: what a person decided of some lines.
        meaning: says what each line becomes.
    """

    plan: Plan
    team: Team
    clock: Clock
    known: Known
    decided: Mapping[int, str] = field(default_factory=dict)
    meaning: Meaning = field(init=False)
    counts: dict[State, int] = field(default_factory=dict)
    _lines: Iterator[Parsed] = field(init=False)
    _entry: RecordId = b""

    def __post_init__(self) -> None:
        form, now = self.plan.form, self.clock.now()
        self.meaning = Meaning(
            *(form, self.team, now.date(), self.known.index(), self.known.events),
            *(self.known.taken, self._new, self.decided),
        )
        self._lines = self.plan.lines(Reader(form, now, self.team, self.known.own))

    @property
    def saved(self) -> int:
        """Return how many lines were, or would be, taken in."""
        return sum(self.counts.get(one, 0) for one in TAKEN_IN)

    @property
    def count(self) -> int:
        """Return how many lines were read."""
        return sum(self.counts.values())

    def look(self, tell: Callable[[int], None]) -> list[Meant]:
        """Return what every line would become; `tell` is told how many, and may raise, to stop."""
        found = []
        for parsed in self._lines:
            meant, _make = self.meaning.meant(parsed)
            self._count(meant)
            found.append(meant)
            if len(found) % TOLD == 0:
                tell(len(found))
        return found

    def compared(self) -> Edit:
        """Return what the audit says of the comparing."""
        return combination(
            "matched",
            [*self.meaning.met],
            **self._entry_of(self._new()),
            rule=_("Names, date of birth, telephone and home"),
            compared=self.meaning.index.count,
        )

    def turn(self, store: Store) -> bool:
        """Take in some more lines; False once all are. What it saves is saved whole."""
        begun, some = perf_counter(), Some()
        for parsed in self._lines:
            meant, make = self.meaning.meant(parsed)
            some.meant.append(meant)
            if make is not None:
                edit = self._edit(store, make)
                some.edits += [edit] if edit else []
                some.marks.append((make.mark, make.record))
            if meant.state in WAITS:
                some.kept.append(parsed)
            elif self.plan.book is None or meant.state is not State.WRONG:
                some.gone.append(mark(self.plan.form.name, parsed))
            if len(some.meant) >= TURN_LINES or perf_counter() - begun > TURN_S:
                break
        if some.meant:
            self._save(store, some)
        for meant in some.meant:
            self._count(meant)
        return bool(some.meant)

    def _save(self, store: Store, some: Some) -> None:
        count = sum(one.state in TAKEN_IN for one in some.meant)
        logged = [self._collected(self.saved + count)] if count else []
        at_ms = None
        with store.transaction():
            if edits := [*logged, *some.edits]:
                at_ms = store.save(edits, now_ms=self.clock.now_ms()).changes[-1].at
            sheets.keep_taken(store, some.marks)
            sheets.drop_waiting(store, some.gone)
            sheets.keep_waiting(store, self.plan.form.name, some.kept)
        if at_ms is not None:
            store.mark(at_ms)

    def _collected(self, count: int) -> Edit:
        first = not self._entry
        self._entry = self._entry or self._new()
        whole = collection(
            "table",
            count,
            **self._entry_of(self._entry),
            kind=self.plan.form.name,
            clients=[*self.meaning.met],
        )
        if first:
            return whole
        again: Answers = {**whole.answers}
        del again["happened_at"]
        return Edit(whole.form, whole.record, whole.client, whole.audience, again)

    def _edit(self, store: Store, make: Make) -> Edit | None:
        form, answers = self.plan.form, make.answers
        held = None if make.new else store.record(make.record)
        if make.fills:
            answers = filled(held.answers, answers, form) if held is not None else {}
            if not answers:
                return None
        kept_to = audience.audience_for(form) if held is None else held.audience
        return Edit(form.name, make.record, make.client, kept_to, answers)

    def _count(self, meant: Meant) -> None:
        self.counts[meant.state] = self.counts.get(meant.state, 0) + 1

    def _new(self) -> RecordId:
        return new_id(self.clock.now_ms(), os.urandom(10))

    def _entry_of(self, record: RecordId) -> _Entry:
        now: datetime = self.clock.now()
        return {"record": record, "at": now.isoformat(timespec="minutes")}
