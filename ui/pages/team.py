# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Team: who is in it, who may read what, who asks to join, and whom a lead lets in."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app.casework.letters import set_apart
from desktop_app.casework.people import Device, Role, Team
from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync import acts, admission, asking, deciding, leading, members
from sync.join import Request
from sync.outcome import Exchanged
from sync.roster import Laptop
from sync.seals import Random
from sync.seat import seat_of, seated
from sync.team import NewPerson
from ui import enrolment
from ui.consulting import RULE, nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, holding, reading
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.team_change import Changing, Question
from ui.pages.team_people import TakingOut, lead_card, no_lead_card, people_card
from ui.pages.team_request import RequestCard
from ui.pages.team_rule import RuleCard
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S


@dataclass(frozen=True, slots=True)
class TeamFacts:
    """What the page asks of the vault."""

    requests: tuple[Request, ...] = ()
    leads: tuple[str, ...] = ()
    waiting: tuple[tuple[str, Laptop], ...] = ()
    stale: tuple[str, ...] = ()
    mine: str = ""
    heard: tuple[tuple[str, int], ...] = ()
    without_lead: tuple[tuple[str, tuple[Laptop, ...]], ...] = ()
    fixed: frozenset[str] = frozenset()


def team_facts(store: Store) -> TeamFacts:
    """Ask the vault who asks to join, and whom this laptop may let in."""
    leads, seat = tuple(admission.led_here(store)), seat_of(store)
    return TeamFacts(
        tuple(asking.requests(store)),
        leads,
        tuple((one, laptop) for one in leads for laptop in admission.waiting_for(store, one)),
        tuple(one for one in leads if admission.key_is_stale(store, one)),
        seat.me.device.hex() if seat else "",
        tuple((feed.device.hex(), feed.last_at) for feed in ledger.feeds(store).values()),
        tuple((one, tuple(laptops)) for one, laptops in leading.without_lead(store)),
        members.coordinating(seat.roster) if seat else frozenset(),
    )


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
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self._shown: tuple[TeamFacts, Team] | None = None
        self._asked: Question | None = None
        self._asked_from: QWidget | None = None
        put, drop = self._put_question, self._drop_question
        self._changing = Changing(session, put=put, drop=drop, done=self._changed, parent=self)
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
        chosen = self._dialogs.folder(_("Where to put the invitation: team folder or stick"))
        if chosen is None:
            return
        now_ms = self._session.clock.now_ms()

        def write(store: Store) -> Path:
            raw = asking.invite(store, now_ms=now_ms, random=os.urandom)
            return enrolment.write_invitation(chosen, raw)

        self._session.work(write, self._invited, owner=self)

    def admit(self, request: Request, who: NewPerson | str) -> None:
        """Let a laptop in whose words were compared: of somebody new, or of somebody here."""
        now = self._now()
        if isinstance(who, str):
            words = _("%(laptop)s is in the team, as a laptop of %(who)s.")
            name = self._session.team.name_of(who)
        else:
            words, name = _("%(who)s is in the team."), who.name

        def let_in(store: Store) -> None:
            alone = acts.alone(store)
            leads = leading.to_lead(seated(store).roster, _roles(store, who)) if alone else []
            admission.admit(store, request, who, **now, lead_of=leads)

        self._do(let_in, words % {"who": name, "laptop": set_apart(request.laptop)})

    def decline(self, request: Request) -> None:
        """Leave a request unanswered."""
        said = _("The request was put away.")
        self._do(lambda store: asking.decline(store, request), said)

    def let_in(self, audience: str, laptop: Laptop) -> None:
        """Let a laptop into an audience this one leads."""
        now = self._now()
        self._do(lambda store: admission.let_in(store, audience, [laptop.id], **now), _("Let in."))

    def name_lead(self, audience: str, laptop: Laptop) -> None:
        """Let a laptop lead an audience whose lead is gone."""
        now, said = self._now(), _("It has a lead again.")
        self._do(lambda store: deciding.name_lead(store, audience, laptop.id, **now), said)

    def ask_about(self, laptop: Device) -> None:
        """Say what follows when a laptop is taken out, and ask."""
        if self._shown is None:
            return
        facts, team = self._shown
        heard = max((at for device, at in facts.heard if device == laptop.id), default=0)
        card = TakingOut(team, laptop, heard_ms=heard, led=facts.leads, today=self._session.today())
        card.wanted.connect(lambda: self.take_out(laptop))
        card.left.connect(self._drop_question)
        self._put_question(card)

    def _put_question(self, card: Question) -> None:
        self._drop_question()
        self._asked, self._asked_from = card, QApplication.focusWidget()
        self._column.insertWidget(0, card)
        self._area.ensureVisible(0, 0)
        QTimer.singleShot(0, card, card.setFocus)  # once it can be seen

    def take_out(self, laptop: Device) -> None:
        """Take a laptop out of the team."""
        now, device = self._now(), bytes.fromhex(laptop.id)
        said = _("%(laptop)s is out of the team.") % {"laptop": laptop.name}
        self._drop_question()
        self._do(lambda store: admission.take_out_laptop(store, device, **now), said)

    def renew(self, audience: str) -> None:
        """Make a new key for an audience this laptop leads."""
        now, said = self._now(), _("It has a new key.")
        self._do(lambda store: admission.renew_key(store, audience, **now), said)

    def _do(self, act: Callable[[Store], object], said: str) -> None:
        self._session.work(act, lambda _done: self._changed(said), owner=self)

    def _now(self) -> "_Now":
        return {"now_ms": self._session.clock.now_ms(), "random": os.urandom}

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
        self._session.refresh_team()
        self._ask()

    def _ask(self) -> None:
        self._session.ask(team_facts, self._show, shows=nothing, owner=self, name="team")

    def _show(self, facts: TeamFacts) -> None:
        if (facts, self._session.team) == self._shown:
            return  # what somebody is filling in stays as it is
        self._shown = (facts, self._session.team)
        self._asked = None
        focus = QApplication.focusWidget()  # must not be handed on to the lock
        held = focus is self or (isinstance(focus, Card) and self.isAncestorOf(focus))
        clear(self._column)
        for request in facts.requests:
            card = RequestCard(request, self._session.team, self.admit, self.decline)
            self._column.addWidget(card)
        if facts.without_lead:
            team = self._session.team
            self._column.addWidget(no_lead_card(team, facts.without_lead, self.name_lead))
        if facts.waiting or facts.stale:
            self._column.addWidget(
                lead_card(
                    self._session.team,
                    facts.waiting,
                    facts.stale,
                    let_in=self.let_in,
                    renew=self.renew,
                )
            )
        coordinates = Role.COORDINATOR in self._session.roles
        people = people_card(
            self._session.team,
            mine=facts.mine,
            take_out=self.ask_about if coordinates else None,
            change=self._changing.ask if coordinates else None,
            fixed=facts.fixed,
        )
        self._column.addWidget(people)
        if self._session.may_write(RULE):
            self._column.addWidget(RuleCard(self._session))
        self._column.addStretch(1)
        if held:
            people.setFocus(Qt.FocusReason.OtherFocusReason)
