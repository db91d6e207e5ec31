# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The case forum on a room's screen: who is here, the forum itself, and the minutes of each."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.casework.boards import board
from desktop_app.casework.forum import NAME as AGENDA
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from storage.store import Draft, Store
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.card import down
from ui.page_stack import PageStack
from ui.pages import forum_facts
from ui.pages.boards_follow import GoingThrough
from ui.pages.forum_draft import meeting_of
from ui.pages.forum_facts import Agenda
from ui.pages.forum_held import ForumHeld
from ui.pages.forum_minutes import MinutesView
from ui.pages.forum_recording import FORM
from ui.pages.forum_saving import Meeting
from ui.pages.forum_start import ForumStart
from ui.places import Place
from ui.session import Session

ROOM_TEXT, ROOM_WIDE, ROOM_HIGH = 1.3, 1300, 700
"""How large a room reads, and the size of window below which there is no room for that."""
SMALLEST = QSize(1093, 574)
"""The smallest window anybody has: a low screen whose letters Windows draws at 125 %."""


class ForumPage(QWidget):
    """A forum, from who is here to the sealed minutes.

    Signals:
        go: a `Place` to go to.
        done: back to where one was.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "forum"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session = session
        self._worn: theme.Theme | None = None
        self.start = ForumStart(session)
        self.start.begun.connect(self.begin)
        self.start.minutes_wanted.connect(lambda key: self._show_closed(bytes.fromhex(key)))
        self.start.leave_wanted.connect(self.done)
        self.held = ForumHeld(session, dialogs)
        self.held.recorded.connect(self.refresh)
        self.held.closed.connect(self._show_closed)
        self.minutes = MinutesView(session, dialogs)
        self.minutes.back_wanted.connect(self._to_start)
        self.stack = PageStack()
        for one in (self.start, self.held, self.minutes):
            self.stack.addWidget(one)
        self.setLayout(down(self.stack))
        self.following = GoingThrough(session, self)
        self.following.went.connect(lambda _left: self.refresh())
        session.changed.connect(lambda _ids: self.refresh() if self.isVisible() else None)

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        held, shown = self.held, self.stack.currentWidget()
        if shown is not None and shown is not held:
            return [shown]
        return [held.list, held.middle, held.bar, held.head]

    def show_place(self, place: Place) -> None:
        """Open the page: go on with a forum that was begun, or show who may be here."""
        if place.record is not None and place.form is None:  # not the draft of one that goes on
            self.minutes.set_private(private=False)  # somebody's own window, not a room's
            self.show_minutes(place.record)
            return
        me = self.session.me.id

        def mine(store: Store) -> Draft | None:
            held = store.drafts()
            return next((one for one in held if one.form == FORM and one.author == me), None)

        self.session.ask(mine, self._take_up, shows=_nothing, owner=self, name="draft")

    def begin(self) -> None:
        """Open the forum with whoever is here."""
        start, session = self.start, self.session
        if not start.present:
            start.say_lacks(_("Press the names of those who are here."))
            return
        chair = start.chair.value()
        present = tuple(dict.fromkeys((*start.present, chair)))
        began = session.now()
        meeting = Meeting(session.new_record(), chair, present, began, start.ends(began))
        self._hold(meeting, None)

    def refresh(self) -> None:
        """Ask for the agenda again."""
        session, meeting = self.session, self.held.meeting
        forum = meeting.id if meeting is not None else b""
        me, team, now = session.me, session.team, session.now()
        began = meeting.began if meeting is not None else now
        session.ask(
            lambda store: forum_facts.agenda(store, forum, me, team, now, began=began),
            self._show_agenda,
            shows=forum_facts.shown_of,
            owner=self,
            name="agenda",
        )

    def _show_closed(self, forum: RecordId) -> None:
        """Show the minutes to the room, which sees of them what it saw of the forum."""
        self.minutes.set_private(private=self.held.card.private)
        self.show_minutes(forum)

    def show_minutes(self, forum: RecordId) -> None:
        """Show the minutes of a forum that was closed."""
        self.stack.setCurrentWidget(self.minutes)
        self.minutes.show_forum(forum)
        self.minutes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up(self, draft: Draft | None) -> None:
        if self.held.meeting is not None:
            self._hold(self.held.meeting, self.held.kept())
        elif draft is None:
            self._to_start()
        else:
            self._hold(meeting_of(draft, self.session.now()), draft.answers)

    def _hold(self, meeting: Meeting, kept: dict[str, Any] | None) -> None:
        self.stack.setCurrentWidget(self.held)
        self.held.hold(meeting, kept)
        self.refresh()

    def _to_start(self) -> None:
        self.stack.setCurrentWidget(self.start)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _show_agenda(self, found: Agenda) -> None:
        if found.filled is not None:
            self.following.follow(found.filled.shown, board(AGENDA).rule)
        self.start.show_past(found.held, len(found.dues))
        self.held.show_agenda(found)

    def showEvent(self, event: QShowEvent) -> None:
        """Write large: a room reads it."""
        super().showEvent(event)
        if self._worn is None:
            self._worn = theme.current()
        self._write_large()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as there is room for."""
        super().resizeEvent(event)
        self._write_large()

    def minimumSizeHint(self) -> QSize:
        """Return what it needs; letters large for a room give way before the window."""
        large = self._worn is not None and theme.current().text_scale > self._worn.text_scale
        needs = super().minimumSizeHint()
        return needs.boundedTo(SMALLEST) if large else needs

    def _write_large(self) -> None:
        worn, app = self._worn, QApplication.instance()
        if worn is None or not self.isVisible() or not isinstance(app, QApplication):
            return
        room = self.window().size()
        roomy = room.width() >= ROOM_WIDE and room.height() >= ROOM_HIGH
        scale = max(worn.text_scale, ROOM_TEXT) if roomy else worn.text_scale
        if theme.current().text_scale != scale:
            theme.apply(app, replace(theme.current(), text_scale=scale))

    def hideEvent(self, event: QHideEvent) -> None:
        """Write as before."""
        super().hideEvent(event)
        worn, app = getattr(self, "_worn", None), QApplication.instance()
        if worn is not None and isinstance(app, QApplication):
            self._worn = None
            theme.apply(app, replace(theme.current(), text_scale=worn.text_scale))


def _nothing(_draft: object) -> None:
    """A draft shows nobody: it is what its own author typed."""
