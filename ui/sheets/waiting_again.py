# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Lines of a spreadsheet that waited for their client are read again once somebody new is here.

Rules, each with a test:

* Only what is beyond doubt comes in by itself: the client a line names is here now. Where somebody
  has to decide, the line goes on waiting; a list of clients never makes one by itself.
* It gives way to whoever works, a little at a time, and is logged as any reading of a table is.
* A line comes in once, and leaves what waits in the same save.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.casework.forms import form
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import ngettext
from storage import sheets
from storage.store import Store
from ui.session import Session
from ui.sheets.job import plan_of_waiting
from ui.sheets.taking_in import Known, Plan, Reading

REST_MS = 3_000
"""How long after a change it begins, so that many changes are one."""
CLIENT = "client"


class WaitingAgain(QObject):
    """Reads them again.

    Signals:
        came: how many lines came in by themselves.
        said: the same in words.
    """

    came = Signal(int)
    said = Signal(str)

    def __init__(self, session: Session, parent: QObject, *, rest_ms: int = REST_MS) -> None:
        super().__init__(parent)
        self._session, self._saved, self.busy = session, 0, False
        self._touched: set[RecordId] = set()
        self._plans: list[Plan] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self._begin)
        session.changed.connect(self._changed)
        session.closing.connect(self._rest.stop)  # a locked casebook is asked nothing

    def _changed(self, touched: frozenset[RecordId]) -> None:
        if touched:
            self._touched |= touched
            self._rest.start()

    def _begin(self) -> None:
        if self.busy:
            self._rest.start()
            return
        touched, self._touched = frozenset(self._touched), set()
        may = self._session.may_write
        self._session.work(lambda store: _cured(store, touched, may), self._take, owner=self)

    def _take(self, plans: list[Plan]) -> None:
        self._plans, self._saved = plans, 0
        self._next()

    def _next(self) -> None:
        self.busy = bool(self._plans)
        if self._plans:
            known = Known(self._plans[0].form)
            self._gather(self._plans.pop(0), known)
        elif self._saved:
            self._session.changed.emit(frozenset())
            self.came.emit(self._saved)
            words = ngettext(
                "%(n)d line of a spreadsheet waited for its client, and came in now.",
                "%(n)d lines of a spreadsheet waited for their client, and came in now.",
                self._saved,
            )
            self.said.emit(words % {"n": self._saved})

    def _gather(self, plan: Plan, known: Known) -> None:
        session = self._session

        def more(is_more: bool) -> None:  # noqa: FBT001  the answer of the store
            if is_more:
                session.work(known.more, more, owner=self)
                return

            def make() -> Reading:
                return Reading(plan, session.team, session.clock, known, {})

            session.aside(make, self._turn, owner=self)

        session.work(known.more, more, owner=self)

    def _turn(self, reading: Reading) -> None:
        def went(more: bool) -> None:  # noqa: FBT001  the answer of the turn
            if more:
                self._turn(reading)
                return
            self._saved += reading.saved
            self._session.work(lambda store: _told(store, reading), lambda _none: self._next())

        self._session.work(reading.turn, went, owner=self)


def _cured(store: Store, touched: frozenset[RecordId], may: Callable[[str], bool]) -> list[Plan]:
    """Return what is to be read again, now that something was written; nothing for most of it."""
    waits = [one for one in sheets.waiting(store) if one[0] != CLIENT and may(one[0])]
    if not waits or not any(_is_client(store, one) for one in touched):
        return []
    names = dict.fromkeys(name for name, _line in waits)
    return [plan_of_waiting(form(each), [one for one in waits if one[0] == each]) for each in names]


def _is_client(store: Store, record: RecordId) -> bool:
    held = store.record(record)
    return held is not None and held.form == CLIENT


def _told(store: Store, reading: Reading) -> None:
    """Write down that lines were compared with the casebook (DPA 2018 s.62(1)(e))."""
    store.save([reading.compared()], now_ms=reading.clock.now_ms())
