# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The head of Import: which world one is in (looked, imported), and where else to look."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import button, icon_button
from ui.kit.card import across
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import label
from ui.theme import BOLD
from ui.tokens import M, S


class Head(QWidget):
    """Title, state, and four buttons.

    Signals:
        look: look into the team folder.
        stick: look at a stick, or another folder.
        lately: list what was taken in lately.
        sheet: take in a spreadsheet.
    """

    look = Signal()
    stick = Signal()
    lately = Signal()
    sheet = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = Chip(_not_looked(), "neutral", icon="inbox")
        self._looked = ""
        self.again = again = button(_("&Look into the folder"), icon="refresh-cw")
        again.clicked.connect(self.look)
        stick = button(
            _("&USB stick…"), icon="usb", name=_("What is on a stick or in another folder")
        )
        stick.clicked.connect(self.stick)
        self.stick_button = stick
        self.back = button(_("Take &one back…"), icon="undo-2")
        self.back.setToolTip(_("Take back a bundle that came in by mistake"))
        self.back.clicked.connect(self.lately)
        self.sheet_button = icon_button("columns-2", _("From a spreadsheet…"))
        self.sheet_button.clicked.connect(self.sheet)
        title = label(_("Import"), "h1", weight=BOLD)
        buttons = across(self.back, again, stick, self.sheet_button, gap=S)
        self.setLayout(across(title, self._state, None, buttons, gap=M))

    def say_not_looked(self) -> None:
        """Say that this folder was not looked into yet."""
        self._looked = ""
        self._state.set_chip(ChipText(_not_looked(), "neutral", "inbox"))

    def say_looked(self, when: str) -> None:
        """Say when it was looked, and that nothing came of it."""
        self._looked = when
        self.again.set_words(_("&Look again"))
        words = _("Looked at %(when)s. Your casebook has not changed.")
        self._state.set_chip(ChipText(words % {"when": when}, "ok", "shield-check"))

    def say_imported(self, when: str, *, came: bool) -> None:
        """Say when bundles were taken in, and that what came can be taken back."""
        self._looked = ""
        self.again.set_words(_("&Look again"))
        words = _("Imported at %(when)s. You can still take it back.")
        words = words if came else _("Imported at %(when)s")
        self._state.set_chip(ChipText(words % {"when": when}, "ok", "check"))

    def say_settled(self) -> None:
        """Say no longer that nothing has changed: something was settled here since the look."""
        if self._looked:
            words = _("Looked at %(when)s") % {"when": self._looked}
            self._state.set_chip(ChipText(words, "neutral", "inbox"))


def _not_looked() -> str:
    return _("Folder not looked into yet")
