# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The boards at the left of Programme: each with how many stand on it, and how many are late."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.casework.board import Board
from desktop_app.casework.words import _, ngettext
from storage.board_rows import Shown
from ui import theme
from ui.kit.card import down, scrolling
from ui.kit.chip import ChipText
from ui.kit.labels import Part, label
from ui.kit.row import Lead, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.theme import BOLD
from ui.tokens import M, S

WIDE, SLIM = 268, 240


class BoardList(QFrame):
    """The list.

    Signals:
        chosen: name of the board the keyboard is on.
        entered: a person wants to go on to its rows.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, boards: Sequence[Board]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._boards = tuple(boards)
        self._counts: dict[str, Shown] = {}
        self._current = ""
        self._title = label(_("Programme"), "h1", weight=BOLD)
        self._title.setContentsMargins(8, 0, 0, 0)
        self.rows = RowList(_("Boards"))
        self.rows.current_changed.connect(self.chosen)
        self.rows.opened.connect(lambda _key: self.entered.emit())
        inner = QWidget()
        inner.setLayout(down(self.rows, None, margins=(0, 0, 4, 0)))
        self.area = scrolling(inner)
        whole = down(self._title, self.area, gap=S, margins=(6, M, 6, S))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.rows)
        self.rows.set_sections([RowSection("", tuple(map(self._item, self._boards)))])

    def set_counts(self, counts: Mapping[str, Shown]) -> None:
        """Show how many rows boards have, as far as is known, and how many of them are late."""
        self._counts.update(counts)
        self._fill(counts)

    def mark(self, name: str) -> None:
        """Show which board stands at the right, wherever the keyboard is."""
        before, self._current = self._current, name
        self._fill((before, name))
        with QSignalBlocker(self.rows):
            self.rows.mark(name)

    def set_roomy(self, *, roomy: bool) -> None:
        """Take the width there is."""
        self.setFixedWidth(theme.px(WIDE if roomy else SLIM))
        self._title.role = "h1" if roomy else "h2"
        self._title.setFont(theme.font(self._title.role, BOLD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the board that is shown in sight."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._see)

    @property
    def shown_row(self) -> QWidget:
        """Return the row of the board that is shown."""
        return self.rows.rows.get(self._current, self.rows)

    def _see(self) -> None:
        row = self.shown_row
        if row is not self.rows:
            self.area.ensureWidgetVisible(row, 0, theme.px(S))

    def _fill(self, names: Collection[str]) -> None:
        for board in self._boards:
            if board.name in names and self.rows.rows[board.name].item() != self._item(board):
                self.rows.set_row(self._item(board))

    def _item(self, board: Board) -> RowItem:
        known = self._counts.get(board.name)
        item = RowItem(
            key=board.name,
            lead=Lead(board.icon, "info"),
            name=board.title,
            because=(Part(_("counting ..."), "muted"),) if known is None else _said(known),
            slim=True,
        )
        return replace(item, tone="accent") if board.name == self._current else item

    def take_focus(self) -> None:
        """Put the keyboard on the board that is shown."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._current in self.rows.rows:
            self.rows.go_to(self._current)


def _said(known: Shown) -> tuple[Part, ...]:
    """Return how many stand on a board, and how many of them are late."""
    count, late = known.count, known.late
    if not count:
        return (Part(_("counting ...") if known.left else _("nobody"), "muted"),)
    many = _("%(n)s so far") if known.left else "%(n)s"
    stand = Part(many % {"n": f"{count:,}"}, "muted", figures=True)
    if not late:
        return (stand,)
    words = ngettext("%(n)s late", "%(n)s late", late) % {"n": f"{late:,}"}
    return (stand, Part(" · ", "muted"), Part(words, "warn", theme.SEMI, figures=True))


def chip_of(count: int, late: int) -> ChipText:
    """Return how many stand on a board as a chip."""
    words = ngettext("%(n)s to look at", "%(n)s to look at", count) % {"n": f"{count:,}"}
    if late:
        words = _("%(count)s, %(late)s late") % {"count": words, "late": f"{late:,}"}
    return ChipText(words, "warn" if late else "neutral", "clock" if late else "")
