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
        close = button(_("Close"), "quiet", small=True, name=_("Close this message"))
        close.clicked.connect(self.hide)
        self._notice = Notice("", "bad", buttons=[close])
        column = QVBoxLayout(self)
        column.setContentsMargins(L, S, L, 0)
        column.addWidget(self._notice)
        self.hide()

    def say(self, words: str) -> None:
        """Show what happened, and let a screen reader say it."""
        self._notice.say(words)
        self.show()
        self._notice.announce()

    def text(self) -> str:
        """Return what it says."""
        return self._notice.text()
