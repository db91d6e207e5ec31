# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Proposals for the posture: what may be asked for and why; they turn nothing, whatever comes."""

from datetime import date, timedelta

import pytest

from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.posture_evidence import counts_for_pressure
from desktop_app.casework.posture_proposals import (
    RECENT,
    Aside,
    Proposal,
    Towards,
    may_propose,
    proposals,
)
from desktop_app.casework.readings import check
from desktop_app.casework.records import Record, link
from tests.unit.desk import BELLO, OSEI, SHAH
from tests.unit.signing import DAY, Make, Signing


class Proposing(Signing):
    """Signs acts of somebody on the programme, and reads what is proposed."""

    def __init__(self, make: Make, team: Team) -> None:
        super().__init__(make, team)
        self.place = self.add("cohort", cohort="demand_side", started_on="2026-06-01")

    def proposed(self, day: date = DAY) -> tuple[Proposal, ...]:
        return proposals(self.held, self.team, day)

    def one(self, day: date = DAY) -> Proposal:
        (only,) = self.proposed(day)
        return only

    def in_treatment(self, *kept: str) -> Record:
        episode = self.add("treatment", BELLO, accepted_on="2026-09-01", status="in_treatment")
        said = {"episode": link(episode.id), "step": "started", "happened_on": "2026-09-20"}
        self.add("treatment_step", BELLO, **said)
        for day in kept:
            self.add("appointment", BELLO, booked_for=f"{day}T10:00", state="attended")
        return episode


@pytest.fixture
def signing(a_record: Make, team: Team) -> Proposing:
    """Return a pen for somebody on the programme."""
    return Proposing(a_record, team)


def test_the_form_offers_what_the_rule_reads() -> None:
    assert check(Aside, form("posture_aside")) == []


MORE = {
    "arrest": {"arrested_on": "2026-11-20", "further_action": "charged"},
    "chain_step": {"happened_at": "2026-11-20T10:00", "step": "outcome", "outcome": "forum"},
    "decision": {"decided_on": "2026-11-20", "about": "intensify"},
    "boundary": {"decided_on": "2026-11-20", "decision": "act"},
}
LESS = {
    "chain_step": {"happened_at": "2026-11-20T10:00", "step": "outcome", "outcome": "back"},
    "decision": {"decided_on": "2026-11-20", "about": "relax"},
    "boundary": {"decided_on": "2026-11-20", "decision": "hold"},
    "goal": {"ended_on": "2026-11-20", "outcome": "reached"},
}


@pytest.mark.parametrize("kind", MORE)
def test_what_proposes_more(signing: Proposing, kind: str) -> None:
    made = signing.add(kind, **MORE[kind])
    found = signing.one()
    assert (found.towards, found.level) == (Towards.MORE, "heightened")
    assert [one.record for one in found.evidence] == [made]
    assert all(counts_for_pressure(one.record) for one in found.named)
    assert signing.now().level == "standard", "a proposal turns nothing"


@pytest.mark.parametrize("kind", LESS)
def test_what_proposes_less(signing: Proposing, kind: str) -> None:
    made = signing.add(kind, **LESS[kind])
    found = signing.one()
    assert (found.towards, found.level) == (Towards.LESS, "support_only")
    assert [one.record for one in found.evidence] == [made]
    assert signing.now().level == "standard"


def test_weeks_of_treatment_kept_propose_less_and_a_miss_or_an_arrest_ends_it(
    signing: Proposing,
) -> None:
    signing.in_treatment("2026-11-03")
    assert signing.proposed() == ()
    signing.add("appointment", BELLO, booked_for="2026-11-17T10:00", state="attended")
    assert [one.day for one in signing.one().evidence] == [date(2026, 11, 3), date(2026, 11, 17)]
    missed = {"booked_for": "2026-11-19T10:00", "state": "not_attended"}
    excused = signing.add("appointment", BELLO, **missed, reason="our_mistake")
    assert signing.one().towards is Towards.LESS, "our own mistake is no miss"
    signing.held.remove(excused)
    signing.add("appointment", BELLO, **missed)
    assert signing.proposed() == ()
    signing.held.pop()
    signing.add("arrest", arrested_on="2026-11-18", further_action="no_action")
    assert signing.proposed() == ()


