# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands above every step: in which world one is, what is under way, what went wrong."""

from PySide6.QtWidgets import QWidget

from desktop_app.casework.words import _
from ui.kit.card import across, down
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.sharing_progress import SharingProgress
from ui.theme import BOLD
from ui.tokens import L, M, S


class Top(QWidget):
    """Title, state, progress and trouble."""

    def __init__(self) -> None:
        super().__init__()
        self.progress, self.trouble = SharingProgress(), Notice("", "warn")
        self.progress.stop_button.set_words(_("Sto&p"))
        self._state = Chip("", "neutral")
        for hidden in (self.progress, self.trouble):
            hidden.hide()
        title = label(_("From a spreadsheet"), "h1", weight=BOLD)
        head = across(title, self._state, None, gap=M)
        self.setLayout(down(head, self.progress, self.trouble, gap=10, margins=(L, M, L, S)))

    def say_state(self, *, nothing_chosen: bool, saved: bool) -> None:
        """Say whether anything is chosen, and whether anything is saved."""
        words = _("Saved on this laptop") if saved else _("Nothing is saved yet")
        chip = ChipText(words, "ok", "shield-check")
        nothing = ChipText(_("Nothing chosen yet"), "neutral", "inbox")
        self._state.set_chip(nothing if nothing_chosen else chip)

    def say_trouble(self, words: str) -> None:
        """Say what went wrong, without moving the keyboard."""
        self.trouble.say(words)
        self.trouble.show()
        self.trouble.announce()

    def say_stopped(self) -> None:
        """Say that a look was stopped, which changes nothing."""
        self.say_trouble(_("Stopped. Nothing is saved; look at the lines again when you like."))
