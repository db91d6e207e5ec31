# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One board as a card: what it is, its rows under their headings, or why nobody stands on it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.board import Board
from desktop_app.casework.due import Due
from desktop_app.casework.due_missing import NAME as MISSING
from desktop_app.casework.forum import NAME as FORUM
from desktop_app.casework.handover import HANDOVERS
from desktop_app.casework.people import Role
from desktop_app.casework.posture_turns import Act
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across, scrolling
from ui.kit.chip import Chip
from ui.kit.empty import Empty
from ui.kit.labels import Line, Part, label
from ui.kit.notice import Notice
from ui.kit.row_list import RowList, RowSection
from ui.pages.boards_facts import Filled
from ui.pages.boards_list import chip_of
from ui.pages.missing_head import MissingHead
from ui.pages.today_answers import Answered
from ui.pages.today_missed import chain_strip
from ui.pages.today_words import due_row, receipt_row
from ui.session import Session
from ui.theme import BOLD

AT_FIRST = 16
"""Rows drawn at first, and so many more each time somebody asks."""


class BoardCard(Card):
    """The card.

    Signals:
        more_wanted: more rows are to be asked for.
        page_wanted: the name of a page this board leads to.
    """

    more_wanted = Signal()
    page_wanted = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._coordinates = Role.COORDINATOR in session.roles
        self.layout().setContentsMargins(6, 8, 6, 6)  # type: ignore[union-attr]
        self._board: Board | None = None
        self._most = AT_FIRST
        self._after = ""
        self._shown: list[RowSection] = []
        self.heading = label("", "h2", weight=BOLD)
        self.count = Chip("", "neutral")
        self.about = Line([])
        self.rows = RowList("")
        self.more = button("", "quiet", icon="chevron-down", small=True)
        self.more.clicked.connect(self._show_more)
        self.working = Notice("", "info")
        self.working.hide()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(self.rows)
        column.addWidget(self.more)
        column.addStretch(1)
        self.area = scrolling(inner)
        words, kind = _of_the_forum(holds=session.may_write("forum"))
        self.hold = self._leading(words, "gavel", "forum", kind=kind)
        self.same = self._leading(_("&Same key worker"), "hand-heart", "same_worker", kind="quiet")
        self.look = self._leading(_("H&istory for scrutiny"), "history", "scrutiny")
        acts = (self.same, self.look, self.hold)
        head = across(self.heading, self.count, None, *acts, margins=(10, 0, 10, 0))
        about = across(self.about, margins=(10, 0, 10, 2))
        self.add(head)
        self.add(about)
        self.complete = MissingHead(session)
        self.add(self.complete)
        self.add(self.working)
        self.add(self.area, 1)
        self._empty: Empty | None = None

    @property
    def most(self) -> int:
        """Return how many rows may be drawn."""
        return self._most

    def _leading(self, words: str, icon: str, page: str, *, kind: str = "plain") -> Button:
        """Return a button that leads to a page, hidden until a board has it."""
        made = button(words, kind, icon=icon, small=True)
        made.clicked.connect(lambda: self.page_wanted.emit(page))
        made.hide()
        return made

    def show_board(self, board: Board) -> None:
        """Show another board; its rows come when they are known."""
        if self._board is not None and self._board.name == board.name:
            return
        self._board, self._most, self._after, self._shown = board, AT_FIRST, "", []
        self.heading.setText(board.title)
        self.about.set_parts([Part(board.about, "muted")])
        self.rows.setAccessibleName(board.title)
        self.rows.set_sections([])
        self.hold.setVisible(board.name == FORUM)
        self.look.setVisible(board.name == Act.form and self._coordinates)
        self.same.setVisible(board.name == HANDOVERS)
        self.complete.setVisible(board.name == MISSING)
        self.count.hide()
        self.more.hide()
        self._say_empty(None)

    def put_beneath(self, foot: QWidget) -> None:
        """Put something beneath the rows, where nothing moves when it comes a moment later."""
        self.add(foot)

    def show_rows(
        self, filled: Filled, receipts: Mapping[str, tuple[Due, Answered]], *, now: datetime
    ) -> None:
        """Lay the rows out, unless nothing about them is different."""
        board = self._board
        if board is None:
            return
        dues = [due for due in filled.dues if due.key not in receipts]
        kept = [due for due, _answered in receipts.values()]
        rows = sorted([*dues, *kept], key=lambda due: (due.order, *due.sort_key[2:]))
        shown = _sections(board, rows[: self._most], receipts, now)
        left = filled.to_look_at(receipts)
        count = left.count
        self.count.set_chip(chip_of(count, left.late))
        self.count.setVisible(count > 0)
        hidden = count + len(kept) - self._most
        words = ngettext("Show %(n)d more", "Show %(n)d more", min(hidden, AT_FIRST))
        self.more.set_words(words % {"n": min(hidden, AT_FIRST)})
        self.more.setVisible(hidden > 0)
        self._say_working(filled.shown.left)
        self._say_empty(board if not rows and not filled.shown.left else None)
        if shown != self._shown:
            self._shown = shown
            extras = {
                due.key: partial(chain_strip, due.chain, filled.team, now)
                for due in rows[: self._most]
                if due.chain is not None and due.key not in receipts
            }
            self.rows.set_sections(shown, extras)
        if not self._after:
            return
        keys = list(self.rows.rows)
        if self._after in keys and self._after != keys[-1]:
            self.rows.go_to(self._after)
            self._after = ""

    def _show_more(self) -> None:
        """Ask for more rows; once they are there, the keyboard is where they begin."""
        self._most += AT_FIRST
        self._after = next(reversed(self.rows.rows), "")
        self.more_wanted.emit()

    def _say_working(self, left: int) -> None:
        self.working.setVisible(left > 0)
        if left:
            words = ngettext(
                "%(n)s client is still to be gone through. Until then somebody may be missing.",
                "%(n)s clients are still to be gone through. Until then somebody may be missing.",
                left,
            )
            self.working.say(words % {"n": f"{left:,}"})

    def _say_empty(self, board: Board | None) -> None:
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None
        self.area.setVisible(board is None)
        if board is not None:
            self._empty = Empty(
                board.icon,
                board.empty,
                why=_("It is worked out from what is recorded, and fills as soon as that changes."),
                tone="ok",
            )
            self.add(self._empty, 1)


def _sections(
    board: Board,
    rows: list[Due],
    receipts: Mapping[str, tuple[Due, Answered]],
    now: datetime,
) -> list[RowSection]:
    """Return rows under their headings, each heading where its first row stands."""
    found: dict[str, list[Due]] = {}
    for due in rows:
        found.setdefault(board.section(due), []).append(due)
    return [
        RowSection(
            heading,
            tuple(
                receipt_row(due, receipts[due.key][1], today=now.date())
                if due.key in receipts
                else due_row(_without(due, (heading, board.title)))
                for due in some
            ),
        )
        for heading, some in found.items()
    ]


def _without(due: Due, said: Collection[str]) -> Due:
    """Return a row that does not say again what stands above it."""
    return replace(due, what="") if due.what in said else due


def _of_the_forum(*, holds: bool) -> tuple[str, str]:
    """Return what leads to the forum: others than those who hold it read what was held."""
    return (_("&Hold the forum"), "primary") if holds else (_("Forums of the &past"), "plain")
