# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Removal: targeting and support each by itself, a checklist, and who is proposed."""

from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count

import pytest

from desktop_app.casework import forms
from desktop_app.casework.board import Known
from desktop_app.casework.due import CaseFile, Facts, Look, said
from desktop_app.casework.due_removal import board, from_day
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Json, Record, RecordId, link
from desktop_app.casework.removal import Candidate, candidates, ends, follow_up, problems
from desktop_app.casework.targeting import places, supports
from tests.unit.conftest import LOWE, OSEI

Make = Callable[..., Record]
ON = date(2026, 11, 23)
WHOLE: Answers = {
    "from": "targeting",
    "removed_on": "2026-11-23",
    "targeting_end": "good_progress",
    "all_agree": "done",
    "agreed_by": [OSEI, LOWE],
    "partners_told": "done",
    "client_told": "done",
    "exit_plan": "Clinic goes on, K. Osei stays.",
    "follow_up_on": "2026-12-21",
    "follow_up_by": OSEI,
}


@pytest.fixture
def file(a_record: Make) -> Callable[..., CaseFile]:
    def make(*records: tuple[str, dict[str, Json]]) -> CaseFile:
        who = a_record("client", surname="Hartnoll")
        held = [
            a_record("cohort", who.id, cohort="demand_side", started_on="2026-01-05"),
            a_record("support", who.id, started_on="2026-01-10"),
        ]
        held += [a_record(form, who.id, **answers) for form, answers in records]
        return CaseFile(who, tuple(held))

    return make


def found(file: CaseFile) -> list[Candidate]:
    return candidates(file, ON, limits())


def lacks(**other: Json) -> set[str]:
    return {one.field for one in problems({**WHOLE, **other})}


# --- the checklist


def test_a_whole_checklist_lacks_nothing() -> None:
    assert lacks() == set()


@pytest.mark.parametrize(
    ("left_out", "asked"),
    [
        ({"exit_plan": None}, {"exit_plan"}),
        ({"follow_up_on": None}, {"follow_up_on"}),
        ({"follow_up_by": None}, {"follow_up_by"}),
        ({"agreed_by": []}, {"agreed_by"}),
        ({"client_told": "not_done"}, {"not_all"}),
        ({"partners_told": "cannot"}, {"not_all"}),
        ({"all_agree": "not_done", "agreed_by": []}, {"not_all"}),
        ({"client_told": "not_done", "not_all": "He is told on Friday"}, set()),
    ],
)
def test_everything_on_it_is_answered_or_given_a_reason(
    left_out: dict[str, Json], asked: set[str]
) -> None:
    assert lacks(**left_out) == asked


def test_of_the_dead_nothing_is_asked_that_nobody_can_answer() -> None:
    nothing: dict[str, Json] = dict.fromkeys(
        ("exit_plan", "follow_up_on", "follow_up_by", "agreed_by")
    )
    assert lacks(targeting_end="died", client_told="cannot", **nothing) == set()


# --- what it ends


def test_removal_from_targeting_ends_the_place_and_nothing_else(
    file: Callable[..., CaseFile],
) -> None:
    held = file()
    (place,), (support,) = places(held.records), supports(held.records)
    edit = ends(WHOLE, place, held.client.id)
    assert (edit.form, edit.record) == ("cohort", place.record.id)
    assert edit.answers == {
        "ended_on": "2026-11-23",
        "ended_because": "good_progress",
        "ended_note": "Clinic goes on, K. Osei stays.",
    }
    edit = ends({**WHOLE, "from": "support", "support_end": "planned"}, support, held.client.id)
    assert (edit.form, edit.record) == ("support", support.record.id)
    assert edit.answers["end_reason"] == "planned"


def test_somebody_looks_again_on_the_day_that_was_said() -> None:
    ids = count(1)

    def new_record() -> RecordId:
        return next(ids).to_bytes(16, "big")

    (need,) = follow_up(WHOLE, b"c" * 16, new_record)
    assert (need.form, need.answers["owner"], need.answers["due_on"]) == (
        "need",
        OSEI,
        "2026-12-21",
    )
    assert "after removal from targeting" in str(need.answers["what"])
    assert need.audience == "partners"
    assert follow_up({**WHOLE, "follow_up_on": None}, b"c" * 16, new_record) == []
    (action,) = follow_up(WHOLE, b"c" * 16, new_record, held_by="police")
    assert (action.form, action.audience, action.answers["owner"]) == ("action", "police", OSEI)
    assert forms.problems(forms.form("action"), action.answers, today="2026-11-23") == []


# --- who is proposed


def test_support_is_never_proposed_to_end_because_targeting_did(a_record: Make) -> None:
    who = a_record("client", surname="Hartnoll")
    ended = a_record(
        "cohort", who.id, cohort="demand_side", started_on="2026-01-05", ended_on="2026-11-01"
    )
    support = a_record("support", who.id, started_on="2026-01-10")
    assert found(CaseFile(who, (ended, support))) == []


def test_quiet_months_propose_removal_from_targeting_only(file: Callable[..., CaseFile]) -> None:
    at_home = ("setting", {"setting": "community", "from_on": "2026-01-05"})
    quiet = file(at_home, ("arrest", {"arrested_on": "2026-03-01"}))
    (one,) = found(quiet)
    assert (one.of, one.ends) == ("targeting", "good_progress")
    assert said(one.because) == "because no arrest or offence is shown here in the last 267 days"
    assert found(file(at_home, ("arrest", {"arrested_on": "2026-09-01"}))) == []


