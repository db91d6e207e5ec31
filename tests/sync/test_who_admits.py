# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who lets whom read: the police's lead and the nurse, each for their own; not the coordinator."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from sync.admission import amend_team, led_here, let_in, take_out_laptop, waiting_for
from tests.sync.laptops import BELL, SHAH, Four, Laptop, join_team
from tests.sync.papers import with_papers

WHO = {"police": SHAH, "health": BELL}
SAYS = {"police": ("note", "Police"), "health": ("clinical_note", "Dose")}


def leads(four: Four, audience: str) -> tuple[Laptop, Laptop]:
    """Return the laptop that leads an audience, and the one that leads the other."""
    pair = (four.shah, four.bell)
    return pair if audience == "police" else (pair[1], pair[0])


@pytest.fixture
def fifth(four: Four, tmp_path: Path) -> Laptop:
    return Laptop("Fifth", tmp_path / "fifth", four.clock)


def written(laptop: Laptop, audience: str) -> bytes:
    client = laptop.save("client", {"surname": "Croft"})
    form, words = SAYS[audience]
    narrowed = audience if form == "note" else ""
    return laptop.save(form, {"note": words}, client=client, audience=narrowed)


@pytest.mark.parametrize("audience", ["police", "health"])
def test_the_coordinator_lets_into_the_team_and_its_lead_into_what_it_leads(
    four: Four, fifth: Laptop, audience: str
) -> None:
    lead, other = leads(four, audience)
    kept = written(lead, audience)
    lead.exchange(four.share)
    join_team(four.grant, fifth, four.share, replace(WHO[audience], name="K. Lund"))
    fifth.exchange(four.share)
    assert fifth.seat.person
    assert not fifth.answers(kept), "let into the team is not let into this"
    device = fifth.seat.me.device
    for laptop in (four.grant, four.ann, other):
        laptop.exchange(four.share)
        with pytest.raises(NotAllowed, match="leads this group"):
            let_in(laptop.store, audience, [device], now_ms=1, random=laptop.dice.randbytes)
    lead.exchange(four.share)
    assert [one.id for one in waiting_for(lead.store, audience)] == [device]
    let_in(lead.store, audience, [device], now_ms=lead.now_ms, random=lead.dice.randbytes)
    lead.exchange(four.share)
    fifth.exchange(four.share)
    assert fifth.answers(kept)["note"] == SAYS[audience][1]
    fifth.close()


@pytest.mark.parametrize("audience", ["police", "health"])
def test_once_there_are_papers_a_coordinator_cannot_name_a_lead_not_even_themselves(
    four: Four, audience: str
) -> None:
    with_papers(four)
    grant = four.grant
    roster = grant.seat.roster
    mine = {**roster.leads, audience: (*roster.leads[audience], grant.seat.me.device)}
    with pytest.raises(NotAllowed, match="two keepers"):
        amend_team(grant.store, {"leads": mine}, now_ms=grant.now_ms, random=grant.dice.randbytes)
    assert audience not in led_here(grant.store)


def test_each_leads_only_their_own(four: Four) -> None:
    led = {laptop.name: set(led_here(laptop.store)) for laptop in four}
    assert led == {
        "Grant": {"partners", "coordination", "audit"},
        "Ann": set(),
        "Shah": {"police"},
        "Bell": {"health"},
    }
    roles = four.grant.seat.team.persons[four.grant.seat.person].roles
    assert roles == {Role.COORDINATOR}


def test_a_laptop_that_was_taken_out_is_told_that_there_is_a_newer_list(four: Four) -> None:
    take_out_laptop(
        four.grant.store,
        four.bell.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    said = " ".join(four.bell.exchange(four.share).notes)
    assert "This laptop seems to be out of the team" in said
    assert "Please ask the coordinator" in said
