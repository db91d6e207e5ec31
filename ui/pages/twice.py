# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Written twice: every question that two people answered differently, and where it is settled.

Whoever coordinates sees all that is open in the casebook; everybody else what concerns them. Up and
down go through the list; the answers of one question stand beside it. What was settled can be taken
back at once: then it is open again, with all its answers.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.casework.people import Role
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.settling import taking_back
from desktop_app.casework.words import _
from storage.store import Store
from ui import theme
from ui.kit.card import across, clear
from ui.kit.empty import Empty
from ui.kit.undo_bar import UndoBar
from ui.pages import twice_facts
from ui.pages.today_read import mark_read
from ui.pages.twice_facts import Matter, Whole
from ui.pages.twice_list import MatterList
from ui.pages.twice_question import QuestionView
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M

ROOMY = 1060


class TwicePage(QWidget):
    """The list, and one question.

    Signals:
        go: a `Place` to be taken to.
        done: the person is done here.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "twice"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.found: list[Matter] = []
        self.view: QuestionView | None = None
        self._client: RecordId | None = None
        self._record: RecordId | None = None
        self._current, self._opening = "", False
        self.list = MatterList(session)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.everything_wanted.connect(lambda: self.show_place(Place("twice")))
        card = QFrame()
        card.setProperty("look", "card")
        self._body = QVBoxLayout(card)
        self._body.setContentsMargins(1, 1, 1, 1)
        row = across(self.list, card, gap=M, margins=(L, M, L, M))
        row.setStretch(1, 1)
        self.undo = UndoBar()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self.undo)
        self.setFocusProxy(self.list)
        session.changed.connect(self._changed)

    def show_place(self, place: Place) -> None:
        """Show what is open: of everybody, of one client, or one record first."""
        self._client, self._record = place.client, place.record
        self._opening = True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return its parts, for F6."""
        return [self.list, *([self.view] if self.view else [])]

    def refresh(self) -> None:
        """Ask what is open now."""
        session, client = self.session, self._client
        me, team, today = session.me, session.team, session.today()
        session.ask(
            lambda store: twice_facts.matters(store, me, team, today, client=client),
            self._show,
            shows=twice_facts.listed_of,
            owner=self,
            name="list",
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list a width it is read at."""
        super().resizeEvent(event)
        self.list.set_roomy(roomy=self.width() > theme.px(ROOMY))

    def _show(self, found: list[Matter]) -> None:
        self.found = found
        keys = [one.key for one in found]
        if self._record is not None:  # the one somebody came for
            wanted = (one.key for one in found if self._record in one.ids)
            self._current, self._record = next(wanted, self._current), None
        if self._current not in keys:
            self._current = next(iter(keys), "")
        current = self._current
        self.list.set_matters(found, current, of_one=self._client is not None)
        opening, self._opening = self._opening, False
        if not current:
            self._put(self._nothing())
            return
        if opening or self.list.rows.current() != current:
            self.list.rows.go_to(current)
        self.list.mark(current)
        self._ask_whole()

    def _nothing(self) -> Empty:
        head = _("Nothing of yours is written twice")
        if self._client is not None:
            head = _("Nothing about this client is written twice")
        elif Role.COORDINATOR in self.session.roles:
            head = _("Nothing is written twice")
        return Empty(
            "git-merge",
            head,
            why=_(
                "Where two people answer the same question without having seen each other's "
                "answer, both are kept and stand here until somebody chooses."
            ),
            tone="ok",
        )

    def _choose(self, key: str) -> None:
        if key and key != self._current and key in {one.key for one in self.found}:
            self._current = key
            self.list.mark(key)
            self._ask_whole()

    def _enter(self) -> None:
        if self.view is not None:
            self.view.start()

    def _ask_whole(self) -> None:
        matter = next((one for one in self.found if one.key == self._current), None)
        if matter is None:
            return
        team = self.session.team
        self.session.ask(
            lambda store: twice_facts.whole(store, matter, team),
            self._show_whole,
            shows=twice_facts.shown_of,
            owner=self,
            name="whole",
        )

    def _show_whole(self, whole: Whole | None) -> None:
        if whole is None:
            self._put(
                Empty(
                    "eye-off",
                    _("This is not shown now"),
                    why=_("It was settled meanwhile, or a reason to look is asked for above."),
                )
            )
            return
        if self.view is not None and self.view.whole == whole:
            return
        view = QuestionView(self.session, whole)
        view.go.connect(self.go)
        view.later.connect(self.list.take_focus)
        view.done.connect(self._done)
        view.read.connect(partial(self._read, whole))
        self._put(view)
        self.view = view

    def _put(self, widget: QWidget) -> None:
        focus: QWidget | None = self.window().focusWidget()
        within = self.view is not None and focus is not None and self.view.isAncestorOf(focus)
        if self.view is not None:
            self.view.drafting.flush()
        self.view = None
        clear(self._body)
        self._body.addWidget(widget, 1)
        widget.show()  # at once: what is shown only later cannot take the focus now
        if within:
            self.list.take_focus()

    def _done(self, words: str, edits: Sequence[Edit]) -> None:
        self._forget()
        self.refresh()
        self.undo.offer(words, lambda: self._take_back(edits))

    def _take_back(self, edits: Sequence[Edit]) -> None:
        """Open again what was just settled, or take an objection back."""
        self._record, self._opening = edits[0].record, True
        self.session.save(taking_back(edits, _("Taken back at once by its author")))

    def _read(self, whole: Whole) -> None:
        settled = whole.matter.settled
        if settled is None:
            return

        def remember(store: Store) -> None:
            mark_read(store, settled.id, read=True)

        def read(_none: None) -> None:
            self._forget()
            self.refresh()

        self.session.work(remember, read, owner=self)

    def _forget(self) -> None:
        """Let go of what is no longer to be done; the one after it comes next."""
        keys = [one.key for one in self.found]
        at = keys.index(self._current) if self._current in keys else 0
        after = [*keys[at + 1 :], *reversed(keys[:at])]
        self._put(QWidget())
        self._current = next(iter(after), "")

    def hideEvent(self, event: QHideEvent) -> None:
        """Hand over what was typed."""
        super().hideEvent(event)
        if self.view is not None:
            self.view.drafting.flush()

    def _changed(self, _touched: frozenset[bytes]) -> None:
        if self.isVisible():
            self.refresh()
