# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The middle of a forum: a client's card, or what the room works on in its place.

A score is given live, and the checklist of a removal is answered live. Both are drafts until they
are kept; Esc goes back to the card and loses nothing. Rules, each with a test:

* Nothing a room may not read is shown: no name, and of the records only what is for all partners.
* A checklist is saved with the decision it belongs to, all or nothing.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.casework.due import CaseFile
from desktop_app.casework.records import Answers, RecordId
from desktop_app.casework.words import _
from ui.kit.card import down
from ui.kit.empty import Empty
from ui.page_stack import PageStack
from ui.pages.choosing_panels import RemovalPanel
from ui.pages.forum_card import ForumCard
from ui.pages.scoring import ScoringPage
from ui.places import Place
from ui.session import Session
from ui.tokens import M, S


class ForumMiddle(QWidget):
    """The card, or what stands in its place.

    Signals:
        scored: a score was saved; the card is to be asked for again.
        answered: what an answered checklist saves, as edits, the removal first.
        busy_changed: whether something stands in the place of the card.
    """

    scored = Signal()
    answered = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.card = ForumCard(session)
        self.work: QWidget | None = None
        self.stack = PageStack()
        self.stack.addWidget(self.card)
        self.nobody = Empty(
            "gavel",
            _("Nobody is on the agenda"),
            why=_("Whoever is nominated, on a list or supported is. C closes the forum."),
        )
        self.stack.addWidget(self.nobody)
        self.setLayout(down(self.stack, margins=(M, S, M, S)))

    @property
    def busy(self) -> bool:
        """Say whether something stands in the place of the card."""
        return self.work is not None

    def show_nobody(self, *, nobody: bool) -> None:
        """Show the card, or that there is nobody to talk about."""
        if not self.busy:
            self.stack.setCurrentWidget(self.nobody if nobody else self.card)

    def score(self, client: RecordId) -> None:
        """Let the room give a score."""
        page = ScoringPage(self._session, in_a_room=True)
        page.done.connect(self.put_away)
        page.done.connect(self.scored)
        self._open(page, lambda: page.show_place(Place("scoring", client=client)))

    def check(self, file: CaseFile, of: str, said: Answers) -> None:
        """Let the room answer the checklist of a removal, with what it has said already."""
        panel = RoomRemoval(self._session, file, of=of)
        panel.view.resume(said)
        panel.answered.connect(self.answered)
        panel.closed.connect(self.put_away)
        panel.set_alone(alone=True)
        self._open(panel, panel.start)

    def put_away(self) -> None:
        """Show the card again; what was typed is kept."""
        work, self.work = self.work, None
        if work is None:
            return
        if isinstance(work, ScoringPage) and work.drafting is not None:
            work.drafting.flush()
        self.stack.setCurrentWidget(self.card)
        self.stack.removeWidget(work)
        work.hide()
        work.deleteLater()
        self.busy_changed.emit(False)  # noqa: FBT003  Qt's own signature

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the card with Esc."""
        if self.busy and event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _open(self, work: QWidget, begin: Callable[[], None]) -> None:
        self.put_away()
        self.work = work
        self.stack.addWidget(work)
        self.stack.setCurrentWidget(work)
        work.setFocus(Qt.FocusReason.OtherFocusReason)
        self.busy_changed.emit(True)  # noqa: FBT003  Qt's own signature
        begin()


class RoomRemoval(RemovalPanel):
    """The checklist of a removal, kept until what was decided is recorded.

    Signals:
        answered: what it saves, as edits, the removal first.
    """

    answered = Signal(object)

    def __init__(self, session: Session, file: CaseFile, *, of: str) -> None:
        super().__init__(session, file, of=of)
        self.act.set_words(_("Take into the decision"))

    def save(self) -> None:
        """Hand over what it saves, unless something has to be put right first."""
        asked = self._questions
        if not asked.may_be_saved():
            return
        record = self._session.new_record()
        answers = self.completed(asked.answers(), record)
        edit = self._session.edit(
            self.plan.form,
            answers,
            client=self._client,
            record=record,
            narrowed_to=asked.narrowed_to(),
        )
        self.answered.emit([edit, *self.more(edit.answers, record)])
        self.put_away()
