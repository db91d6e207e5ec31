# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Reading a spreadsheet beside the work: opened, looked through, taken in, told as it goes.

Rules, each with a test:

* The file is read on a thread of its own; the vault is asked for a little at a time, so that
  whoever works in the casebook waits for neither.
* That a table was compared with the casebook is written into the audit before it is shown whom it
  met.
* A look that is stopped leaves nothing. A taking in that is stopped leaves whole lines: what was
  taken in by then stays, and is known when the file is read again.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import RecordId
from desktop_app.casework.sheets.lines import Parsed
from desktop_app.casework.sheets.meaning import Meant, State
from desktop_app.casework.words import _
from storage import sheets
from storage.store import Store
from ui.exchange_run import Stage
from ui.session import Session
from ui.sheets.setup import Setup, begin, offered
from ui.sheets.taking_in import Known, Plan, Reading
from ui.sheets.workbook import open_workbook

T = TypeVar("T")


class _Stopped(Exception):
    """A person has stopped the look."""


class Looked(NamedTuple):
    """What the lines of a sheet would become.

    Attributes:
        lines: what each would.
        counts: how many of each kind there are.
        met: the clients already here that lines are about.
    """

    lines: tuple[Meant, ...]
    counts: Mapping[State, int]
    met: tuple[RecordId, ...]


class TakenIn(NamedTuple):
    """What was taken in: how many lines of each kind, and whether it was stopped before its end."""

    counts: Mapping[State, int]
    saved: int
    stopped: bool


class SheetJob(QObject):
    """One thing after another; never two at once.

    Signals:
        stage: a `Stage`, whenever there is something to say.
        running: whether something is under way.
        opened: the `Setup` a file is offered to be read by.
        looked: what the lines would become, as `Looked`.
        done: what was taken in, as `TakenIn`.
        stopped: a look was stopped.
        failed: the `CaseworkError` that ended it.
    """

    stage = Signal(object)
    running = Signal(bool)
    opened = Signal(object)
    looked = Signal(object)
    done = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._stop = False
        self.busy = False

    def open(self, path: Path, *, sheet: str = "", as_form: str = "") -> None:
        """Open a file, or another sheet of it."""
        session = self._session
        year, among = session.today().year, offered(session.me)
        self._begin(_("Opening the file …"))

        def opens(remembered: dict[str, dict[str, str]]) -> None:
            def work() -> Setup:
                asked = {"sheet": sheet, "as_form": as_form}
                return begin(open_workbook(path), among, year=year, remembered=remembered, **asked)

            self._aside(work, lambda setup: self._end(self.opened, setup))

        self._in_store(sheets.all_columns, opens)

    def look(self, plan: Plan, decided: Mapping[int, str]) -> None:
        """Say what every line would become; nothing is changed."""
        self._begin(_("Reading everybody's names …"))
        self._gather(plan, lambda known: self._look(plan, known, decided))

    def take_in(self, plan: Plan, decided: Mapping[int, str], *, lines: int) -> None:
        """Take in every line that can be; `lines` is how many there are."""
        self._begin(_("Reading everybody's names …"))

        def reads(known: Known) -> None:
            session = self._session

            def make() -> Reading:
                return Reading(plan, session.team, session.clock, known, decided)

            self._aside(make, lambda reading: self._turn(reading, lines))

        self._gather(plan, reads)

    def stop(self) -> None:
        """Stop what is under way."""
        self._stop = True
        if self.busy:
            self.stage.emit(Stage(_("Stopping …")))

    # Looking

    def _look(self, plan: Plan, known: Known, decided: Mapping[int, str]) -> None:
        session = self._session

        def tell(done: int) -> None:
            if self._stop:
                raise _Stopped
            self.stage.emit(Stage(_("Reading line %(n)d …") % {"n": done}))

        def work() -> tuple[Reading, list[Meant]] | None:
            reading = Reading(plan, session.team, session.clock, known, decided)
            try:
                return reading, reading.look(tell)
            except _Stopped:
                return None

        self._aside(work, self._logged)

    def _logged(self, found: tuple[Reading, list[Meant]] | None) -> None:
        """Write down that it was compared, then show what came of it."""
        if found is None:
            self._end(self.stopped)
            return
        reading, lines = found
        met = tuple(reading.meaning.met)
        looked = Looked(tuple(lines), dict(reading.counts), met)

        def ask(store: Store) -> Looked:
            store.save([reading.compared()], now_ms=self._session.clock.now_ms())
            return looked

        self._session.ask(
            ask, lambda one: self._end(self.looked, one), shows=shown_of, owner=self, name="looked"
        )

    # Taking in

    def _turn(self, reading: Reading, lines: int) -> None:
        def work(store: Store) -> bool:
            return reading.turn(store)

        def went(more: bool) -> None:  # noqa: FBT001  the answer of the turn
            self.stage.emit(Stage(_("Taking in the lines …"), reading.count, lines))
            if more and not self._stop:
                self._in_store(work, went)
                return
            self._session.changed.emit(frozenset())
            self._end(self.done, TakenIn(dict(reading.counts), reading.saved, stopped=more))

        self._in_store(work, went)

    # Both

    def _gather(self, plan: Plan, then: Callable[[Known], None]) -> None:
        known = Known(plan.form)

        def more(is_more: bool) -> None:  # noqa: FBT001  the answer of the store
            if self._stop:
                self._end(self.stopped)
            elif is_more:
                self._in_store(known.more, more)
            else:
                then(known)

        self._in_store(known.more, more)

    def _begin(self, words: str) -> None:
        self._stop, self.busy = False, True
        self.running.emit(True)  # noqa: FBT003  Qt's own signature
        self.stage.emit(Stage(words))

    def _end(self, signal: Any, *told: object) -> None:
        self.busy = False
        self.running.emit(False)  # noqa: FBT003  Qt's own signature
        signal.emit(*told)

    def _in_store(self, work: Callable[[Store], T], then: Callable[[T], None]) -> None:
        self._session.work(_tried(work), self._told(then), owner=self)

    def _aside(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        tried = _tried(lambda _nothing: work())
        self._session.aside(lambda: tried(None), self._told(then), owner=self)

    def _told(self, then: Callable[[T], None]) -> Callable[[Any], None]:
        def told(came: Any) -> None:
            if isinstance(came, CaseworkError):
                self._end(self.failed, came)
            else:
                then(came)

        return told


def _tried(work: Callable[[Any], T]) -> Callable[[Any], T | CaseworkError]:
    """Return work that answers with the error a person is to be told, where there is one."""

    def tried(given: Any) -> T | CaseworkError:
        try:
            return work(given)
        except CaseworkError as error:
            return error

    return tried


def shown_of(looked: Looked) -> Sight | None:
    """Return whom the lines of a sheet show."""
    return sight("sheet", clients=looked.met) if looked.met else None


def plan_of_waiting(form: Any, waiting: list[tuple[str, Parsed]]) -> Plan:
    """Return how the lines that wait are read again: numbered anew."""
    lines = (one._replace(number=n) for n, (_form, one) in enumerate(waiting, 1))
    return Plan(form, waiting=tuple(lines))
