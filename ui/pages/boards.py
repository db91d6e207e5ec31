# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Programme: the boards of the whole team, each row with its reason and its answers.

Boards at the left, rows at the right. Rows are answered where they stand by the same keys as on
Today; an answered row stays as its own receipt until the board is opened again. Left goes back to
the boards, Enter opens the client.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.casework.board import Board
from desktop_app.casework.boards import boards_for
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.records import RecordId
from storage.board_rows import Shown
from storage.store import Draft, Store
from ui import theme
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.notice import announce
from ui.pages import boards_facts, today_doing
from ui.pages.beside import Beside, begin_on_a_client, claim_focus
from ui.pages.boards_facts import Filled
from ui.pages.boards_figures import LegsFoot
from ui.pages.boards_follow import GoingThrough
from ui.pages.boards_list import BoardList
from ui.pages.boards_rows import BoardCard
from ui.pages.form_panel import FormPanel
from ui.pages.minutely import Minutely
from ui.pages.row_answers import answer_row
from ui.pages.today_answers import Answered
from ui.pages.today_words import state_words
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M, S

NARROW = 1000


class BoardsPage(QWidget):
    """Every board a person is shown, one at a time.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)
    help_topic = "boards"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.boards = {one.name: one for one in boards_for(session.me)}
        self.current = next(iter(self.boards))
        self.receipts: dict[str, tuple[Due, Answered]] = {}
        self._filled: dict[str, Filled] = {}
        self.files: Mapping[RecordId, CaseFile] = {}
        self._owed: set[RecordId] = set()
        self._opening = True
        self.list = BoardList(list(self.boards.values()))
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._to_rows)
        self.card = BoardCard(session)
        self.card.more_wanted.connect(self.refresh)
        self.card.page_wanted.connect(lambda page: self.go.emit(Place(page)))
        self.legs = LegsFoot(session)
        self.card.put_beneath(self.legs)
        self.rows = self.card.rows
        self.rows.answered.connect(lambda key, code: answer_row(self, key, code, "board"))
        self.rows.opened.connect(lambda key: self.rows.answered.emit(key, today_doing.OPEN))
        self.following = GoingThrough(session, self)
        self.following.went.connect(lambda _left: self.refresh())
        for area in (self.list.area, self.card.area):
            area.installEventFilter(self)
        self.beside = Beside(self.card)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        self.beside.closed.connect(lambda: self.legs.show_board(self.current))
        row = QHBoxLayout(self)
        row.setContentsMargins(L, S, L, S + 2)
        row.setSpacing(M + 2)
        row.addWidget(self.list)
        row.addWidget(self.beside, 1)
        self.setFocusProxy(self.rows)
        Minutely(self, self.refresh)
        session.changed.connect(self._changed)
        self.list.mark(self.current)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    @property
    def board(self) -> Board:
        """Return the board that is shown."""
        return self.boards[self.current]

    def show_place(self, place: Place) -> None:
        """Open the page, on a board when the place names one: what was answered has gone."""
        self.receipts.clear()
        self._opening = True
        self.show_board(place.form if place.form in self.boards else self.current)
        # Until its rows are there: left to itself Qt goes back to the board that had it before.
        self.list.shown_row.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.list, *self.beside.parts()]

    def show_board(self, name: str) -> None:
        """Show a board."""
        if name != self.current:
            self.receipts.clear()
        self.current = name
        self.card.show_board(self.boards[name])
        self.list.mark(name)
        self._fill()
        self.refresh()

    def refresh(self) -> None:
        """Ask what stands on the board now, then how many on the others."""
        session, touched = self.session, frozenset(self._owed)
        me, team, now = session.me, session.team, session.now()

        def ask(board: Board, store: Store, most: int = 0) -> Filled:
            before = held.get(board.name)
            return boards_facts.fill(
                store, board, me, team, now, most=most, before=before, touched=touched
            )

        def counted(found: Sequence[Filled]) -> None:
            self._owed -= touched
            self._count(found)

        shown, held = self.board, dict(self._filled)
        most = self.card.most + len(self.receipts)
        others = [one for one in self.boards.values() if one.name != shown.name]
        session.ask(
            lambda store: ask(shown, store, most),
            self._show,
            shows=boards_facts.shown_of,
            owner=self,
            name="board",
        )
        session.ask(
            lambda store: [ask(one, store) for one in others],
            counted,
            shows=nothing,
            owner=self,
            name="counts",
            later=True,
        )
        self.legs.show_board(shown.name if self.panel is None else "")

    def keep(self, due: Due, answered: Answered | None) -> None:
        """Let a row stand as the receipt of what was answered; None takes the receipt away."""
        if answered is None:
            self.receipts.pop(due.key, None)
        else:
            self.receipts[due.key] = (due, answered)
            announce(self, f"{due.name}, {state_words(answered)[0]}")
        self._fill()

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel beside the rows."""
        self.beside.open(panel)
        self.legs.show_board("")  # there is no room for four figures beside a panel

    def file(self, client: RecordId) -> CaseFile | None:
        """Return the whole case file of the client of the row that is answered."""
        return self.files.get(client)

    def draft(self, _due: Due) -> Draft | None:
        """Return nothing: no board shows drafts."""
        return None

    def due(self, key: str) -> Due | None:
        """Return what a row is about."""
        if key in self.receipts:
            return self.receipts[key][0]
        filled = self._filled.get(self.current)
        dues = filled.dues if filled is not None else ()
        return next((one for one in dues if one.key == key), None)

    def _show(self, filled: Filled) -> None:
        self._count([filled])
        self.following.follow(filled.shown, self.boards[filled.name].rule)
        if filled.name != self.current:
            return
        self._fill()
        if self._opening:
            self._opening = filled.shown.left > 0 and self.rows.is_empty
            begin_on_a_client(self.rows, filled.dues)
            claim_focus(self, self.list.shown_row if self.rows.is_empty else self.rows)

    def _count(self, found: Sequence[Filled]) -> None:
        for one in found:
            self._filled[one.name] = one
        self.list.set_counts({one.name: self._left(one) for one in found})

    def _left(self, filled: Filled) -> Shown:
        """Return what stands on a board, as its heading counts it."""
        return filled.to_look_at(self.receipts if filled.name == self.current else ())

    def _fill(self) -> None:
        filled = self._filled.get(self.current)
        if filled is not None and (filled.dues or not filled.shown.count):  # it may be only counted
            self.card.show_rows(filled, self.receipts, now=self.session.now())
            self.list.set_counts({filled.name: self._left(filled)})

    def _choose(self, name: str) -> None:
        """Show the board the keyboard went to; there it stays."""
        if name != self.current:
            self._opening = False
        self.show_board(name)

    def _to_rows(self) -> None:
        if not self.rows.is_empty:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _changed(self, touched: frozenset[RecordId]) -> None:
        """Look again at what was touched; while nobody looks, when the page is opened."""
        self._owed |= touched
        if self.isVisible():
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the boards with Left and to the rows with Right, before what scrolls takes them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Left and not event.modifiers():
                self.list.take_focus()
                return True
            if event.key() == Qt.Key.Key_Right and not event.modifiers():
                self._to_rows()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        scale = max(theme.current().text_scale, 1.0)
        self.list.set_roomy(roomy=self.width() / scale >= NARROW)
