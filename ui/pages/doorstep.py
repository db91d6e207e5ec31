# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Doorstep: record a visit on one screen, in the order of the doorstep.

The first key lands in a safe draft within a second. Ctrl+Enter saves, Esc leaves it as a draft.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from desktop_app.casework.attachments import FORM
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from storage.store import Store
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.empty import Empty
from ui.kit.notice import announce
from ui.pages import doorstep_facts
from ui.pages.attaching import AttachingPanel, dropped_file
from ui.pages.doorstep_card import card_panel
from ui.pages.doorstep_facts import Facts
from ui.pages.doorstep_visit import DoorstepVisit
from ui.pages.form_panel import FormPanel
from ui.places import Place
from ui.session import Session
from ui.tokens import M

ATTACHING = 620
"""How wide and how high the panel that attaches a letter or a picture may be."""


class DoorstepPage(QWidget):
    """The page that records a visit.

    Signals:
        go: a `Place` to be taken to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "doorstep"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self._place, self._given = Place("visit"), ""
        self.visit: DoorstepVisit | None = None
        self.attaching: FormPanel | None = None
        self._back: QWidget | None = None
        self.setAcceptDrops(True)
        self._stack = QStackedLayout(self)
        self._nobody = Empty(
            "footprints",
            _("A visit is recorded here."),
            why=_("Choose a client first, on Today or on Clients."),
        )
        self._stack.addWidget(self._nobody)
        session.changed.connect(self._changed)
        session.team_changed.connect(self._ask_again)
        session.failed.connect(lambda _error: self._ask_again())

    def show_place(self, place: Place) -> None:
        """Begin, or take up again, a visit to a client."""
        self._given, place = place.answer, replace(place, answer="")
        if self.visit is not None and place == self._place:
            self._go_on(self.visit)
            return
        self._put_away()
        self._place = place
        if place.form == "account" and place.record is not None:
            self._to_record(place)
        elif place.client is not None:
            self._ask(self._begin)

    def _go_on(self, visit: DoorstepVisit) -> None:
        """Put the keyboard back among the questions, once the window has finished coming here."""
        _give(visit, self._given)
        last: QWidget | None = visit.focusWidget()  # a window gives its first button it: not meant
        if last is None or visit.top.isAncestorOf(last):
            QTimer.singleShot(0, visit, visit.start)
        else:
            QTimer.singleShot(0, last, lambda: last.setFocus(Qt.FocusReason.OtherFocusReason))

    def panes(self) -> list[QWidget]:
        """Return its parts, for F6."""
        return self.visit.panes() if self.visit else [self]

    def attach(self, file: Path | None = None) -> None:
        """Attach a letter or a picture, and come back to the visit as it was left."""
        visit = self.visit
        if visit is None:
            return
        self._end_attaching()
        held = visit.facts.visit
        panel = AttachingPanel(
            self._session,
            self._dialogs,
            visit.facts.about,
            file,
            belongs_to=held.id if held is not None else b"",
            who=visit.facts.file.name,
        )
        panel.saved.connect(lambda _edit: announce(self, _("Attached")))
        self._put_before(panel, visit.words.attach)

    def leave_card(self) -> None:
        """Make the card to leave behind, and come back to the visit as it was left."""
        if self.visit is not None:
            self._end_attaching()
            panel = card_panel(self._session, self._dialogs, self.visit)
            self._put_before(panel, self.visit.words.card)

    def _put_before(self, panel: FormPanel, back: QWidget) -> None:
        """Show a panel before the visit; the keyboard goes back to where it came from."""
        panel.setMaximumSize(theme.px(ATTACHING), theme.px(ATTACHING))
        panel.closed.connect(self._end_attaching)
        self.attaching, self._back, desk = panel, back, QWidget()
        grid = QGridLayout(desk)  # in the middle, whatever the size of the window
        grid.setContentsMargins(M, M, M, M)
        grid.addWidget(panel)
        self._stack.addWidget(desk)
        self._stack.setCurrentWidget(desk)
        QTimer.singleShot(0, panel, panel.start)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a letter or a picture for the visit that is open."""
        if self.visit is not None and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        file = dropped_file(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.attach(file)

    def _end_attaching(self) -> None:
        """Put the panel away, and show the visit again."""
        panel, self.attaching = self.attaching, None
        if panel is None:
            return
        desk = panel.parentWidget()
        if desk is not None:
            self._stack.removeWidget(desk)
            desk.hide()
            desk.deleteLater()
        if self.visit is not None and self._back is not None:
            self._stack.setCurrentWidget(self.visit)
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, then: Callable[[Facts | None], None]) -> None:
        session, client, record = self._session, self._place.client, self._recorded()
        if client is None:
            return
        me, team, now = session.me.id, session.team, session.now()

        def question(store: Store) -> Facts | None:
            return doorstep_facts.gather(store, client, record, me=me, team=team, now=now)

        session.ask(question, then, shows=doorstep_facts.shown_of, owner=self, name="facts")

    def _recorded(self) -> RecordId | None:
        """Return the visit that is open, or that is to be opened."""
        if self.visit is not None:
            return self.visit.facts.visit.id if self.visit.facts.visit else None
        return self._place.record

    def _begin(self, facts: Facts | None) -> None:
        if facts is None:
            self._stack.setCurrentWidget(self._nobody)
            return
        self._put_away()
        visit = DoorstepVisit(self._session, facts)
        visit.left.connect(self._leave)
        visit.correct.connect(self._correct)
        visit.top.alerts_wanted.connect(self._to_alerts)
        visit.words.attach.clicked.connect(lambda _on=False: self.attach())
        visit.words.attach.setVisible(self._session.may_write(FORM))
        visit.words.card.clicked.connect(self.leave_card)
        visit.words.card.setVisible(self._session.may_write("export"))
        visit.top.who.helped.connect(self._help)
        self.visit = visit
        self._stack.addWidget(visit)
        self._stack.setCurrentWidget(visit)
        self.setFocusProxy(visit)
        _give(visit, self._given)
        visit.start()

    def _put_away(self) -> None:
        self._end_attaching()
        if self.visit is None:
            return
        self.visit.drafting.flush()
        self._stack.removeWidget(self.visit)
        self.visit.hide()
        self.visit.deleteLater()
        self.visit = None

    def _leave(self) -> None:
        self._put_away()
        self._stack.setCurrentWidget(self._nobody)
        self.done.emit()

    def _changed(self, touched: frozenset[bytes]) -> None:
        if self.visit is None:
            return
        if not touched.isdisjoint({self._place.client, self.visit.facts.file.client.id}):
            self._ask_again()

    def _ask_again(self) -> None:
        if self.visit is not None:
            self._ask(self._take_in)

    def _take_in(self, facts: Facts | None) -> None:
        if self.visit is not None and facts is not None:
            self.visit.take_in(facts)

    def _correct(self) -> None:
        account = self.visit.facts.account if self.visit is not None else None
        client = self._place.client
        if account is not None:
            self._put_away()
            self.go.emit(Place("record", client=client, record=account.id, form="account"))

    def _to_record(self, place: Place) -> None:
        """Show an account on a sheet of its own, once the window has finished coming here."""
        there = replace(place, page="record")
        QTimer.singleShot(0, self, lambda: self.go.emit(there))

    def _to_alerts(self) -> None:
        self.go.emit(Place("client", client=self._place.client))

    def _help(self) -> None:
        wanted = getattr(self.window(), "help_wanted", None)
        if wanted is not None:
            wanted.emit(self.help_topic)


def _give(visit: DoorstepVisit, answer: str) -> None:
    """Give the answer that was given before coming here, where there is one."""
    tile = visit.happened.tiles.tiles.get(answer)
    if tile is not None:
        tile.click()
