# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One line of a sheet: what it says, and what a person decides of it."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.casework.reference import reference
from desktop_app.casework.sheets.matching import Candidate
from desktop_app.casework.sheets.meaning import LATER, NEW, OUT, SAME, Meant, State
from desktop_app.casework.words import _
from ui.kit.answer_tile import AnswerTile
from ui.kit.card import clear, down, holding, reading
from ui.kit.labels import label
from ui.theme import SEMI
from ui.tokens import M, S

Choice = tuple[str, str]


class LineSide(QFrame):
    """Stands beside the lines.

    Signals:
        decided: the number of the line, and what was decided of it.
        left: the keyboard goes back to the lines.
    """

    decided = Signal(int, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.tiles: dict[str, AnswerTile] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(S)
        inner = reading(holding(down(self._column, None)))
        self.setLayout(down(inner, margins=(M, M, 4, M)))
        self.show_line(None, "", is_of_clients=True)

    def show_line(self, line: Meant | None, decided: str, *, is_of_clients: bool) -> None:
        """Show a line, and what is decided of it so far."""
        clear(self._column)
        self.tiles = {}
        if line is None:
            self._put(label(_("Choose a line to see all of it."), tone="muted", wrap=True))
            return
        head = _("Line %(n)d") % {"n": line.line}
        self._put(label(head, "h3", weight=SEMI))
        if line.says:
            self._put(label(line.says, wrap=True))
        if line.why and not line.among:
            self._put(label(line.why, tone="muted", wrap=True))
        choices = list(choices_of(line, is_of_clients=is_of_clients))
        if not choices:
            return
        self._put(label(_("What becomes of it"), "small", tone="muted", weight=SEMI))
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        for code, words in choices:
            tile = AnswerTile(words, name=words)
            tile.setChecked(code == (decided or LATER))
            tile.clicked.connect(partial(self._choose, line.line, code))
            self.tiles[code] = tile
            rows.addWidget(tile)
        self._put(box)

    def start(self) -> bool:
        """Put the keyboard on what is decided; False where there is nothing to decide."""
        checked = next((one for one in self.tiles.values() if one.isChecked()), None)
        first = checked or next(iter(self.tiles.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Enter go back to the lines."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _choose(self, line: int, code: str) -> None:
        self.decided.emit(line, code)

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)


def choices_of(line: Meant, *, is_of_clients: bool) -> Iterator[Choice]:
    """Yield what may be decided of a line, each with its words, in the order of the page."""
    if line.state is State.WRONG:
        return
    if line.among:
        yield from ((_code(one), _words(one)) for one in line.among)
    if is_of_clients and line.state in (State.CHOOSE, State.HERE):
        yield NEW, _("Somebody new")
    if line.state in (State.CHOOSE, State.NOBODY):
        yield LATER, _("Decide later: it is kept, apart from the clients")
    elif line.state is State.HERE and is_of_clients:
        yield LATER, _("Not taken in again")
    else:
        yield LATER, _("As it stands")
    if line.state is not State.HERE:
        yield OUT, _("Leave this line out")


def _code(one: Candidate) -> str:
    return SAME + one.client.hex() if one.client else OUT + str(one.line)


def _words(one: Candidate) -> str:
    if one.client:
        words = {"who": one.name, "ref": reference(one.client), "why": one.why}
        return _("The same as %(who)s (%(ref)s): %(why)s") % words
    said = {"line": one.line, "who": one.name, "why": one.why}
    return _("The same as line %(line)d, %(who)s, so not taken in: %(why)s") % said
