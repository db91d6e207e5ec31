# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Work that came from a laptop after it was taken out: what it is, and what is to become of it.

Rules, each with a test:

* It is said who it is from, when it was sealed, and how much of what it brings; never its words.
* It is said what a program cannot know: whether the colleague wrote it, or whoever has the laptop.
* Nothing is taken in without a reason; leaving it aside loses nothing.
"""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from desktop_app.casework.audience import title
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from sync.after_cutoff import LONGEST, Late
from sync.outcome import Arrived, counted, items_in_words
from ui.clock import local
from ui.kit.buttons import button
from ui.kit.card import Card, across, down
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.stepping import line
from ui.theme import SEMI
from ui.tokens import XS, S


class LateCard(Card):
    """What came too late from one laptop.

    Signals:
        wanted: take it in up to a bundle's number, and why.
        left: leave it aside.
    """

    wanted = Signal(int, str)
    left = Signal()

    def __init__(self, late: Late, today: date) -> None:
        super().__init__(_("Came after its laptop was taken out"), role="h3", gap=S)
        self._late, self._today = late, today
        self.add(line("laptop", late.author.words + self._when(), "info"))
        if late.bundles:
            said = items_in_words(counted([one.items for one in late.bundles]))
            self.add(line("inbox", _("It would bring: %(what)s") % {"what": said}))
        sealed = sorted({title(name) for one in late.bundles for name in one.sealed_off})
        if sealed:
            words = _("What of it is for others, you cannot see: %(what)s.")
            self.add(line("eye-off", words % {"what": ", ".join(sealed)}))
        if late.loose:
            words = ngettext(
                "%(n)d more bundle does not follow these, and waits.",
                "%(n)d more bundles do not follow these, and wait.",
                late.loose,
            )
            self.add(line("hourglass", words % {"n": late.loose}))
        self.add(
            line(
                "circle-help",
                _(
                    "Whoever has the laptop and its passphrase could have written it. Ask your "
                    "colleague what they wrote, and when, before you take it in."
                ),
                "warn",
            )
        )
        self.wrong = Notice("", "bad")
        self.wrong.hide()
        self.reason = QLineEdit()
        choices, whole = self._choices(late), str(late.upto)
        self.upto = DropDown(choices, _("Up to which bundle"), value=whole)
        if late.bundles:
            self._ask()

    def take_in(self) -> None:
        """Take it in, once it was said why."""
        reason = self.reason.text().strip()
        if reason:
            self.wanted.emit(int(self.upto.value()), reason)
            return
        self.wrong.say(_("Say why it is taken in. Nothing was changed."))
        self.wrong.show()
        self.wrong.announce()
        self.reason.setFocus()

    def _ask(self) -> None:
        words = _("Wh&y it counts after all")
        self.reason.setObjectName("reason")
        self.reason.setMaxLength(LONGEST)
        self.reason.setAccessibleName(words.replace("&", ""))
        self.reason.returnPressed.connect(self.take_in)
        hint = label(_("Everybody in the team can read this."), "small", tone="muted", wrap=True)
        self.add(down(label(words, weight=SEMI, buddy=self.reason), hint, self.reason, gap=XS))
        act = button(_("&Take it in"), icon="check")
        act.clicked.connect(self.take_in)
        leave = button(_("Leave it asi&de"), "quiet")
        leave.clicked.connect(self.left)
        self.add(self.wrong)
        several = [self.upto] if len(self._late.bundles) > 1 else []
        self.add(across(act, *several, leave, None, gap=S))

    def _choices(self, late: Late) -> list[tuple[str, str]]:
        """Return up to which bundle it may be taken in, the whole first."""
        whole = [(str(late.upto), _("All of it"))]
        words = _("Up to %(when)s")
        return whole + [
            (str(one.seq), words % {"when": self._said(one)}) for one in late.bundles[-2::-1]
        ]

    def _when(self) -> str:
        some = self._late.bundles
        if not some:
            return ""
        first, last = self._said(some[0]), self._said(some[-1])
        if first == last:
            return " · " + _("sealed %(when)s") % {"when": first}
        return " · " + _("sealed %(first)s to %(last)s") % {"first": first, "last": last}

    def _said(self, one: Arrived) -> str:
        return say_moment(local(one.at).isoformat(timespec="minutes"), self._today)