def test_months_inside_are_no_quiet_months(file: Callable[..., CaseFile]) -> None:
    inside = ("setting", {"setting": "sentenced", "from_on": "2026-02-01"})
    home = ("setting", {"setting": "community", "from_on": "2026-10-01"})
    assert found(file(inside)) == []
    assert found(file(inside, home)) == []


def test_a_long_sentence_proposes_it(file: Callable[..., CaseFile]) -> None:
    def inside(until: str) -> CaseFile:
        answers = {"setting": "sentenced", "from_on": "2026-11-01", "expected_release_on": until}
        return file(("setting", answers))

    (one,) = found(inside("2028-11-22"))
    assert one.ends == "long_sentence"
    assert found(inside("2028-11-21")) == []


def test_a_later_score_below_the_threshold_proposes_it_unless_set_aside(
    file: Callable[..., CaseFile],
) -> None:
    low = {"scored_on": "2026-11-02", "total": 5, "threshold": 12}
    (one,) = found(file(("scoring", {**low})))
    assert said(one.because) == "because they scored 5 on Mon 2 Nov, below the threshold of 12"
    assert found(file(("scoring", {**low, "scored_on": "2026-01-02"}))) == []
    aside = {"override": "in", "override_reason": "Violent when he drinks"}
    assert found(file(("scoring", {**low, **aside}))) == []


def test_a_death_proposes_both_and_ends_neither(file: Callable[..., CaseFile]) -> None:
    dead = file(("setting", {"setting": "deceased", "from_on": "2026-11-20"}))
    assert [(one.of, one.ends) for one in found(dead)] == [
        ("targeting", "died"),
        ("support", "died"),
    ]
    assert all(one.ended_on is None for one in places(dead.records))


def test_who_died_stands_on_the_board_until_a_person_has_ended_what_runs(
    file: Callable[..., CaseFile], team: Team
) -> None:
    dead = file(("setting", {"setting": "deceased", "from_on": "2026-11-20"}))
    now = datetime.combine(ON, time(9))
    look = Look(Facts((), team), next(iter(team.persons.values())), now)
    assert from_day(dead, Known(team, limits(), now)) == ON
    assert [one.kind for one in board().exact(dead, look)] == [
        "removal_targeting",
        "removal_support",
    ]
    over = CaseFile(dead.client, tuple(one for one in dead.records if one.form == "setting"))
    assert from_day(over, Known(team, limits(), now)) is None
    assert board().exact(over, look) == []


def test_a_decision_that_reverses_an_inclusion_proposes_the_end_of_its_place(
    a_record: Callable[..., Record],
) -> None:
    who = a_record("client", surname="Hartnoll")
    place = a_record("cohort", who.id, cohort="demand_side", started_on="2026-11-02")
    opened = {"about": "include", "decided_on": "2026-11-02", "spell": link(place.id)}
    include = a_record("decision", who.id, **opened)
    reverse = {"decided_on": "2026-11-16", "supersedes": link(include.id)}
    held = (place, include)
    for about, reverses in (("not_include", True), ("later", True), ("include", False)):
        later = a_record("decision", who.id, about=about, **reverse)
        some = found(CaseFile(who, (*held, later)))
        assert [(one.of, one.decided and one.decided.record) for one in some] == (
            [("targeting", later)] if reverses else []
        )
        assert not reverses or "reversed on" in said(some[0].because)
    alone = a_record("decision", who.id, about="not_include", decided_on="2026-11-16")
    assert found(CaseFile(who, (*held, alone))) == [], "it takes the place of nothing"


@pytest.mark.parametrize("of", ["targeting", "support"])
def test_what_was_decided_waits_for_its_checklist(of: str, file: Callable[..., CaseFile]) -> None:
    (one,) = found(file(("decision", {"about": f"remove_{of}", "decided_on": "2026-11-16"})))
    assert one.of == of
    assert one.decided is not None
    assert "checklist" in said(one.because)
    earlier = {"about": f"remove_{of}", "decided_on": "2025-11-16"}
    assert found(file(("decision", earlier))) == [], "it was about an earlier spell"


def test_what_was_decided_of_the_one_is_not_answered_by_the_other(
    file: Callable[..., CaseFile],
) -> None:
    def decided(about: str, day: str) -> tuple[str, dict[str, Json]]:
        return "decision", {"about": about, "decided_on": f"2026-11-{day}"}

    first, second = decided("remove_targeting", "16"), decided("remove_support", "17")
    for order in ((first, second), (second, first)):
        some = found(file(*order))
        assert [(one.of, one.decided is not None) for one in some] == [
            ("targeting", True),
            ("support", True),
        ]
    assert found(file(first, second, decided("keep", "18"))) == []
    at_home = ("setting", {"setting": "community", "from_on": "2026-01-05"})
    (left,) = found(file(at_home, decided("keep", "16"), second))
    assert left.of == "support", "they stay targeted, as was decided"


def test_what_was_kept_is_not_proposed_until_it_is_looked_at_again(
    file: Callable[..., CaseFile],
) -> None:
    at_home = ("setting", {"setting": "community", "from_on": "2026-01-05"})

    def proposed(**more: Json) -> bool:
        kept = {"about": "keep", "decided_on": "2026-11-16", **more}
        return bool(found(file(at_home, ("decision", kept))))

    assert found(file(at_home))
    assert not proposed()
    assert not proposed(review_on="2026-11-24")
    assert proposed(review_on="2026-11-23")
    assert proposed(decided_on="2026-05-01")
