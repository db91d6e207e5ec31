# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The banner: what went wrong, above the page it happened on, until it has been read."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.notice import Notice
from ui.tokens import L, S


class Banner(QWidget):
    """One calm sentence. It never takes the focus; it goes when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(L, S, L, 0)
        self._notices = {}
        for tone in ("bad", "warn", "info"):
            close = button(_("Close"), "quiet", small=True, name=_("Close this message"))
            close.clicked.connect(self.hide)
            self._notices[tone] = Notice("", tone, buttons=[close])
            column.addWidget(self._notices[tone])
        self._shown = self._notices["bad"]
        self.hide()

    def say(self, words: str, *, tone: str = "bad") -> None:
        """Show what happened, and let a screen reader say it.

        Args:
            words: one sentence or two.
            tone: "bad" when something failed, "warn" when somebody should know of something,
                "info" for what can wait.
        """
        self._shown = self._notices[tone]
        for notice in self._notices.values():
            notice.setVisible(notice is self._shown)
        self._shown.say(words)
        self.show()
        self._shown.announce()

    def text(self) -> str:
        """Return what it says."""
        return self._shown.text()
