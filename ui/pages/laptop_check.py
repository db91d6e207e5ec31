# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Beside the backups: whether the vault is whole, and what a backup is good for."""

from datetime import date

from PySide6.QtCore import Qt, Signal

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import IconMark, label
from ui.pages.laptop_backup import Progress, StandingRow
from ui.pages.laptop_words import said_check
from ui.tokens import M, S
from ui.upkeep_state import State


class CheckCard(Card):
    """Is the vault whole?

    Signals:
        wanted: look at every page now.
    """

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__(gap=M)
        self.setAccessibleName(_("Check"))
        self.standing, self.progress = StandingRow(), Progress()
        self.now = button(_("&Check every page now"), icon="clipboard-check")
        self.now.clicked.connect(self.wanted)
        self.add(self.standing)
        self.add(self.progress)
        self.add(across(self.now, None))

    def show_state(self, state: State, *, today: date) -> None:
        """Show how it stands."""
        self.standing.show_standing(said_check(state, today=today))

    def set_running(self, *, running: bool) -> None:
        """Show how far it is, and let nobody begin it twice."""
        self.progress.setVisible(running)
        self.now.setEnabled(not running)


def good_for() -> Card:
    """Return what a backup protects from, and what it does not."""
    card = Card(_("What a backup is good for"), gap=S)
    for icon, tone, words in (
        (
            "check",
            "ok",
            _("A broken disk, a lost or stolen laptop, a spoilt casebook: if it lies elsewhere."),
        ),
        (
            "check",
            "ok",
            _("It holds everything of this casebook, also what you have not shared yet."),
        ),
        (
            "lock",
            "ok",
            _("The twelve recovery words open it. Your passphrase does not, nor any other."),
        ),
        (
            "minus",
            "muted",
            _("It ends where it was made. What is written later is not in it."),
        ),
        (
            "minus",
            "muted",
            _("On this laptop's own disk it is lost together with the laptop."),
        ),
        (
            "minus",
            "muted",
            _("What is erased stays in older backups until they are cleared: up to five weeks."),
        ),
    ):
        mark = IconMark(icon, tone)
        row = across(mark, label(words, wrap=True), gap=S)
        row.setStretch(1, 1)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        card.add(row)
    return card