def test_a_care_note_counts_by_its_author_and_proposes_nothing_alone(signing: Proposing) -> None:
    said = {"happened_at": "2026-11-19T10:00"}
    signing.add("note", OSEI, **said)
    released = signing.add("note", OSEI, **said, counts_for_pressure="yes")
    assert signing.proposed() == ()
    signing.add("arrest", **MORE["arrest"])
    assert [one.record for one in signing.one().beside] == [released]
    signing.held.pop()
    signing.add("decision", **LESS["decision"])
    assert signing.one().beside == (), "for less nobody has to release anything"


def test_what_not_everybody_may_read_proposes_nothing(signing: Proposing) -> None:
    for kind, said in (("arrest", MORE["arrest"]), ("goal", LESS["goal"])):
        made = signing.add(kind, **said)
        signing.held[-1] = Record(
            made.id, kind, made.client, "police", made.author, made.live, made.trail
        )
    assert signing.proposed() == ()


def test_both_directions_say_what_speaks_against_them(signing: Proposing) -> None:
    arrest = signing.add("arrest", **MORE["arrest"])
    goal = signing.add("goal", **LESS["goal"])
    more, less = signing.proposed()
    assert [one.record for one in more.against] == [goal]
    assert [one.record for one in less.against] == [arrest]


def test_one_step_at_a_time_and_nothing_after_hold(signing: Proposing) -> None:
    for level, more, less in (
        ("support_only", "standard", None),
        ("heightened", None, "standard"),
        ("hold", None, None),
    ):
        signing.held[1:] = []
        signing.add("arrest", arrested_on="2026-11-01", further_action="charged")
        signing.agree(signing.ask(level))
        signing.add("arrest", **MORE["arrest"])
        signing.add("goal", **LESS["goal"])
        found = {str(one.towards): one.level for one in signing.proposed()}
        assert found == {k: v for k, v in (("more", more), ("less", less)) if v}


def test_what_an_act_named_or_is_older_than_what_was_agreed_proposes_nothing_again(
    signing: Proposing,
) -> None:
    signing.add("arrest", **MORE["arrest"])
    signing.ask("support_only", until="2026-11-20", acted_on="2026-11-20")
    assert signing.proposed() == (), "it was named, though what named it is over"
    signing.held[1:] = []
    signing.agree(signing.ask("support_only", OSEI), SHAH)
    signing.add("arrest", arrested_on="2026-11-09", further_action="charged")
    assert signing.proposed() == (), "older than what two agencies agreed"
    signing.add("arrest", **MORE["arrest"])
    assert signing.one().level == "standard"


def test_what_is_asked_for_already_is_not_proposed(signing: Proposing) -> None:
    signing.ask("heightened")
    signing.add("arrest", **MORE["arrest"])
    assert signing.proposed() == ()


def test_what_was_put_aside_comes_back_only_with_new_evidence(signing: Proposing) -> None:
    first = signing.add("arrest", **MORE["arrest"])
    goal = signing.add("goal", **LESS["goal"])
    signing.add(
        "posture_aside",
        OSEI,
        put_on="2026-11-21",
        towards="more",
        reason="An old matter",
        evidence_of=[link(first.id), link(goal.id)],
    )
    assert signing.one().towards is Towards.LESS, "only the direction that was put aside"
    second = signing.add("arrest", arrested_on="2026-11-22", further_action="charged")
    more, _less = signing.proposed()
    assert [one.record for one in more.evidence] == [second]


def test_old_things_and_people_off_the_programme_have_no_proposal(signing: Proposing) -> None:
    signing.add("arrest", **MORE["arrest"])
    assert signing.proposed(date(2026, 11, 20) + timedelta(days=RECENT)) != ()
    assert signing.proposed(date(2026, 11, 21) + timedelta(days=RECENT)) == ()
    signing.add("setting", setting="deceased", from_on="2026-11-21")
    assert signing.proposed() == ()
    signing.held.remove(signing.place)
    assert signing.proposed(date(2026, 11, 20)) == ()


def test_the_day_from_which_it_may_propose_is_never_too_late(signing: Proposing) -> None:
    signing.in_treatment("2026-11-03", "2026-11-17")
    days = [DAY + timedelta(days=days) for days in range(-60, 60, 3)]
    proposed = [day for day in days if signing.proposed(day)]
    assert proposed
    for day in days:
        first = may_propose(signing.held, day)
        assert all(first is not None and first <= one for one in proposed if one >= day)
