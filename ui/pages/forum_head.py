# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The strip above a forum: which, how far, how long, who is in the chair, what the room sees."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop_app.casework.forum_time import time_left
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import across
from ui.kit.keycap import Keycap
from ui.kit.labels import label
from ui.pages.forum_saving import Meeting
from ui.theme import BOLD
from ui.tokens import M, S


class ForumHead(QFrame):
    """The strip.

    Signals:
        privacy_wanted: initials, or names.
        close_wanted: close the forum.
    """

    privacy_wanted = Signal()
    close_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "header")
        self.title = label(_("Case forum"), "h2", weight=BOLD)
        self.said = label("", tone="muted")
        self.count = label("", weight=BOLD)
        self.time = label("", tone="muted")
        self.privacy = button("", icon="eye-off", small=True)
        self.privacy.clicked.connect(self.privacy_wanted)
        self.close_it = button(_("Close the forum"), icon="stamp", small=True)
        self.close_it.clicked.connect(self.close_wanted)
        self.set_private(private=True)
        row = across(self.title, self.said, self.count, gap=M, margins=(M, S, M, S))
        row.addWidget(self.time)
        row.addStretch(1)
        for one in (self.privacy, Keycap("P"), self.close_it, Keycap("C"), Keycap("Esc")):
            row.addWidget(one)
        self.setLayout(row)

    def set_private(self, *, private: bool) -> None:
        """Say what the room sees."""
        self.privacy.set_words(room_words(private=private))
        self.privacy.set_icon("eye-off" if private else "eye")

    def show_time(self, meeting: Meeting, now: datetime, left: int) -> None:
        """Say how long there is still, quietly."""
        found = time_left(meeting.ends, now, left)
        self.time.setText(found.words if found is not None else "")
        self.time.setVisible(found is not None)

    def show_meeting(self, meeting: Meeting, team: Team, done: int, of: int) -> None:
        """Say how far the forum has come."""
        chair = _("chair %(name)s, since %(time)s") % {
            "name": team.name_of(meeting.chair),
            "time": f"{meeting.began:%H:%M}",
        }
        self.said.setText(chair)
        self.count.setText(_("%(done)d of %(all)d") % {"done": done, "all": of})


def room_words(*, private: bool) -> str:
    """Return what a room sees of names, as the button says it that alters it."""
    return _("Room screen: initials") if private else _("Room screen: names shown")
