# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking through everybody for two files of one person, beside the work, until it is stopped.

Rules, each with a test:

* The vault is read some thousand files at a time, and the comparing is done without it, so that
  nobody has to wait for either.
* That everybody was compared is written into the audit (DPA 2018 s.62(1)(e)) before it is shown
  whom it found.
* Stopped, it leaves nothing; what was found by then is not shown as if it were all.
"""

from collections.abc import Sequence
from heapq import nlargest

from PySide6.QtCore import QObject, Signal

from desktop_app.casework.audit import combination
from desktop_app.casework.pairing import pairs
from desktop_app.casework.records import RecordId
from desktop_app.casework.traits import Traits
from desktop_app.casework.words import _
from storage import everybody
from storage.everybody import Scored, Some
from storage.store import Store
from ui.exchange_run import Stage
from ui.pages.joining_facts import Likely, likely, list_shown_of
from ui.session import Session

LIKELIEST = 5_000
"""So many pairs at most are kept of a look: where there are more, the list is not what is wrong."""


class _Stopped(Exception):
    """A person has stopped the look."""


class Look(QObject):
    """One look after another.

    Signals:
        stage: a `Stage`, whenever there is something to say.
        found: the pairs, as `Likely`; what is not decided about, the likeliest first.
        ended: it was stopped before its end.
    """

    stage = Signal(object)
    found = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, *, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: list[RecordId] = []
        self._traits: list[Traits] = []
        self._scored: list[Scored] = []
        self._stopped = False
        self.running = False

    def begin(self) -> None:
        """Begin anew; nothing, while one is under way."""
        if self.running:
            return
        self.running, self._stopped = True, False
        self._ids, self._traits = [], []
        self.stage.emit(Stage(_("Reading everybody's names …")))
        self._session.work(everybody.some, self._read, owner=self)

    def stop(self) -> None:
        """Stop; nothing is shown of it."""
        self._stopped = True

    def again(self) -> None:
        """Look again at what was found: some of it was decided meanwhile."""
        if not self.running:
            self._show()

    def _read(self, some: Some) -> None:
        if self._stopped:
            self._end()
            return
        self._ids += some.ids
        self._traits += some.traits
        if some.ids:
            after = some.after
            self._session.work(
                lambda store: everybody.some(store, after=after), self._read, owner=self
            )
            return
        ids, people = tuple(self._ids), tuple(self._traits)
        self._session.aside(lambda: self._compared(ids, people), self._scored_all, owner=self)

    def _compared(self, ids: Sequence[RecordId], people: Sequence[Traits]) -> list[Scored] | None:
        """Compare, on a thread of its own; None when it was stopped."""

        def tell(done: int) -> None:
            if self._stopped:
                raise _Stopped
            self.stage.emit(Stage(_("Comparing everybody …"), done, len(people)))

        found = ((ids[one], ids[other], how) for one, other, how in pairs(people, tell=tell))
        try:
            return nlargest(LIKELIEST, found, key=lambda one: one[2].score)
        except _Stopped:
            return None

    def _scored_all(self, scored: list[Scored] | None) -> None:
        if scored is None or self._stopped:
            self._end()
            return
        self._scored = scored
        session = self._session
        entry = combination(
            "alike",
            [],
            record=session.new_record(),
            at=session.now().isoformat(timespec="minutes"),
            rule=_("Names, date of birth, telephone and home"),
            compared=len(self._ids),
        )
        self._ids, self._traits = [], []
        session.save([entry], lambda _saved: self._show())

    def _show(self) -> None:
        scored = self._scored

        def ask(store: Store) -> list[Likely]:
            return likely(store, scored)

        self._session.ask(ask, self._tell, shows=list_shown_of, owner=self, name="pairs")

    def _tell(self, found: list[Likely]) -> None:
        self.running = False
        self.found.emit(found)

    def _end(self) -> None:
        self.running = False
        self._ids, self._traits = [], []
        self.ended.emit()
