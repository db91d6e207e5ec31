# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The status line: that work is saved, what waits to be shared, and when the casebook locks.

While the vault is at something long, such as counting a list of clients anew, it says so.
"""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.casework.words import _, ngettext
from ui.kit.card import across
from ui.kit.labels import IconMark, Line, Part, label
from ui.kit.notice import announce
from ui.tokens import L


class StatusItem(QWidget):
    """An icon and a few words; hidden while there is nothing to say."""

    def __init__(self, icon: str, tone: str = "muted") -> None:
        super().__init__()
        self._mark = IconMark(icon, tone, size=14)
        self._words = Line([], "small")
        self.setLayout(across(self._mark, self._words, gap=6))
        self.hide()

    def say(self, words: str, *, icon: str = "", tone: str = "muted") -> None:
        """Say something; "" hides it."""
        if icon:
            self._mark.set_icon(icon, tone)
        self._words.set_parts([Part(words, "muted")])
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()


class StatusLine(QFrame):
    """The line at the foot of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "footer")
        self.setAccessibleName(_("Status"))
        self.at_work = StatusItem("hourglass")
        self.saved = StatusItem("circle-check", "ok")
        self.to_share = StatusItem("cloud-upload")
        self.shared = StatusItem("clock")
        self.locks = label("", "small", tone="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(L, 4, L, 4)
        row.setSpacing(20)
        for item in (self.at_work, self.saved, self.to_share, self.shared):
            row.addWidget(item)
        row.addStretch(1)
        row.addWidget(self.locks)
        self.set_to_share(0)

    def set_at_work(self, slow: bool) -> None:  # noqa: FBT001  a Qt slot
        """Say that the vault is still at what it was asked, or no more."""
        words = _("Still at work in the casebook…") if slow else ""
        self.at_work.say(words)
        if words:
            announce(self, words)

    def set_saved(self, words: str) -> None:
        """Say that work is safe, such as "Saved on this laptop 14:32"; a reader hears it."""
        self.saved.say(words, icon="circle-check", tone="ok")
        announce(self, words)

    def set_problem(self, words: str) -> None:
        """Say in the same place that saving needs attention."""
        self.saved.say(words, icon="triangle-alert", tone="warn")
        announce(self, words)

    def set_to_share(self, count: int, *, team: bool = False) -> None:
        """Say how many changes wait to be shared, or that only the team list does."""
        if team and not count:
            self.to_share.say(_("The team list waits to be shared"), icon="cloud-upload")
        elif count:
            words = ngettext("%(n)d change to share", "%(n)d changes to share", count)
            self.to_share.say(words % {"n": count}, icon="cloud-upload")
        else:
            self.to_share.say(_("Nothing waits to be shared"), icon="check-check")

    def set_last_shared(self, when: str) -> None:
        """Say when this laptop last shared, in words; "" for never."""
        words = _("Last shared %(when)s") % {"when": when} if when else _("Not shared yet")
        self.shared.say(words)

    def set_locks_after(self, minutes: int) -> None:
        """Say after how many idle minutes the casebook locks."""
        words = ngettext("Locks after %(n)d minute", "Locks after %(n)d minutes", minutes)
        self.locks.setText(words % {"n": minutes})
