# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The record page: any record on a sheet of its own, new, open, read or corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.casework.attachments import FORM
from desktop_app.casework.words import _
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.empty import Empty
from ui.pages import record_facts
from ui.pages.attachment_view import AttachmentView
from ui.pages.record_facts import ELSEWHERE, RecordFacts
from ui.pages.record_open import OpenRecord
from ui.pages.record_read import ReadRecord
from ui.places import Place
from ui.session import Session


class RecordPage(QWidget):
    """The page that shows one record.

    Signals:
        go: a `Place` to be taken to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "record"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._place = Place("record")
        self.open: OpenRecord | ReadRecord | None = None
        self._stack = QStackedLayout(self)
        self._nothing = Empty(
            "file-text",
            _("A record is shown here."),
            why=_("It may not have arrived yet, or you may not hold it."),
        )
        self._stack.addWidget(self._nothing)
        session.changed.connect(self._changed)
        session.failed.connect(lambda _error: self._look_again())

    def show_place(self, place: Place) -> None:
        """Show a record, or a form for a new one."""
        if self.open is not None and place == self._place:
            return
        self._put_away()
        self._place = place
        self._ask(correcting=False)

    def panes(self) -> list[QWidget]:
        """Return its parts, for F6."""
        return self.open.panes() if self.open else [self]

    def _ask(self, *, correcting: bool) -> None:
        session, place = self._session, self._place
        me, team, today = session.me, session.team, session.today()

        def question(store: Store) -> RecordFacts | None:
            return record_facts.gather(store, place, me=me, team=team, today=today)

        def show(facts: RecordFacts | None) -> None:
            self._begin(facts, correcting=correcting)

        session.ask(question, show, shows=record_facts.shown_of, owner=self, name="facts")

    def _begin(self, facts: RecordFacts | None, *, correcting: bool) -> None:
        self._put_away()
        if facts is None:
            self._stack.setCurrentWidget(self._nothing)
            return
        opened = self._made(facts, correcting=correcting)
        if facts.form.name == FORM and facts.record is not None:
            shown = AttachmentView(self._session, self._dialogs, facts.record)
            opened.put_in_place(shown)
            shown.come_after(opened.who)
        opened.left.connect(self._leave)
        opened.go.connect(self.go)
        self.open = opened
        self._stack.addWidget(opened)
        self._stack.setCurrentWidget(opened)
        self.setFocusProxy(opened)
        opened.start()

    def _made(self, facts: RecordFacts, *, correcting: bool) -> OpenRecord | ReadRecord:
        """Return the sheet a record is opened, corrected or read on."""
        session, me = self._session, self._session.me
        correcting = facts.may_correct(me) and (correcting or facts.draft is not None)
        standing = facts.record is None or facts.record.withdrawn is None
        page = ELSEWHERE.get(facts.form.name) if facts.record is not None else None
        if page is None and (correcting or (facts.may_edit(me) and standing)):
            return OpenRecord(session, self._dialogs, facts, correcting=correcting)
        read = ReadRecord(session, self._dialogs, facts)
        if page is None:
            read.correct.connect(lambda: self._ask(correcting=True))
        else:
            place = Place(page, client=facts.about, record=self._place.record)
            read.correct.connect(lambda: self.go.emit(place))
        return read

    def _put_away(self) -> None:
        if self.open is None:
            return
        if isinstance(self.open, OpenRecord):
            self.open.drafting.flush()
        self._stack.removeWidget(self.open)
        self.open.hide()
        self.open.deleteLater()
        self.open = None

    def _leave(self) -> None:
        self._put_away()
        self._stack.setCurrentWidget(self._nothing)
        self.done.emit()

    def _changed(self, touched: frozenset[bytes]) -> None:
        if self.open is None or (isinstance(self.open, OpenRecord) and self.open.saving):
            return
        facts = self.open.facts
        shown = [one.id for one in (facts.record, *facts.one_with) if one is not None]
        if not touched.isdisjoint(shown):
            self._look_again()

    def _look_again(self) -> None:
        """Ask how the record that is open stands now."""
        if self.open is None or self.open.facts.record is None:
            return
        session, place = self._session, self._place
        me, team, today = session.me, session.team, session.today()

        def question(store: Store) -> RecordFacts | None:
            return record_facts.gather(store, place, me=me, team=team, today=today)

        session.ask(question, self._take_in, shows=record_facts.shown_of, owner=self, name="facts")

    def _take_in(self, facts: RecordFacts | None) -> None:
        opened = self.open
        if opened is None or facts is None:
            return
        if not isinstance(opened, OpenRecord):
            self._begin(facts, correcting=False)
        elif opened.correcting or facts.may_edit(self._session.me):
            opened.take_in(facts)
        else:
            # Sealed meanwhile: what was typed becomes the draft of a correction.
            opened.drafting.flush()
            self._ask(correcting=False)
