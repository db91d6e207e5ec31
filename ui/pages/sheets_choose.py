# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The first step: which file; and the lines of earlier ones that still wait for their client."""

from collections import Counter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import form
from desktop_app.casework.sheets.lines import mark
from desktop_app.casework.words import _, ngettext
from storage import sheets
from storage.store import Store
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.labels import Disc, Line, Part
from ui.session import Session
from ui.sheets.job import plan_of_waiting
from ui.sheets.taking_in import Plan
from ui.theme import SEMI
from ui.tokens import M, S


class ChooseStep(QWidget):
    """Asks for a file.

    Signals:
        wanted: a file is to be chosen.
        return_wanted: what the team sends out is wanted instead.
        again: the `Plan` by which lines that wait are to be read again.
    """

    wanted = Signal()
    return_wanted = Signal()
    again = Signal(object)

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
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
        self.give = button(_("Return to national treatment &monitoring…"), "quiet", icon="upload")
        self.give.clicked.connect(self.return_wanted)
        column = down(self._waits, card, across(None, self.give), gap=M)
        column.setStretch(1, 1)
        self.setLayout(down(reading(holding(column))))
        self.setFocusProxy(self.choose)

    def start(self) -> None:
        """Put the keyboard on choosing a file."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Ask how many lines wait."""
        self._session.ask(_waiting, self.show_waiting, shows=nothing, owner=self, name="waiting")

    def read_again(self, name: str) -> None:
        """Have the lines of a form that wait read again."""

        def ask(store: Store) -> Plan:
            return plan_of_waiting(form(name), sheets.waiting(store, name))

        self._session.ask(ask, self.again.emit, shows=nothing, owner=self, name="again")

    def let_go(self, name: str) -> None:
        """Let go of the lines of a form that wait, once somebody says so."""
        question = _("Let go of the lines that wait?")
        explain = _("They are taken out of this casebook. The file they came from keeps them.")
        if not self._dialogs.confirm(question, act=_("Let go of them"), explain=explain):
            return

        def drop(store: Store) -> None:
            held = sheets.waiting(store, name)
            sheets.drop_waiting(store, [mark(one_form, one) for one_form, one in held])

        def dropped(_nothing: None) -> None:
            self.refresh()
            self.start()

        self._session.work(drop, dropped, owner=self)

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
        again.clicked.connect(lambda: self.read_again(name))
        let_go = button(_("Let &go of them…"), "quiet")
        let_go.clicked.connect(lambda: self.let_go(name))
        kept = _("%(what)s. Kept in this casebook, encrypted, and nowhere else.")
        said = down(
            Line([Part(words, weight=SEMI)]),
            Line([Part(kept % {"what": _(form(name).plural)}, "muted")], "small"),
            gap=1,
        )
        card = Card()
        disc = Disc("hourglass", "warn", size=32)
        row = across(disc, said, let_go, again, gap=M)
        row.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        card.add(row)
        return card


def _waiting(store: Store) -> dict[str, int]:
    """Return how many lines of each form wait."""
    return dict(Counter(name for name, _line in sheets.waiting(store)))
