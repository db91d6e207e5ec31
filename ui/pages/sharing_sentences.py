# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The three sentences at the head of Sharing: what leaves, what came, what was answered twice."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.words import _, ngettext
from sync.outcome import Exchanged, items_in_words
from ui.kit.buttons import Button, button
from ui.kit.card import across, down, holding
from ui.kit.labels import Disc, Part, Passage, Rule
from ui.pages.sharing_facts import SharingFacts
from ui.theme import SEMI
from ui.tokens import XS, L, M, S


class Sentences(QFrame):
    """The three, side by side.

    Signals:
        twice_wanted: what was answered twice is to be seen.
    """

    twice_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._leaves, self._came = _Sentence("mail-open", "warn"), _Sentence("inbox", "ok")
        self._twice = _Sentence("columns-2", "warn")
        self._three = (self._leaves, self._came, self._twice)
        self._twice.open.clicked.connect(self.twice_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, S, 0, S)
        row.setSpacing(0)
        for at, sentence in enumerate(self._three):
            if at:
                row.addWidget(Rule(upright=True))
            row.addWidget(sentence, 1)

    def set_low(self, *, low: bool) -> None:
        """Leave out the second lines where there is little height."""
        for one in self._three:
            one.set_low(low=low)

    def say(self, facts: SharingFacts, latest: Exchanged | None, today: date) -> None:
        """Say how things stand.

        Args:
            facts: what the vault says.
            latest: what came of the latest exchange since signing in; None before the first.
            today: the local day.
        """
        self._say_leaves(facts, today)
        arrived = sum(map(bool, latest.by_laptop.values())) if latest is not None else 0
        conflicts = len(facts.conflicts)
        if latest is not None and arrived:
            words = ngettext("New from %(n)d laptop", "New from %(n)d laptops", arrived)
            came = items_in_words(latest.items)
            self._came.say(words % {"n": arrived}, came, stands_out=True)
        else:
            since = _("since you signed in") if latest is None else _("when you last shared")
            self._came.say(_("Nothing new has come"), since)
        if conflicts:
            words = ngettext("%(n)d with two answers", "%(n)d with two answers", conflicts)
            names = ", ".join(name for _record, name in facts.conflicts[:2])
            self._twice.say(words % {"n": conflicts}, names, stands_out=True, opens=True)
        else:
            self._twice.say(_("Nothing answered twice"), _("Nobody overwrote anybody"))

    def _say_leaves(self, facts: SharingFacts, today: date) -> None:
        if facts.shut_out:
            words, why = _("What you share may not count"), _("Ask the coordinator first")
            self._leaves.say(words, why, stands_out=True)
            return
        shared = say_moment(facts.shared, today) if facts.shared else ""
        beneath = _("Last shared %(when)s") % {"when": shared} if shared else _("Not shared yet")
        self._leaves.say(_what_leaves(facts), beneath)


def _what_leaves(facts: SharingFacts) -> str:
    if facts.changes:
        words = ngettext("%(n)d change to share", "%(n)d changes to share", facts.changes)
        return words % {"n": facts.changes}
    return _("The team list waits to leave") if facts.team_waits else _("Nothing waits to leave")


class _Sentence(QWidget):
    """One of the three sentences."""

    def __init__(self, icon: str, tone: str = "info") -> None:
        super().__init__()
        self._head, self._beneath = Passage([], "h3"), Passage([], "small")
        self._quiet, self._loud = Disc(icon, "info", size=34), Disc(icon, tone, size=34)
        self.open: Button = button(_("&Open"), "quiet", small=True)
        self.open.hide()
        words = holding(down(self._head, self._beneath, gap=1))
        row = across(self._quiet, self._loud, words, self.open, gap=M, margins=(L, XS, M, XS))
        row.setStretch(2, 1)
        row.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(row)

    def say(
        self, head: str, beneath: str, *, stands_out: bool = False, opens: bool = False
    ) -> None:
        """Say it."""
        self._head.set_parts([Part(head, weight=SEMI)])
        self._beneath.set_parts([Part(beneath, "muted")])
        self.setAccessibleName(f"{head}. {beneath}")
        self._quiet.setVisible(not stands_out)
        self._loud.setVisible(stands_out)
        self.open.setVisible(opens)

    def set_low(self, *, low: bool) -> None:
        """Leave out the second line where there is little height."""
        self._beneath.setVisible(not low)
