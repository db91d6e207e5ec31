# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The cards of Team, in their order: what waits for somebody, who is in it, who decides."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLayout

from desktop_app.casework.letters import seen, set_apart
from desktop_app.casework.outcome_packs import FORM as PACK
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from sync.after_cutoff import Late, leave_late, take_in_late
from ui.consulting import RULE
from ui.kit.buttons import Button, button
from ui.kit.card import Card, across
from ui.kit.labels import IconMark, label
from ui.kit.notice import Notice
from ui.pages.stepping import line
from ui.pages.team_change import Changing
from ui.pages.team_facts import TeamFacts
from ui.pages.team_forum_day import ForumDayCard
from ui.pages.team_late import LateCard
from ui.pages.team_news import said_of
from ui.pages.team_packs import PackCard
from ui.pages.team_people import lead_card, no_lead_card, people_card
from ui.pages.team_phone import Ringing
from ui.pages.team_promise import GapsCard, PromiseCard
from ui.pages.team_request import RequestCard
from ui.pages.team_rule import RuleCard
from ui.places import Place
from ui.tokens import S

if TYPE_CHECKING:
    from ui.pages.team import TeamPage

KEEPERS, CRITERIA, AGREEMENTS = Place("keepers"), Place("criteria"), Place("agreements")


def above(page: "TeamPage", facts: TeamFacts) -> Iterator[Card | Notice]:
    """Yield what waits for whoever looks."""
    session, team = page.session, page.session.team
    coordinates = Role.COORDINATOR in session.roles
    if facts.doubt:
        words = _(
            "Two different lists of people exist. Until two keepers decide, whoever either lets "
            "in does not count yet, and whoever either takes out is out."
        )
        yield Notice(words, "bad", buttons=[_to(page, _("See &both"), KEEPERS)])
    elif facts.signing:
        words = _("Something waits for a keeper to sign it.")
        yield Notice(words, "warn", buttons=[_to(page, _("&See it"), KEEPERS)])
    for request in facts.requests:
        yield RequestCard(request, team, page.admit, page.decline)
    if coordinates:
        for late in facts.late:
            yield _late(page, late)
    if facts.without_lead:
        yield no_lead_card(team, facts.without_lead, page.name_lead)
    if facts.waiting or facts.stale:
        yield lead_card(team, facts.waiting, facts.stale, let_in=page.let_in, renew=page.renew)
    if facts.alone and coordinates and not team.made_up:
        words = _(
            "All of this hangs on this laptop: were it lost, nobody could be let in or taken out. "
            "Three papers, kept by three people, mend that. It takes ten minutes."
        )
        yield Notice(words, "warn", buttons=[_to(page, _("Make the &papers"), KEEPERS)])


def people(page: "TeamPage", facts: TeamFacts, changing: Changing) -> Card:
    """Return the card of who is in the team."""
    coordinates = Role.COORDINATOR in page.session.roles
    return people_card(
        page.session.team,
        mine=facts.mine,
        take_out=page.ask_about if coordinates else None,
        change=changing.ask if coordinates else None,
        fixed=facts.fixed,
        ringing=Ringing(facts.phones, page.session.me, page.ask_number),
    )


def below(page: "TeamPage", facts: TeamFacts) -> Iterator[Card]:
    """Yield what is seldom looked at."""
    if facts.out:
        out = Card(_("Out of the team"), role="h3", gap=S)
        for one in facts.out:
            out.add(line("laptop", said_of(one, page.session.today())))
        yield out
    card = Card(_("When something happens"), role="h3", gap=S)
    words = _("A laptop is lost or stolen: what it held, whom to tell, and the note for it.")
    card.add(_leads_to(page, "life-buoy", words, _("A lost laptop…"), Place("lost")))
    if facts.keepers:
        names = ", ".join(set_apart(seen(one)) for one in facts.keepers)
        words = _("Any two of these decide who coordinates the team: %(who)s.") % {"who": names}
    else:
        words = _("Only the laptop the team was founded on decides who coordinates it.")
    card.add(_leads_to(page, "shield-check", words, _("Keepers…"), KEEPERS))
    yield card
    criteria = Card(_("Criteria"), role="h3", gap=S)
    row = line("scale", _("By what people are chosen, which agency has agreed, how many places."))
    row.addWidget(_to(page, _("C&riteria…"), CRITERIA))
    criteria.add(row)
    yield criteria
    agreements = Card(_("Agreements"), role="h3", gap=S)
    words = _("What organisations agreed in writing to tell one another, and until when.")
    agreements.add(_leads_to(page, "file-check", words, _("Agree&ments…"), AGREEMENTS))
    yield agreements
    if page.session.may_write(RULE):
        yield RuleCard(page.session)
        yield PromiseCard(page.session)
        yield ForumDayCard(page.session)
        yield GapsCard(page.session)
    if page.session.may_write(PACK):
        yield PackCard(page.session, page.dialogs)


def _leads_to(page: "TeamPage", icon: str, words: str, act: str, place: Place) -> QLayout:
    """Return a sentence and the button that leads to where it is seen to, on one line."""
    row = across(IconMark(icon, size=18), label(words, wrap=True), _to(page, act, place), gap=S)
    row.setStretch(1, 1)
    return row


def _to(page: "TeamPage", words: str, place: Place) -> Button:
    press = button(words, small=True)
    press.clicked.connect(lambda: page.go.emit(place))
    return press


def _late(page: "TeamPage", late: Late) -> LateCard:
    card = LateCard(late, page.session.today())

    def take_in(upto: int, reason: str) -> None:
        now = page.now()
        page.do(
            lambda store: take_in_late(store, late.feed, upto, reason=reason, **now),
            _("It counts: share now, and it comes in."),
        )

    card.wanted.connect(take_in)
    card.left.connect(
        lambda: page.do(
            lambda store: leave_late(store, late), _("It stays aside. Nothing of it is lost.")
        )
    )
    return card
