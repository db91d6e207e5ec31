# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The cards beside a client's timeline, one beneath the other. A new one is added here.

What somebody should see to stands first; what comes a moment later stands last, so that nothing
moves under the hand.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.posture_rows import TAKE_BACK
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.course import Drawn
from ui.pages.choosing_card import ChoosingCard
from ui.pages.client_file import ClientFile
from ui.pages.client_joined import Joined, JoinedCard, PerhapsCard
from ui.pages.client_posture import BACK, PostureCard
from ui.pages.client_side import ContactCard, GapsCard, LinesCard
from ui.pages.plan_cards import LastWeeksCard
from ui.pages.side_line import SideItem
from ui.session import Session
from ui.tokens import M


class SideCards(QWidget):
    """The column of cards.

    Signals:
        opened: the record of the line a person pressed.
        wanted: the code of something a person wants done about this client.
        board: the board a line leads to.
        asked: form, record and field of a missing answer a person wants to give.
        parted: the `Joined` a person wants parted.
        compared: another client this one may be.
    """

    opened = Signal(bytes)
    wanted = Signal(str)
    board = Signal(str)
    asked = Signal(object)
    parted = Signal(object)
    compared = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.missed = LinesCard(_("Missed appointments"), "")
        self.posture = PostureCard(session)
        self.next = LinesCard(_("Next"), _("Nothing is booked, planned or promised."))
        self.contact = ContactCard(may_edit=session.may_write("client"))
        plan = button(_("Plan"), "quiet", small=True, name=_("Open the plan"))
        plan.clicked.connect(lambda: self.wanted.emit("plan"))
        none = _("No open need is recorded.")
        self.needs = LinesCard(_("Plan and needs"), none, corner=plan)
        self.weeks = LastWeeksCard()
        self.choosing = ChoosingCard(session)
        self.gaps = GapsCard()
        self.joined, self.perhaps = JoinedCard(session), PerhapsCard(session)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(M)
        soon = (self.missed, self.posture, self.next, self.contact, self.needs)
        for card in (*soon, self.weeks, self.choosing, self.gaps):
            column.addWidget(card)
        for late in (self.joined, self.perhaps, self.perhaps.apart):
            column.addWidget(late)
        column.addStretch(1)
        for lines in (self.next, self.needs, self.choosing):
            lines.opened.connect(self.opened)
        self.posture.opened.connect(self._of_posture)
        self.posture.wanted.connect(self.wanted)
        self.missed.opened.connect(lambda _record: self.board.emit("missed"))
        self.contact.edited.connect(lambda: self.wanted.emit("client"))
        self.choosing.wanted.connect(self.wanted)
        self.gaps.wanted.connect(self.asked)
        self.joined.parted.connect(self.parted)
        self.perhaps.opened.connect(self.compared)

    def fill(
        self,
        file: ClientFile,
        joined: tuple[Joined, ...],
        missed: tuple[SideItem, ...],
        posture: tuple[SideItem, ...],
        weeks: tuple[Drawn, ...] = (),
    ) -> None:
        """Show what is known of a client."""
        self.posture.set_items(posture)
        self.posture.setVisible(bool(posture))
        self.missed.set_items(missed)
        self.missed.setVisible(bool(missed))
        self.next.set_items(file.next_up)
        self.contact.set_contact(file.contact)
        self.needs.set_items(file.needs)
        self.weeks.set_drawn(weeks)
        self.choosing.set_records(file.records)
        self.joined.set_joined(joined)
        self.gaps.set_gaps(file.gaps)

    def _of_posture(self, record: RecordId) -> None:
        """Open what a line is of; a line of no record asks for a posture."""
        if record == BACK:
            self.wanted.emit(TAKE_BACK)
        elif record:
            self.opened.emit(record)
        else:
            self.wanted.emit("posture")
