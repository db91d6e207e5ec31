# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A visit and its accounts: one event, several authors, nothing merged and nothing lost."""

from collections.abc import Callable
from itertools import permutations

from desktop_app.casework.people import Team
from desktop_app.casework.records import Record
from desktop_app.casework.visits import (
    correction_words,
    encounter,
    encounters,
    may_still_edit,
    waits_for,
)

Make = Callable[..., Record]
OSEI, SHAH, BELLO, LOWE = (letter * 16 for letter in "abcd")


def joint_visit(make: Make) -> Record:
    return make("visit", at="2026-11-23T15:00", state="done", outcome="seen", people=[OSEI, SHAH])


def account(make: Make, visit: Record, author: str, **more: str) -> Record:
    return make("account", author=author, **{"visit": visit.id.hex(), "seen": "seen", **more})


def test_accounts_of_several_authors_stand_under_one_visit(a_record: Make) -> None:
    visit = joint_visit(a_record)
    ones = [account(a_record, visit, OSEI, note="One"), account(a_record, visit, SHAH, note="Two")]
    for records in permutations([visit, *ones]):
        (found,) = encounters(records)
        assert found.visit.joint
        assert [(one.author, one.latest.note) for one in found.told] == [
            (OSEI, "One"),
            (SHAH, "Two"),
        ]


def test_accounts_of_another_visit_are_left_alone(a_record: Make) -> None:
    visit, other = joint_visit(a_record), joint_visit(a_record)
    found = encounter(visit, [account(a_record, other, OSEI)])
    assert found.told == ()


def test_visits_are_told_latest_first(a_record: Make) -> None:
    held = [a_record("visit", at=f"2026-11-{day}T10:00", state="done") for day in (12, 20, 15)]
    assert [one.visit.at.day for one in encounters(held) if one.visit.at] == [20, 15, 12]


def test_a_correction_stands_beside_what_it_corrects(a_record: Make, team: Team) -> None:
    visit = joint_visit(a_record)
    first = account(a_record, visit, OSEI, note="Yesterday")
    second = account(
        a_record,
        visit,
        OSEI,
        note="Today",
        corrects=first.id.hex(),
        correction_reason="Wrong day",
    )
    third = account(a_record, visit, OSEI, note="This morning", corrects=second.id.hex())
    (told,) = encounter(visit, [third, second, first]).told
    assert told.account.note == "Yesterday"
    assert [one.account.note for one in told.corrections] == ["Today", "This morning"]
    assert told.latest.note == "This morning"
    assert correction_words(told.corrections[0], told, team) == "Corrected by K. Osei: Wrong day"


def test_somebody_else_s_view_never_replaces_an_author_s_own(a_record: Make, team: Team) -> None:
    visit = joint_visit(a_record)
    first = account(a_record, visit, OSEI, note="Calm")
    other = account(a_record, visit, SHAH, note="Not calm", corrects=first.id.hex())
    (told,) = encounter(visit, [first, other]).told
    assert told.latest.note == "Calm"
    said = correction_words(told.corrections[0], told, team)
    assert said == "PC R. Shah sees it otherwise than K. Osei"


def test_corrections_in_a_ring_lose_nobody_s_words(a_record: Make) -> None:
    visit = joint_visit(a_record)
    one, two = account(a_record, visit, OSEI), account(a_record, visit, SHAH)
    one.live[0].answers["corrects"] = two.id.hex()
    two.live[0].answers["corrects"] = one.id.hex()
    (told,) = encounter(visit, [one, two]).told
    assert {told.account.record.id, told.corrections[0].account.record.id} == {one.id, two.id}


def test_a_correction_of_what_cannot_be_read_here_stands_by_itself(a_record: Make) -> None:
    visit = joint_visit(a_record)
    lonely = account(a_record, visit, SHAH, note="Corrected", corrects="ab" * 16)
    (told,) = encounter(visit, [lonely]).told
    assert told.account.note == "Corrected"


def test_an_account_is_sealed_once_it_has_left_or_its_author_sealed_it(
    a_record: Make, team: Team
) -> None:
    visit = joint_visit(a_record)
    here, gone = account(a_record, visit, OSEI), account(a_record, visit, OSEI)
    shut = a_record("account", author=OSEI, visit=visit.id.hex(), _sealed=True)
    (one, two, three) = encounter(visit, [here, gone, shut], unsent={here.id, shut.id}).told
    assert (one.sealed, two.sealed, three.sealed) == (False, True, True)
    assert may_still_edit(one, team.persons[OSEI])
    assert not may_still_edit(one, team.persons[SHAH])
    assert not may_still_edit(two, team.persons[OSEI])


def test_a_joint_visit_says_whose_account_it_waits_for(a_record: Make, team: Team) -> None:
    visit = joint_visit(a_record)
    found = encounter(visit, [account(a_record, visit, OSEI)])
    coordinator, worker = team.persons[LOWE], team.persons[OSEI]
    assert waits_for(found, coordinator, team) == ["PC R. Shah has not written an account yet."]
    assert waits_for(found, worker, team) == [
        "No account by PC R. Shah that you may read has come."
    ]


def test_whoever_has_not_written_is_told_first(a_record: Make, team: Team) -> None:
    found = encounter(joint_visit(a_record), [])
    assert waits_for(found, team.persons[OSEI], team)[0] == "You have not written your account yet."


def test_a_visit_still_to_come_waits_for_nothing(a_record: Make, team: Team) -> None:
    planned = a_record("visit", at="2026-11-30T15:00", state="planned", people=[OSEI, SHAH])
    assert waits_for(encounter(planned, []), team.persons[OSEI], team) == []


def test_accounts_that_differ_are_both_kept_and_said_to_differ(a_record: Make) -> None:
    visit = joint_visit(a_record)
    held = [account(a_record, visit, OSEI), account(a_record, visit, SHAH, seen="refused")]
    assert encounter(visit, held).accounts_differ
    assert not encounter(visit, held[:1]).accounts_differ


def test_one_who_was_named_twice_makes_no_joint_visit(a_record: Make) -> None:
    visit = a_record("visit", at="2026-11-23T15:00", state="done", people=[OSEI, OSEI])
    assert not encounter(visit, []).visit.joint
    assert encounter(visit, []).silent == (OSEI,)
