# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The first step: which file; and the lines of earlier ones that still wait for their client."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import form
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down
from ui.kit.empty import Empty
from ui.kit.labels import Disc, label
from ui.theme import SEMI
from ui.tokens import M, S


class ChooseStep(QWidget):
    """Asks for a file.

    Signals:
        wanted: a file is to be chosen.
        again: name of the form whose waiting lines are to be read again.
        let_go: likewise, of which nothing is to be kept.
    """

    wanted = Signal()
    again = Signal(str)
    let_go = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choose = button(_("&Choose a file…"), "primary", icon="folder-open")
        self.choose.clicked.connect(self.wanted)
        card = Card()
        card.add(
            Empty(
                "columns-2",
                _("The lists you have now can come in here"),
                why=_(
                    "Clients, places in the initiative, arrests, appointments: any table, as an "
                    "Excel workbook (.xlsx) or CSV. Its columns are read first, then each line is "
                    "shown before anything is saved."
                ),
                act=self.choose,
            ),
            1,
        )
        self._waits = QVBoxLayout()
        self._waits.setSpacing(S)
        self._waits.setContentsMargins(0, 0, 0, 0)
        column = down(self._waits, card, gap=M)
        column.setStretch(1, 1)
        self.setLayout(column)
        self.setFocusProxy(self.choose)

    def show_waiting(self, counts: dict[str, int]) -> None:
        """Show how many lines of each form wait."""
        clear(self._waits)
        for name, count in counts.items():
            self._waits.addWidget(self._waiting(name, count))

    def _waiting(self, name: str, count: int) -> QWidget:
        words = ngettext(
            "%(n)d line waits for its client or for somebody to decide",
            "%(n)d lines wait for their client or for somebody to decide",
            count,
        ) % {"n": count}
        again = button(_("&Read them again"), icon="refresh-cw")
        again.clicked.connect(lambda: self.again.emit(name))
        let_go = button(_("Let &go of them…"), "quiet")
        let_go.clicked.connect(lambda: self.let_go.emit(name))
        kept = _("%(what)s. Kept in this casebook, encrypted, and nowhere else.")
        said = down(
            label(words, weight=SEMI, wrap=True),
            label(kept % {"what": _(form(name).plural)}, "small", tone="muted", wrap=True),
            gap=1,
        )
        card = Card()
        disc = Disc("hourglass", "warn", size=32)
        row = across(disc, said, let_go, again, gap=M)
        row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        card.add(row)
        return card
