# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The head of Today: the day, one sentence, the keys, and where to jump in a small window."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.due import Group
from desktop_app.casework.words import _
from ui.kit.buttons import button, set_shortcut
from ui.kit.card import across, down, holding
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part, label
from ui.kit.pills import Pill
from ui.theme import BOLD


class TodayHead(QWidget):
    """What stands above the rows.

    Signals:
        jumped: heading of the section to go to.
    """

    jumped = Signal(str)

    def __init__(self, *, visits: bool = True) -> None:
        """Make the head.

        Args:
            visits: whether the person records visits; to others nothing of them is offered.
        """
        super().__init__()
        self.day = label("", "h1", weight=BOLD)
        self.sentence = Line([])
        self._small = self._empty = False
        answers = (("S", _("seen")), ("N", _("not seen")), ("R", _("rebook")))
        keys = [("↑ ↓", _("move")), *(answers if visits else ()), ("Enter", _("open"))]
        self._keys = taught(keys)
        self._jumps = QHBoxLayout()
        self._jumps.setSpacing(6)
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
        for group, words, icon in jumps:
            pill = Pill(words, icon=icon, quiet=True)
            pill.setCheckable(False)
            pill.clicked.connect(partial(self.jumped.emit, group.words))
            self._jumps.addWidget(pill)

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
    return _Taught(keys)


class _Taught(QWidget):
    """Keys and their words. They keep no window wide: a narrow page hides them."""

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        row = across(gap=5)
        for cap, words in keys:
            row.addWidget(Keycap(cap))
            row.addWidget(label(words, "small", tone="muted"))
            row.addSpacing(4)
        self.setLayout(row)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width."""
        return QSize(0, super().minimumSizeHint().height())
