# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A lost laptop, on one page: take it out, what it held, what protects it, whom to tell, the note.

Rules, each with a test:

* Only a coordinator's laptop takes it out, and it is said first what follows.
* What it held is counted by audience; what this laptop cannot read is said to be for its lead.
* What nobody can know is said to be unknown: whether it was open, how strong the passphrase is.
* The note is a draft of what is known; what is altered in it stays, until it is begun anew.
* What leaves as a file is written into the audit first.
"""

import os

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.breach import draft, follow
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.store import Store
from sync import admission
from sync.lost import Lost, lost_laptop
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.beside import Beside
from ui.pages.lost_cards import facts_of, held_card, known_card, out_card, tell_card
from ui.pages.lost_note import NoteCard, NotePanel
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M

Asked = tuple[Lost | None, tuple[str, str]]
"""What the page asks of the vault: the laptop, and its note with the draft it follows."""


class LostPage(QWidget):
    """A lost laptop.

    Signals:
        go: a `Place` to be taken to.
        done: back to where one was before.
    """

    go = Signal(object)
    done = Signal()
    help_topic = "lost"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs = session, dialogs
        self.lost: Lost | None = None
        self.note: NoteCard | None = None
        self.share = button(_("To S&haring"), small=True, icon="refresh-cw")
        self.share.clicked.connect(lambda: self.go.emit(Place("sharing")))
        self.notice = Notice("", "ok", buttons=[self.share])
        self.notice.hide()
        self.which = DropDown([], _("Which laptop"), none=_("Choose a laptop"))
        self.which.chosen.connect(lambda _code: self.ask())
        self.setFocusProxy(self.which)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(M)
        head = across(label(_("A lost laptop"), "h1", weight=BOLD), self.which, None, gap=M)
        inside = down(head, self.notice, self._column, None, gap=M, margins=(L, M, L, L))
        self._area = reading(holding(inside))
        self.beside = Beside(self._area)
        self.beside.closed.connect(self._left)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.beside)
        session.team_changed.connect(self.ask)
        exchanging.done.connect(lambda _outcome: self.ask())
        self._offer("")
        self.ask()

    def show_place(self, place: Place) -> None:
        """Show a laptop, or ask which."""
        self.notice.hide()
        self._offer(place.record.hex() if place.record else self.which.value())
        self.ask()

    def ask(self) -> None:
        """Ask the vault what is known of the laptop."""
        device = bytes.fromhex(self.which.value())

        now_ms = self._session.clock.now_ms()

        def found(store: Store) -> Asked:
            if not device:
                return None, ("", "")
            return lost_laptop(store, device, now_ms=now_ms), NoteCard.kept(store, device)

        self._session.ask(found, self._show, shows=nothing, owner=self, name="lost")

    def take_out(self) -> None:
        """Take it out of the team."""
        lost, now_ms = self.lost, self._session.clock.now_ms()
        if lost is None:
            return

        def act(store: Store) -> None:
            admission.take_out_laptop(store, lost.device, now_ms=now_ms, random=os.urandom)

        def done(_none: None) -> None:
            self._say(_("It is out of the team. Share now: the others get new keys."))
            self.share.show()
            self.share.setFocus(Qt.FocusReason.OtherFocusReason)
            self._session.refresh_team()
            self.ask()

        self._session.work(act, done, owner=self)

    def save_note(self) -> None:
        """Ask for whom and why, then where to, and write the note."""
        if self.note is None:
            return
        self.note.keep()
        panel = NotePanel(self._session, self._dialogs, self.note.text())
        panel.saved.connect(lambda _log: self._say_saved())
        self.beside.open(panel)

    def _say_saved(self) -> None:
        """Say so where the keyboard is then: beneath the button of the note."""
        if self.note is not None:
            said = self.note.said
            said.say(_("The note is where you chose."))
            said.show()
            said.announce()
            QTimer.singleShot(0, said, lambda: self._area.ensureWidgetVisible(said))

    def begin_anew(self) -> None:
        """Draft the note anew from what is known now."""
        if self.note is not None and self.lost is not None:
            self.note.begin(self._draft(self.lost))

    def _left(self) -> None:
        """Go back to where the panel was opened from."""
        if self.note is not None:
            self.note.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draft(self, lost: Lost) -> str:
        return draft(facts_of(lost, self._session.team.name, self._session.today()))

    def _say(self, words: str) -> None:
        self.share.hide()
        self.notice.say(words)
        self.notice.show()
        self.notice.announce()
        QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(0))

    def _offer(self, chosen: str) -> None:
        team = self._session.team
        words = _("%(laptop)s of %(who)s")
        gone = _("%(laptop)s of %(who)s (out)")
        offered = [
            (one.id, (words if one.active else gone) % {
                "laptop": one.name, "who": team.name_of(one.person)
            })
            for one in sorted(team.devices.values(), key=lambda one: (not one.active, one.name))
        ]  # fmt: skip
        self.which.set_choices(offered)
        self.which.set_value(chosen)

    def _show(self, answer: Asked) -> None:
        lost, (typed, before) = answer
        same = self.lost is not None and lost is not None and lost.device == self.lost.device
        if same and self.note is not None:
            typed, before = self.note.text(), self.note.drafted
        self.lost, self.note = lost, None
        clear(self._column)
        if lost is None:
            words = _("Choose the laptop that is lost: what it held and whom to tell follows.")
            self._column.addWidget(Notice(words, "neutral"))
            return
        today, roles = self._session.today(), self._session.roles
        out = out_card(lost, coordinates=Role.COORDINATOR in roles, take_out=self.take_out)
        for card in (out, held_card(lost, today), known_card(), tell_card(lost)):
            self._column.addWidget(card)
        now = self._draft(lost)
        text = follow(typed, before, now) if typed else now
        self.note = NoteCard(self._session, lost.device, text, now)
        self.note.save.clicked.connect(self.save_note)
        self.note.anew.clicked.connect(self.begin_anew)
        self._column.addWidget(self.note)
