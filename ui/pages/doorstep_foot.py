# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The foot of a page that records something: where the draft is, and the two ways to leave."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import Button, button
from ui.kit.chip import Chip, ChipText
from ui.kit.keycap import Keycap
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.notice import announce
from ui.theme import SEMI

SAVE_KEYS = ("Ctrl+Return", "Ctrl+Enter")


class Foot(QFrame):
    """Says that the draft is safe, and saves.

    Signals:
        save: a person wants it saved.
        leave: a person wants to leave it as a draft.
        discard: a person wants the draft forgotten.
    """

    save = Signal()
    leave = Signal()
    discard = Signal()

    def __init__(self, act: str, page: QWidget) -> None:
        """Make a foot.

        Args:
            act: words of the filled button, such as "Save visit".
            page: where Ctrl+Enter saves.
        """
        super().__init__()
        self.setProperty("look", "footer")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        self._act: Button | None = None
        self._mark = IconMark("circle-check", "ok")
        self._state = Line([], "small")
        self.chip = Chip("", "warn", icon="file-text")
        self.forget = button(_("Discard draft"), "quiet", small=True)
        self._taught: list[QWidget] = [
            Keycap("Tab"),
            label(_("next"), "small", tone="muted"),
            Keycap("Ctrl+L"),
            label(_("lock"), "small", tone="muted"),
        ]
        self._keys: list[QWidget] = [Keycap("Esc"), Keycap("Ctrl+Enter")]
        self.leave_button = button(_("Leave as draft"))
        self.save_button = button(act, "primary", icon="check")
        self.save_button.setToolTip(f"{act}  (Ctrl+Enter)")
        for widget in (self._mark, self._state, self.chip, self.forget, *self._taught):
            row.addWidget(widget, 1 if widget is self._state else 0)
        for widget in (self._keys[0], self.leave_button, self.save_button, self._keys[1]):
            row.addWidget(widget)
        self.chip.hide()
        self.forget.hide()
        self.leave_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        self.forget.clicked.connect(self.discard)
        for keys in SAVE_KEYS:
            QShortcut(QKeySequence(keys), page).activated.connect(self.save)
        self.say_untouched()

    def say_untouched(self) -> None:
        """Say that nothing was typed yet."""
        self._mark.set_icon("circle", "muted")
        self._state.set_parts([Part(_("Nothing typed yet."), "muted")])

    def say_kept(self, at: datetime) -> None:
        """Say when the draft was last safe."""
        said = _("Draft saved %(time)s on this laptop") % {"time": f"{at:%H:%M}"}
        self._mark.set_icon("circle-check", "ok")
        stays = _("It stays if the screen locks.")
        self._state.set_parts([Part(said, weight=SEMI), Part(f"  {stays}", "muted")])

    def say_resumed(self, words: str) -> None:
        """Say that a draft was taken up again; offer to forget it."""
        self.chip.set_chip(ChipText(words, "warn", "file-text"))
        self.chip.show()
        self.forget.show()
        announce(self, words)

    def say_fresh(self) -> None:
        """Take back what was said of an older draft."""
        self.chip.hide()
        self.forget.hide()

    def set_reading(self) -> None:
        """Stand beneath something that is read: nothing is saved, Esc goes back."""
        self._mark.hide()
        self._state.set_parts([])
        for widget in (self.save_button, self._keys[1]):
            widget.hide()
        self.leave_button.set_words(_("Back"))

    def offer(self, act: Button) -> None:
        """Put one more button before the others."""
        self._row.insertWidget(self._row.indexOf(self._keys[0]), act)
        self._act = act

    def start_reading(self) -> None:
        """Put the focus on what can be done."""
        (self._act or self.leave_button).setFocus(Qt.FocusReason.TabFocusReason)

    def set_narrow(self, *, narrow: bool, low: bool = False) -> None:
        """Leave out what is taught elsewhere, where there is little room."""
        self._row.setContentsMargins(16, 3 if low else 6, 16, 3 if low else 6)
        for widget in self._taught:
            widget.setVisible(not narrow)
        self._keys[0].setVisible(not narrow)

    def state(self) -> str:
        """Return what is said of the draft."""
        return self._state.text()
