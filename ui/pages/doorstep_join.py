# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One visit, several accounts: the offer to join what a colleague recorded of the same day."""

from PySide6.QtCore import Signal

from desktop_app.casework.codes import codes
from desktop_app.casework.people import Team
from desktop_app.casework.readings import read
from desktop_app.casework.records import Record
from desktop_app.casework.visits import HAPPENED, Visit
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.notice import Notice


class JoinOffer(Notice):
    """Says that a colleague recorded this visit too.

    Signals:
        joined: this is the same visit; the account is added to it.
        apart: it was another visit.
    """

    joined = Signal()
    apart = Signal()

    def __init__(self, visit: Record, team: Team) -> None:
        self.visit = visit
        self.join = button(_("Add your account"), small=True)
        self.other = button(_("Another visit"), "quiet", small=True)
        super().__init__(
            offer_words(visit, team), "info", icon="handshake", buttons=(self.join, self.other)
        )
        self.join.clicked.connect(self.joined)
        self.other.clicked.connect(self.apart)


def offer_words(visit: Record, team: Team) -> str:
    """Return what a colleague recorded, and what can be done about it."""
    held = read(Visit, visit)
    kind = codes("visit_kind").find(held.kind)
    said = {
        "who": team.name_of(visit.author),
        "time": f"{held.at:%H:%M}" if held.at else _("no time"),
        "place": ((kind.short or kind.label) if kind else held.kind).lower(),
    }
    if held.state in HAPPENED:
        words = _("%(who)s recorded this visit too (%(time)s, %(place)s). Add your account to it?")
        return words % said
    words = _("%(who)s planned a visit today (%(time)s, %(place)s). Is it this one?")
    return words % said


def joined_words(visit: Record, team: Team) -> str:
    """Return what holds once it is joined."""
    said = _("One visit with %(who)s: you add your own account. Their words stay theirs.")
    return said % {"who": team.name_of(visit.author)}
