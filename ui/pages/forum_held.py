# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A forum that is being held: the agenda, one card a client, what is decided, and closing it.

It is worked by keys alone. What was recorded is saved client by client; what is being typed is a
draft, so that a lock or a crash in the middle loses nothing and the forum goes on where it was.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.casework.audit import sight
from desktop_app.casework.records import RecordId
from desktop_app.casework.targeting import NOT_INCLUDED, places_on
from ui.dialogs import Dialogs
from ui.kit.card import across, down
from ui.pages import forum_draft, forum_facts, forum_recording
from ui.pages.forum_agenda import AgendaList
from ui.pages.forum_bar import ForumBar, has_field
from ui.pages.forum_facts import Agenda, Shown
from ui.pages.forum_head import ForumHead
from ui.pages.forum_middle import ForumMiddle
from ui.pages.forum_recording import FORM
from ui.pages.forum_saving import Meeting
from ui.pages.minutely import Minutely
from ui.session import Session

ROOMY = 1150
RECORDS = ("Ctrl+Return", "Ctrl+Enter")


class ForumHeld(QWidget):
    """A forum in the room.

    Signals:
        closed: record id of a forum that was closed.
        recorded: somebody was recorded; the agenda is to be asked for again.
    """

    closed = Signal(object)
    recorded = Signal()

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.meeting: Meeting | None = None
        self.agenda: Agenda | None = None
        self.shown: Shown | None = None
        self._wanted: RecordId = b""
        self._typed: forum_draft.Typed = {}
        self.head, self.list = ForumHead(), AgendaList()
        self.middle, self.bar = ForumMiddle(session), ForumBar(session)
        self.card = self.middle.card
        middle = across(self.list, self.middle, gap=0)
        middle.setStretch(1, 1)
        whole = down(self.head, middle, self.bar, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.list.chosen.connect(self.show_client)
        self.bar.changed.connect(self.keep_draft)
        self.bar.record_wanted.connect(self.record)
        self.bar.skip_wanted.connect(lambda: forum_recording.skip(self))
        self.head.privacy_wanted.connect(self.toggle_privacy)
        self.head.close_wanted.connect(self.close_forum)
        self.bar.checklist_wanted.connect(lambda: forum_recording.check(self))
        self.card.score_wanted.connect(self.score)
        self.middle.answered.connect(self.bar.take_checklist)
        self.middle.scored.connect(self._card_again)
        self.middle.busy_changed.connect(self._give_way)
        self._recording = [QShortcut(QKeySequence(one), self, self.record) for one in RECORDS]
        Minutely(self, self._say_time)

    def hold(self, meeting: Meeting, kept: dict[str, Any] | None = None) -> None:
        """Hold a forum: a new one, or one that goes on with what a draft kept."""
        self.meeting, self.shown, self._typed = meeting, None, {}
        if kept is None:
            self.keep_draft()
            return
        self._wanted, self._typed = forum_draft.whose_card(kept), forum_draft.typed_of(kept)

    def show_client(self, client: RecordId) -> None:
        """Show somebody's card."""
        if self.meeting is None or (self.shown and self.shown.file.client.id == client):
            return
        self.middle.put_away()
        self._put_by()
        self._wanted = client
        self._ask_card()

    def score(self) -> None:
        """Let the room score this client."""
        if self.shown is not None and not self.middle.busy:
            self.middle.score(self.shown.file.client.id)

    def _ask_card(self) -> None:
        session, client = self.session, self._wanted
        me, team, now = session.me, session.team, session.now()
        session.ask(
            lambda store: forum_facts.one_client(store, client, me, team, now),
            self._show_card,
            shows=lambda shown: sight("forum", shown.file.records, clients=[client]),
            owner=self,
            name="card",
        )

    def record(self) -> None:
        """Record what was decided about this client, and go on to the next."""
        forum_recording.record(self)

    def close_forum(self) -> None:
        """Close the forum, once nobody is left, and show its minutes."""
        forum_recording.close(self)

    def go_on_with(self, client: RecordId, *, recorded: RecordId) -> None:
        """Go on with somebody else, once one is recorded: nothing of that one is kept."""
        self._put_by()
        self._typed.pop(recorded, None)
        self._wanted = client

    def toggle_privacy(self) -> None:
        """Show initials, or names."""
        self.card.set_private(private=not self.card.private)
        self.head.set_private(private=self.card.private)
        if self.agenda is not None:
            self.list.show_agenda(self.agenda, self.card.called)

    def kept(self) -> dict[str, Any]:
        """Return where the forum is as a draft keeps it."""
        meeting, shown = self.meeting, self.shown
        if meeting is None:
            return {}
        at = shown.file.client.id if shown else self._wanted
        now = {at: self.bar.typed()} if shown else {}
        return forum_draft.kept(meeting, at, {**self._typed, **now})

    def keep_draft(self) -> None:
        """Keep where the forum is, and what is being typed."""
        if self.meeting is None:
            return
        self.session.keep_draft(FORM, self.kept(), client=b"", record=self.meeting.id)

    def show_agenda(self, found: Agenda) -> None:
        """Show who is on the agenda, and somebody's card."""
        self.agenda = found
        if self.meeting is None:
            return
        self.list.show_agenda(found, self.card.called)
        self.head.show_meeting(
            self.meeting, self.session.team, len(found.recorded), len(found.dues)
        )
        self._say_time()
        self.middle.show_nobody(nobody=not found.dues)
        self.bar.setVisible(bool(found.dues) and not self.middle.busy)
        left = self.left()
        known = [one.client for one in found.dues]
        if self.shown is None and known:
            wanted = self._wanted if self._wanted in known else (left or known)[0]
            self.list.go_to(wanted)
            self.show_client(wanted)

    def _show_card(self, shown: Shown) -> None:
        if self.meeting is None or shown.file.client.id != self._wanted:
            return
        self.shown = shown
        self.card.show_client(shown)
        new = _is_new(shown, self.segment(), self.session.today())
        self.bar.begin(self.session.team, self.meeting.present, shown, new=new)
        if typed := self._typed.pop(self._wanted, None):
            self.bar.take_up(typed)

    def _card_again(self) -> None:
        """Show the card with its new score; what was being said stays."""
        self._put_by()
        self._ask_card()

    def _put_by(self) -> None:
        """Keep what is being said of whoever is shown: it waits for them to be shown again."""
        if self.shown is not None:
            self._typed[self.shown.file.client.id] = self.bar.typed()
        self.shown = None

    def _give_way(self, busy: bool) -> None:  # noqa: FBT001  a Qt slot
        """Leave Ctrl+Enter to what stands in the place of the card, and come back after it."""
        for one in self._recording:
            one.setEnabled(not busy)
        self.bar.setVisible(not busy)
        if not busy:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_time(self) -> None:
        if self.meeting is not None:
            self.head.show_time(self.meeting, self.session.now(), len(self.left()))

    def segment(self) -> str:
        """Return under which heading the client who is shown stands."""
        item = self.shown.item if self.shown else None
        entry = self.agenda.recorded.get(self._wanted) if self.agenda else None
        return entry.segment if entry is not None else item.segment if item else "everyone"

    def left(self) -> list[RecordId]:
        """Return who is still to be talked about."""
        return self.agenda.left_over if self.agenda is not None else []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a letter, where no field has the keyboard."""
        letter = event.text().upper()
        if has_field(QApplication.focusWidget()) or self.middle.busy:
            super().keyPressEvent(event)
            return
        bar = self.bar
        fields: dict[str, QWidget] = {
            "W": bar.why,
            "D": bar.dissent,
            "A": bar.steps.what,
            "G": bar.again,
            "Y": bar.reason,
            "F": self.list.finding,
            "/": self.list.finding,
        }
        acts: dict[str, Callable[[], None]] = {
            "P": self.toggle_privacy,
            "S": lambda: forum_recording.skip(self),
            "C": self.close_forum,
            "E": self.score,
            "H": lambda: forum_recording.check(self),
        }
        if letter in fields and fields[letter].isVisible():
            fields[letter].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif letter in acts:
            acts[letter]()
        elif not (letter and bar.choose(letter)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        self.list.set_roomy(roomy=self.width() >= ROOMY)


def _is_new(shown: Shown, segment: str, day: date) -> bool:
    """Say whether it is to be decided if somebody comes onto the programme at all."""
    cohorts = {one.cohort for one in places_on(shown.file.records, day)}
    return segment == "nominated" or cohorts == {NOT_INCLUDED}
