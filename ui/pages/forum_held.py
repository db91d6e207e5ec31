# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A forum that is being held: the agenda, one card a client, what is decided, and closing it.

It is worked by keys alone. What was recorded is saved client by client; what is being typed is a
draft, so that a lock or a crash in the middle loses nothing and the forum goes on where it was.
"""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.casework.audit import sight
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.targeting import NOT_INCLUDED, places_on
from desktop_app.casework.words import _
from ui.dialogs import Dialogs
from ui.kit.card import across, down
from ui.pages import forum_facts, forum_saving
from ui.pages.forum_agenda import AgendaList
from ui.pages.forum_bar import ForumBar, has_field
from ui.pages.forum_card import ForumCard
from ui.pages.forum_facts import Agenda, Shown
from ui.pages.forum_head import ForumHead
from ui.pages.forum_saving import Meeting, Pen
from ui.session import Session
from ui.tokens import M, S

ROOMY = 1150
FORM = "forum"


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
        self._typed: dict[str, Any] = {}
        self.head, self.list = ForumHead(), AgendaList()
        self.card, self.bar = ForumCard(session), ForumBar(session)
        card = down(self.card, margins=(M, S, M, S))
        middle = across(self.list, card, gap=0)
        middle.setStretch(1, 1)
        whole = down(self.head, middle, self.bar, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.list.chosen.connect(self.show_client)
        self.bar.changed.connect(self.keep_draft)
        self.bar.record_wanted.connect(self.record)
        self.bar.skip_wanted.connect(self.skip)
        self.head.privacy_wanted.connect(self.toggle_privacy)
        self.head.close_wanted.connect(self.close_forum)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.record)

    def hold(self, meeting: Meeting, kept: dict[str, Any] | None = None) -> None:
        """Hold a forum: a new one, or one that goes on with what a draft kept."""
        self.meeting, self.shown = meeting, None
        if kept is None:
            self.keep_draft()
            return
        at, typed = str(kept.get("at", "")), kept.get("typed")
        self._wanted = bytes.fromhex(at) if len(at) == 32 else b""
        self._typed = dict(typed) if isinstance(typed, dict) else {}

    def show_client(self, client: RecordId) -> None:
        """Show somebody's card."""
        if self.meeting is None or (self.shown and self.shown.file.client.id == client):
            return
        self._wanted = client
        session = self.session
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
        if self.meeting is None or self.shown is None:
            return
        said, today = self.bar.said(), self.session.today()
        lacks = forum_saving.lacking(said, self.meeting, self.shown, today)
        self.bar.say_lacks(lacks)
        if not lacks:
            edits = forum_saving.recorded(
                said, self.meeting, self.shown, self._segment(), self._pen()
            )
            self._save(edits)

    def skip(self) -> None:
        """Skip this client, with the reason."""
        if self.meeting is None or self.shown is None:
            return
        why = self.dialogs.ask_text(_("Why are they not talked about today?"))
        if why and why.strip():
            self._save(
                forum_saving.skipped(why, self.meeting, self.shown, self._segment(), self._pen())
            )

    def close_forum(self) -> None:
        """Close the forum, once nobody is left, and show its minutes."""
        if self.meeting is None or self.agenda is None:
            return
        left = self._left()
        if left:
            self.bar.say_lacks(
                _("%(n)d are left. Each is talked about, or skipped with a reason.")
                % {"n": len(left)}
            )
            self.list.go_to(left[0])
            return
        edit = forum_saving.closed(self.meeting, self.agenda, on=self.session.today())
        forum = self.meeting.id

        def saved(_saved: object) -> None:
            self.session.drop_draft(FORM, client=b"", record=forum)
            self.meeting = None
            self.closed.emit(forum)

        self.session.save([edit], saved)

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
        return {
            "chair": meeting.chair,
            "present": [*meeting.present],
            "began": meeting.began.isoformat(timespec="minutes")[:16],
            "at": shown.file.client.id.hex() if shown else self._wanted.hex(),
            "typed": self.bar.typed() if shown else self._typed,
        }

    def keep_draft(self) -> None:
        """Keep where the forum is, and what is being typed."""
        if self.meeting is None:
            return
        answers = self.kept()
        self.session.keep_draft(FORM, answers, client=b"", record=self.meeting.id)

    def show_agenda(self, found: Agenda) -> None:
        """Show who is on the agenda, and somebody's card."""
        self.agenda = found
        if self.meeting is None:
            return
        self.list.show_agenda(found, self.card.called)
        self.head.show_meeting(
            self.meeting, self.session.team, len(found.recorded), len(found.dues)
        )
        left = self._left()
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
        self.bar.begin(
            self.session.team,
            self.meeting.present,
            new=_is_new(shown, self._segment(), self.session.today()),
        )
        if self._typed:
            self.bar.take_up(self._typed)
            self._typed = {}

    def _segment(self) -> str:
        item = self.shown.item if self.shown else None
        entry = self.agenda.recorded.get(self._wanted) if self.agenda else None
        return entry.segment if entry is not None else item.segment if item else "everyone"

    def _left(self) -> list[RecordId]:
        return self.agenda.left_over if self.agenda is not None else []

    def _pen(self) -> Pen:
        return Pen(self.session.team, self.session.now(), self.session.new_record)

    def _save(self, edits: list[Edit]) -> None:
        def saved(_saved: object) -> None:
            after = [one for one in self._left() if one != self._wanted]
            self.shown, self._wanted = None, after[0] if after else b""
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.keep_draft()
            self.recorded.emit()

        self.session.save(edits, saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a letter, where no field has the keyboard."""
        letter = event.text().upper()
        if has_field(QApplication.focusWidget()):
            super().keyPressEvent(event)
            return
        fields = {"W": self.bar.why, "D": self.bar.dissent, "A": self.bar.what}
        if letter in fields:
            fields[letter].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif letter == "P":
            self.toggle_privacy()
        elif letter == "S":
            self.skip()
        elif letter == "C":
            self.close_forum()
        elif not (letter and self.bar.choose(letter)):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        self.list.set_roomy(roomy=self.width() >= ROOMY)


def _is_new(shown: Shown, segment: str, day: date) -> bool:
    """Say whether it is to be decided if somebody comes onto the programme at all."""
    cohorts = {one.cohort for one in places_on(shown.file.records, day)}
    return segment == "nominated" or cohorts == {NOT_INCLUDED}
