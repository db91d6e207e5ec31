# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Team: who is in it, who may read what, who asks to join, and whom a lead lets in."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.casework.letters import set_apart
from desktop_app.casework.people import Device, Person, Role, Team
from desktop_app.casework.words import _
from storage.store import Store
from sync import acts, admission, asking, deciding, leading
from sync.acts import Act
from sync.join import Request
from sync.outcome import Exchanged
from sync.roster import Laptop
from sync.seals import Random
from sync.seat import seated
from sync.team import NewPerson
from ui import enrolment
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages import team_cards
from ui.pages.team_change import Changing, Question
from ui.pages.team_facts import TeamFacts, team_facts
from ui.pages.team_people import TakingOut
from ui.pages.team_phone import PhoneCard
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S


def _roles(store: Store, who: NewPerson | str) -> frozenset[Role]:
    return seated(store).team.persons[who].roles if isinstance(who, str) else who.roles


class _Now(TypedDict):
    """What an act of the team needs of this laptop: the time, and chance."""

    now_ms: int
    random: Random


class TeamPage(QWidget):
    """The team.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "team"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self.session, self.dialogs, self._exchanging = session, dialogs, exchanging
        self._shown: tuple[TeamFacts, Team] | None = None
        self._asked: Question | None = None
        self._asked_from: QWidget | None = None
        put, drop = self._put_question, self._drop_question
        self.changing = Changing(session, put=put, drop=drop, done=self._changed, parent=self)
        self.notice = Notice("", "ok")
        self.notice.hide()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(L, 0, L, L)
        self._column.setSpacing(M)
        title = across(
            label(session.team.name, "h1", weight=BOLD),
            label(_("Team"), tone="muted"),
            None,
            gap=M,
        )
        if Role.COORDINATOR in session.roles:
            invite = button(_("&Invite somebody"), icon="user-plus")
            invite.clicked.connect(self.invite)
            title.addWidget(invite)
        inside = holding(self._column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(S)
        whole.addLayout(down(title, self.notice, gap=S, margins=(L, M, L, 0)))
        self._area = reading(inside)
        whole.addWidget(self._area, 1)
        session.team_changed.connect(self._ask)
        exchanging.done.connect(self._shared)
        self._ask()

    def show_place(self, _place: Place) -> None:
        """Show how the team stands now."""
        self._ask()

    def _shared(self, outcome: Exchanged) -> None:
        """Take away what was said of the last change, once the others can learn it."""
        if not outcome.unsent:
            self.notice.hide()
        self._ask()

    def invite(self) -> None:
        """Put an invitation into a folder the coordinator chooses."""
        chosen = self.dialogs.folder(_("Where to put the invitation: team folder or stick"))
        if chosen is None:
            return
        now_ms = self.session.clock.now_ms()

        def write(store: Store) -> Path:
            raw = asking.invite(store, now_ms=now_ms, random=os.urandom)
            return enrolment.write_invitation(chosen, raw)

        self.session.work(write, self._invited, owner=self)

    def admit(self, request: Request, who: NewPerson | str) -> None:
        """Let a laptop in whose words were compared: of somebody new, or of somebody here."""
        now = self.now()
        if isinstance(who, str):
            words = _("%(laptop)s is in the team, as a laptop of %(who)s.")
            name = self.session.team.name_of(who)
        else:
            words, name = _("%(who)s is in the team."), who.name

        def let_in(store: Store) -> None:
            alone = acts.alone(store)
            leads = leading.to_lead(seated(store).roster, _roles(store, who)) if alone else []
            admission.admit(store, request, who, **now, lead_of=leads)

        self.do(let_in, words % {"who": name, "laptop": set_apart(request.laptop)})

    def decline(self, request: Request) -> None:
        """Leave a request unanswered."""
        said = _("The request was put away.")
        self.do(lambda store: asking.decline(store, request), said)

    def let_in(self, audience: str, laptop: Laptop) -> None:
        """Let a laptop into an audience this one leads."""
        now = self.now()
        self.do(lambda store: admission.let_in(store, audience, [laptop.id], **now), _("Let in."))

    def name_lead(self, audience: str, laptop: Laptop) -> None:
        """Let a laptop lead an audience nobody leads; where papers decide, keepers sign it."""
        now = self.now()

        def then(act: Act | None) -> None:
            if act is None:
                self._changed(_("It has a lead again."))
            else:
                self.go.emit(Place("keepers", form="sign"))

        self.session.work(
            lambda store: deciding.name_lead(store, audience, laptop.id, **now), then, owner=self
        )

    def ask_about(self, laptop: Device) -> None:
        """Say what follows when a laptop is taken out, and ask."""
        if self._shown is None:
            return
        facts, team = self._shown
        heard = facts.heard.get(laptop.id, 0)
        card = TakingOut(team, laptop, heard_ms=heard, led=facts.leads, today=self.session.today())
        card.wanted.connect(lambda: self.take_out(laptop))
        card.left.connect(self._drop_question)
        whole = Place("lost", record=bytes.fromhex(laptop.id))
        card.more.clicked.connect(lambda: self.go.emit(whole))
        self._put_question(card)

    def ask_number(self, person: Person) -> None:
        """Ask at which number somebody is rung at work."""
        held = self._shown[0].phones if self._shown is not None else ()
        card = PhoneCard(self.session, person, held)
        card.left.connect(self._drop_question)
        card.kept.connect(self._changed)
        self._put_question(card)

    def _put_question(self, card: Question) -> None:
        self._drop_question()
        self._asked, self._asked_from = card, QApplication.focusWidget()
        self._column.insertWidget(0, card)
        self._area.ensureVisible(0, 0)
        QTimer.singleShot(0, card, card.setFocus)  # once it can be seen

    def take_out(self, laptop: Device) -> None:
        """Take a laptop out of the team."""
        now, device = self.now(), bytes.fromhex(laptop.id)
        said = _("%(laptop)s is out of the team.") % {"laptop": laptop.name}
        self._drop_question()
        self.do(lambda store: admission.take_out_laptop(store, device, **now), said)

    def renew(self, audience: str) -> None:
        """Make a new key for an audience this laptop leads."""
        now, said = self.now(), _("It has a new key.")
        self.do(lambda store: admission.renew_key(store, audience, **now), said)

    def do(self, act: Callable[[Store], object], said: str) -> None:
        """Do something in the vault, then say what came of it and ask anew."""
        self.session.work(act, lambda _done: self._changed(said), owner=self)

    def now(self) -> "_Now":
        """Return what an act of the team needs of this laptop."""
        return {"now_ms": self.session.clock.now_ms(), "random": os.urandom}

    def _drop_question(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.hide()
            asked.deleteLater()
        back, self._asked_from = self._asked_from, None
        if back is not None and isValid(back):
            back.setFocus()

    def _invited(self, path: Path) -> None:
        self._changed(
            _(
                "The invitation is in the folder, as %(name)s. It is good for three weeks. On the "
                "new laptop, choose Join a team and that folder."
            )
            % {"name": path.name},
            share=False,
        )

    def _changed(self, words: str, *, share: bool = True) -> None:
        if share and self._exchanging.share:
            words = f"{words} " + _("The others learn it when you share.")
        self.notice.say(words)
        self.notice.show()
        self.notice.announce()
        self.session.refresh_team()
        self._ask()

    def _ask(self) -> None:
        asked = partial(team_facts, now_ms=self.session.clock.now_ms())
        self.session.ask(asked, self._show, shows=nothing, owner=self, name="team")

    def _show(self, facts: TeamFacts) -> None:
        if (facts, self.session.team) == self._shown:
            return  # what somebody is filling in stays as it is
        self._shown = (facts, self.session.team)
        self._asked = None
        focus = QApplication.focusWidget()  # must not be handed on to the lock
        held = focus is self or (focus is not None and self._area.isAncestorOf(focus))
        clear(self._column)
        people = team_cards.people(self, facts, self.changing)
        for card in (*team_cards.above(self, facts), people, *team_cards.below(self, facts)):
            self._column.addWidget(card)
        self._column.addStretch(1)
        if held:
            people.show()  # or it could not take the keyboard yet
            people.setFocus(Qt.FocusReason.OtherFocusReason)
