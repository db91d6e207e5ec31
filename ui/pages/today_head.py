# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The head of Today: the day, one sentence, the keys, and where to jump in a small window.

The keys are those of the row the keyboard is on: the same letter does other things in other rows.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.due import OPEN, Group
from desktop_app.casework.words import _, inside
from ui import theme
from ui.kit.buttons import button, set_shortcut
from ui.kit.card import across, down, holding
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part, label
from ui.kit.overflow import OverflowRow
from ui.kit.pills import Pill
from ui.kit.row import RowItem
from ui.theme import BOLD

BETWEEN = 14
"""Pixels between taught keys."""


class TodayHead(QWidget):
    """What stands above the rows.

    Signals:
        jumped: heading of the section to go to.
    """

    jumped = Signal(str)

    def __init__(self, *, visits: bool = True) -> None:
        """Make the head.

        Args:
            visits: whether the person records visits; to others no pack of them is offered.
        """
        super().__init__()
        self.day = label("", "h1", weight=BOLD)
        self.sentence = Line([])
        self._small = self._empty = False
        self._keys = Taught()
        self._jumps = QHBoxLayout()
        self._jumping = holding(self._jumps)
        self.pack = button(_("Visit pack"), "quiet", icon="footprints", small=True)
        set_shortcut(self.pack, "Ctrl+P")
        first = across(self.day, None, down(self._jumping, self._keys, gap=0), self.pack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(first)
        self._second = across(self.sentence)
        self._second.setStretch(0, 1)
        whole.addLayout(self._second)
        self.pack.setVisible(visits)  # only now: without a parent it would be a window

    def set_sentence(self, day: str, sentence: Sequence[Part]) -> None:
        """Say the day and what it holds."""
        self.day.setText(day)
        self.sentence.set_parts(sentence)

    def offer(self, what: QWidget) -> None:
        """Let something stand at the end of the sentence."""
        self._second.addWidget(what)

    def set_jumps(self, jumps: Sequence[tuple[Group, str, str]]) -> None:
        """Name what lies below the fold; pressing goes there."""
        while (item := self._jumps.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        pills = []
        for group, words, icon in jumps:
            pill = Pill(words, icon=icon, quiet=True)
            pill.setCheckable(False)
            pill.clicked.connect(partial(self.jumped.emit, group.words))
            pills.append(pill)
        if pills:
            self._jumps.addWidget(OverflowRow(pills, small=True))

    def teach(self, row: RowItem | None) -> None:
        """Teach the letters that answer a row; None where there is none."""
        asked = (*row.answers, row.act) if row is not None else ()
        given = [one for one in asked if one is not None and one.key and one.code != OPEN]
        answers = [(one.key, inside(one.text)) for one in given]
        self._keys.set_keys([("↑ ↓", _("move")), *answers, ("Enter", _("open"))])

    def set_small(self, *, small: bool) -> None:
        """Offer jumps instead of teaching keys."""
        self._small = small
        self._fit()

    def set_empty(self, *, empty: bool) -> None:
        """Teach no keys while there is nothing to use them on."""
        self._empty = empty
        self._fit()

    def _fit(self) -> None:
        self._keys.setVisible(not self._small and not self._empty)
        self._jumping.setVisible(self._small)


def taught(keys: Sequence[tuple[str, str]]) -> QWidget:
    """Return keys drawn beside what they do."""
    made = Taught()
    made.set_keys(keys)
    return made


class Taught(QWidget):
    """Keys and their words. They keep no window wide: those that have no room are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._pairs: list[QWidget] = []
        theme.look().changed.connect(self._again)

    def set_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Teach other keys."""
        if self._shown == tuple(keys):
            return
        self._shown = tuple(keys)
        for old in self._pairs:
            old.hide()
            old.deleteLater()
        self._pairs = []
        for cap, words in keys:
            pair = holding(across(Keycap(cap), label(words, "small", tone="muted"), gap=5))
            pair.setParent(self)
            self._pairs.append(pair)
        self._again()

    def _again(self) -> None:
        self.updateGeometry()
        self._arrange()

    def _arrange(self) -> None:
        left, room = 0, True
        for pair in self._pairs:
            size = pair.sizeHint()
            top = (self.height() - size.height()) // 2
            room = room and left + size.width() <= self.width()  # nor has what comes after it
            pair.setGeometry(left, top, size.width(), size.height())
            pair.setVisible(room)
            left += size.width() + BETWEEN

    def sizeHint(self) -> QSize:
        """Return room for all of them."""
        sizes = [pair.sizeHint() for pair in self._pairs]
        wide = sum(size.width() + BETWEEN for size in sizes)
        return QSize(max(wide - BETWEEN, 0), max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show those that have room."""
        super().resizeEvent(event)
        self._arrange()
