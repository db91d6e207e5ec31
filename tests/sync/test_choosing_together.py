# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing by four people on four laptops: whatever order they hear in, all see the same."""

from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.choosing import Stage, choosing, places_follow
from desktop_app.casework.due import CaseFile
from desktop_app.casework.limits import limits
from desktop_app.casework.matrix import agencies_of, in_force, standing, versions
from desktop_app.casework.records import Answers, Json, Record, link
from desktop_app.casework.removal import candidates, ends
from desktop_app.casework.targeting import support_on
from storage import reads
from tests.sync.laptops import Four, Laptop
from ui.pages.choosing_read import team_records

ON = date(2026, 11, 23)
ORDERS = list(permutations(("ann", "shah", "bell")))


def of(laptop: Laptop, client: bytes) -> list[Record]:
    return reads.records(laptop.store, client=client)


def seen(laptop: Laptop, client: bytes) -> str:
    """Return all that one laptop makes of it, in one text."""
    held, team = of(laptop, client), laptop.seat.team
    stands = choosing(held, ON)
    file = CaseFile(laptop.record(client), tuple(held))
    common = team_records(laptop.store)
    agreed = [standing(one, common, team).words for one in versions(common)]
    return repr(
        (
            stands.stage,
            stands.scoring and (stands.scoring.record.id, stands.scoring.total),
            stands.decision and stands.decision.record.id,
            [one.record.id for one in stands.nominations],
            [(one.of, one.because) for one in candidates(file, ON, limits())],
            agreed,
        )
    )


def lay_criteria(laptop: Laptop) -> None:
    matrix = laptop.save(
        "matrix", {"title": "Ours", "version": "1", "threshold": 4, "from_on": "2026-11-02"}
    )
    asked: Answers = {"matrix": link(matrix), "question": "Harm", "place": 1}
    laptop.save("criterion", {**asked, "bands": ["0 = None", "4 = Much"]})


def agree(laptop: Laptop, answer: str = "agrees") -> None:
    (version,) = versions(team_records(laptop.store))
    agency = laptop.seat.team.persons[laptop.seat.person].agency
    said: Answers = {"matrix": link(version.id), "mark": version.mark, "agency": agency}
    laptop.save("agreement", {**said, "answer": answer, "agreed_on": "2026-11-03"})


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_from_nomination_to_removal_all_four_see_the_same_in_every_order(
    four: Four, order: tuple[str, ...]
) -> None:
    client = four.grant.save("client", {"surname": "Doe", "born": "1990"})
    lay_criteria(four.grant)
    four.everybody_exchanges()
    agencies = agencies_of(team_records(four.grant.store), four.grant.seat.team)
    for laptop in four:
        agree(laptop)
    why: dict[str, Json] = {"cohort": "demand_side", "why": "Why", "nominated_on": "2026-11-10"}
    four.shah.save("nomination", why, client=client)
    four.bell.save(
        "scoring", {"total": 4, "threshold": 4, "scored_on": "2026-11-11"}, client=client
    )
    four.ann.save("support", {"started_on": "2026-11-11"}, client=client)
    for name in order:
        getattr(four, name).exchange(four.share)
    four.everybody_exchanges()
    assert len({seen(laptop, client) for laptop in four}) == 1
    assert choosing(of(four.grant, client), ON).stage is Stage.NOMINATED
    assert agencies
    for laptop in four:
        assert in_force(team_records(laptop.store), laptop.seat.team) is not None

    _decided(four, client)
    for name in order[::-1]:
        getattr(four, name).exchange(four.share)
    four.everybody_exchanges()
    assert len({seen(laptop, client) for laptop in four}) == 1
    assert choosing(of(four.ann, client), ON).stage is Stage.ON
    _removed(four, client)
    four.everybody_exchanges()
    assert len({seen(laptop, client) for laptop in four}) == 1
    for laptop in four:
        assert choosing(of(laptop, client), ON).stage is Stage.REMOVED
        assert support_on(of(laptop, client), ON) is not None, "support goes on"


def _decided(four: Four, client: bytes) -> None:
    """Decide at the coordinator's, tell at the officer's, score anew at two laptops at once."""
    grant = four.grant
    decided: Answers = {
        "about": "include",
        "cohort": "demand_side",
        "decided_on": "2026-11-12",
        "why": "There is room",
    }
    grant.save("decision", decided, client=client)
    follow = places_follow(decided, of(grant, client), client, new_record=lambda: b"p" * 16)
    grant.store.save(follow, now_ms=grant.clock.later())
    four.everybody_exchanges()
    first = choosing(of(grant, client), ON).scoring
    assert first is not None
    place = choosing(of(four.shah, client), ON).place
    assert place is not None
    told: dict[str, Json] = {"told_on": "2026-11-13", "spell": link(place.record.id)}
    four.shah.save("notice", told, client=client)
    for laptop, points in ((four.ann, 0), (four.bell, 4)):
        again: dict[str, Json] = {"total": points, "threshold": 4, "scored_on": "2026-11-14"}
        again["supersedes"] = link(first.record.id)
        laptop.save("scoring", again, client=client)


def _removed(four: Four, client: bytes) -> None:
    place = choosing(of(four.grant, client), ON).place
    assert place is not None
    answers: Answers = {
        "from": "targeting",
        "removed_on": "2026-11-20",
        "targeting_end": "good_progress",
        "exit_plan": "Ann stays",
    }
    four.grant.save("removal", answers, client=client)
    four.grant.store.save([ends(answers, place, client)], now_ms=four.grant.clock.later())


def test_an_agency_that_takes_its_agreement_back_is_heard_everywhere(four: Four) -> None:
    lay_criteria(four.grant)
    four.everybody_exchanges()
    for laptop in four:
        agree(laptop)
    four.everybody_exchanges()
    agree(four.bell, "takes_back")
    four.everybody_exchanges()
    for laptop in four:
        assert in_force(team_records(laptop.store), laptop.seat.team) is None
