# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Words of a sheet that are none of the answers offered: a person says once what each means."""

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.casework.codes import codes
from desktop_app.casework.names import fold
from desktop_app.casework.sheets.meaning import Meant
from desktop_app.casework.sheets.words import LEFT_OUT
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.card import across, down, holding, scrolling
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.theme import SEMI
from ui.tokens import M, S

MOST = 100
Word = tuple[str, str]
"""A code list, and a word that is none of its answers."""


class WordsPanel(QFrame):
    """Asks what words mean.

    Signals:
        chosen: codes by code list and folded word.
        closed: nothing was chosen.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, lines: Iterable[Meant]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        counted = unknown_words(lines)
        self.boxes: dict[Word, DropDown] = {}
        rows = [self._row(word, count) for word, count in counted.most_common(MOST)]
        self.act = button(_("&Look again"), "primary", icon="refresh-cw")
        self.act.clicked.connect(self._choose)
        later = button(_("Not now"))
        later.clicked.connect(self.closed)
        about = _("Choose once what each means. It is remembered for every list that comes.")
        whole = down(
            label(_("Words Tandem does not know"), "h3", weight=SEMI),
            label(about, "small", tone="muted", wrap=True),
            scrolling(holding(down(*rows, None, gap=M))),
            across(None, later, self.act, gap=S),
            gap=S,
            margins=(M, M, M, M),
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def start(self) -> None:
        """Put the keyboard on the first word."""
        first = next(iter(self.boxes.values()), None)
        (first or self.act).setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, word: Word, count: int) -> QWidget:
        list_name, said = word
        choices = [(one.code, _(one.label)) for one in codes(list_name).code]
        choices.append((LEFT_OUT, _("Leave it out")))
        box = DropDown(choices, said, none=_("Choose …"))
        self.boxes[word] = box
        times = ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}
        about = f"{_(codes(list_name).title)} · {times}"
        return holding(
            down(
                label(f"“{said}”", weight=SEMI, wrap=True),
                label(about, "small", tone="muted", wrap=True),
                box,
                gap=2,
            )
        )

    def _choose(self) -> None:
        chosen: dict[str, dict[str, str]] = {}
        for (list_name, word), box in self.boxes.items():
            if box.value():
                chosen.setdefault(list_name, {})[fold(word)] = box.value()
        if chosen:
            self.chosen.emit(chosen)
        else:
            self.closed.emit()


def unknown_words(lines: Iterable[Meant]) -> Counter[Word]:
    """Return the words that are none of the answers offered, and how many lines hold each."""
    return Counter(word for one in lines for word in one.unknown)
