# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The same visit recorded by two is asked about, joined, counted once, and parted again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.last_seen import contacts, last_seen
from desktop_app.casework.limits import limits
from desktop_app.casework.one_visit import Pair, join, joined, offer_words, pairs, part, whole
from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import Change, Edit, Json, Record, link, merge
from desktop_app.casework.visits import encounters, waits_for
from tests.unit.desk import BELLO, NOW, OSEI, SHAH, Desk, only

Make = Callable[..., Record]
CLIENT = b"c" * 16
SINCE, EVENING = date(2026, 11, 1), datetime.fromisoformat("2026-11-20T20:00")


def visit(number: int, author: str, time: str = "14:00", **more: Json) -> Record:
    """A visit of 20 November, made as the so-and-so-many-th."""
    said: dict[str, Json] = {"at": f"2026-11-20T{time}", "state": "done", "kind": "home"}
    said |= {"outcome": "seen", "people": [author], "minutes": 20, **more}
    change = Change("visit", bytes([number]) * 16, CLIENT, "partners", number, number, 1, 0, said)
    return merge(None, change, author=author, saw=lambda _f, _s: True)


def account(number: int, author: str, of: Record, note: str, seen: str = "seen") -> Record:
    said: dict[str, Json] = {"visit": link(of.id), "note": note, "seen": seen}
    change = Change("account", bytes([number]) * 16, CLIENT, "partners", 9, number, 1, 0, said)
    return merge(None, change, author=author, saw=lambda _f, _s: True)


def after(record: Record, *edits: Edit, feed: int = 99, seq: int = 1) -> Record:
    """A record after somebody who had seen everything altered it."""
    for number, one in enumerate(edits):
        at, n = 50 + seq + number, seq + number
        change = Change(one.form, one.record, one.client, one.audience, at, feed, n, 0, one.answers)
        record = merge(record, change, author="x", saw=lambda _f, _s: True)
    return record


def two(**more: Json) -> tuple[Record, Record]:
    return visit(1, OSEI), visit(2, SHAH, "14:10", **more)


def asked(*records: Record) -> list[tuple[Record, Record]]:
    return [(one.first, one.second) for one in pairs(records, limits(), since=SINCE)]


def test_two_visits_of_two_colleagues_near_in_time_are_asked_about() -> None:
    first, second = two()
    assert asked(second, first) == [(first, second)]


@pytest.mark.parametrize(
    ("at", "minutes", "near"),
    [
        ("14:00", 0, True),
        ("14:45", 0, True),
        ("14:46", 0, False),
        ("15:05", 20, True),
        ("15:06", 20, False),
        ("09:00", 20, False),
    ],
)
def test_how_near_is_counted_from_the_end_of_the_earlier(at: str, minutes: int, near: bool) -> None:  # noqa: FBT001
    first = visit(1, OSEI, "14:00", minutes=minutes)
    assert bool(asked(first, visit(2, SHAH, at))) is near


@pytest.mark.parametrize(
    "second",
    [
        visit(2, OSEI, "14:10"),
        visit(2, SHAH, "14:10", state="planned", outcome=None),
        visit(2, SHAH, "14:10", kind="phone"),
        visit(2, SHAH, "14:10", at="2026-11-21T14:10"),
        visit(2, SHAH, "14:10", _withdrawn="Typed about the wrong person"),
        visit(2, SHAH, "14:10", one_visit="no"),
        visit(2, SHAH, "14:10", at=""),
    ],
    ids=["own", "planned", "phone", "next day", "withdrawn", "answered", "no time"],
)
def test_what_cannot_be_one_or_was_answered_is_not_asked_about(second: Record) -> None:
    assert asked(visit(1, OSEI), second) == []


def test_a_visit_kept_to_fewer_readers_is_never_joined() -> None:
    first, second = two()
    kept = Record(second.id, "visit", CLIENT, "police", SHAH, second.live, second.trail)
    assert asked(first, kept) == []
    forged = after(kept, join(Pair(first, kept, EVENING)))
    assert joined([first, forged]) == {}


def test_whoever_planned_a_visit_for_a_colleague_did_not_record_it(team: Team) -> None:
    first = Record(**{**_parts(visit(1, OSEI)), "author": BELLO})
    assert asked(first, visit(2, OSEI, "14:10")) == []
    (pair,) = pairs([first, visit(2, SHAH, "14:10")], limits(), since=SINCE)
    assert pair.authors == (OSEI, SHAH)


def test_old_visits_are_let_be() -> None:
    assert pairs(two(), limits(), since=date(2026, 11, 21)) == []


def _parts(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def one_event() -> list[Record]:
    first, second = two(outcome="not_seen", state="tried")
    second = after(second, join(Pair(first, second, EVENING)))
    return [
        *(first, second, account(3, OSEI, first, "She was glad.")),
        account(4, SHAH, second, "Nobody came to the door.", "not_seen"),
    ]


def test_joined_they_are_one_event_with_two_accounts_and_everybody_who_went(team: Team) -> None:
    records = one_event()
    (event,) = encounters(records)
    assert event.visit.record.id == records[0].id
    assert event.visit.people == (OSEI, SHAH)
    assert [one.author for one in event.told] == [OSEI, SHAH]
    assert event.accounts_differ
    assert waits_for(event, team.persons[OSEI], team) == []
    assert asked(*records) == []


def test_it_counts_once_and_as_seen_by_both_when_either_saw() -> None:
    records = one_event()
    (contact,) = contacts(records, EVENING)
    assert contact.people == (OSEI, SHAH)
    other = [visit(1, OSEI, outcome="not_seen", state="tried"), *two()[1:]]
    other[1] = after(other[1], join(Pair(other[0], other[1], EVENING)))
    (contact,) = contacts(other, EVENING)
    assert contact.at.hour == 14
    (told,) = whole(other)
    assert (told.answers["outcome"], told.answers["state"]) == ("seen", "done")


def test_a_key_worker_who_was_at_an_officers_visit_keeps_the_limit(team: Team) -> None:
    first, second = visit(1, SHAH), visit(2, BELLO, "14:10", outcome="not_seen", state="tried")
    second = after(second, join(Pair(first, second, EVENING)))
    found = last_seen([first, second], EVENING, team=team, by={Role.NURSE})
    assert found is not None
    assert found.people == (SHAH, BELLO)


def test_parted_again_each_is_as_it_was() -> None:
    first, second = two()
    pair = Pair(first, second, EVENING)
    parted = after(second, join(pair), part(pair))
    assert joined([first, parted]) == {}
    assert len(encounters([first, parted])) == 2
    assert asked(first, parted) == []
    kept = {n: v for n, v in parted.answers.items() if n not in ("one_visit", "joined_to")}
    assert kept == second.answers


def test_three_who_recorded_it_are_one_event() -> None:
    first, second, third = visit(1, OSEI), visit(2, SHAH, "14:05"), visit(3, BELLO, "14:08")
    second = after(second, join(Pair(first, second, EVENING)))
    third = after(third, join(Pair(second, third, EVENING)))
    assert joined([third, first, second]) == {second.id: first.id, third.id: first.id}
    (told,) = whole([third, first, second])
    assert told.answers["people"] == [OSEI, BELLO, SHAH]


def test_while_two_have_answered_differently_they_stay_apart() -> None:
    first, second = two()
    pair = Pair(first, second, EVENING)
    yes = Change("visit", second.id, CLIENT, "partners", 60, 7, 2, 0, join(pair).answers)
    no = Change("visit", second.id, CLIENT, "partners", 61, 8, 2, 0, part(pair).answers)
    for order in permutations((yes, no)):
        held = second
        for change in order:
            held = merge(held, change, author="x", saw=lambda _f, seq: seq == 1)
        assert "one_visit" in held.conflicts
        assert joined([first, held]) == {}


def test_whatever_it_is_joined_to_must_stand_and_have_been_made_before() -> None:
    first, second = two()
    pair = Pair(first, second, EVENING)
    assert joined([after(second, join(pair))]) == {}
    gone = visit(1, OSEI, _withdrawn="Typed about the wrong person")
    assert joined([gone, after(second, join(pair))]) == {}
    back = after(first, join(Pair(second, first, EVENING)))
    assert joined([back, after(second, join(pair))]) == {second.id: first.id}


def saw_up_to(seen: int) -> Callable[[int, int], bool]:
    """What somebody had seen: all there was before, and so many of the other's bundles."""
    return lambda feed, seq: feed not in (7, 8) or seq <= seen


@given(
    said=st.lists(st.tuples(st.sampled_from([7, 8]), st.booleans(), st.integers(0, 9)), max_size=6),
    data=st.data(),
)
def test_joining_and_parting_comes_out_alike_in_any_order(
    said: list[tuple[int, bool, int]], data: st.DataObject
) -> None:
    first, second = two()
    pair = Pair(first, second, EVENING)
    changes: list[tuple[Change, int]] = []  # each with how much of the other its author had seen
    count = {7: 1, 8: 1}
    knows = {7: 0, 8: 0}
    for feed, yes, seen in said:
        count[feed] += 1
        knows[feed] = max(knows[feed], min(seen, count[15 - feed]))
        answers = (join(pair) if yes else part(pair)).answers
        change = Change("visit", second.id, CLIENT, "partners", 60, feed, count[feed], 0, answers)
        changes.append((change, knows[feed]))

    def delivered() -> Record:
        held, left, had = second, [*changes], {7: 1, 8: 1}
        while left:
            due = [
                one
                for one in left
                if one[0].seq == had[one[0].feed] + 1 and one[1] <= had[15 - one[0].feed]
            ]
            change, seen = data.draw(st.sampled_from(due))
            held = merge(held, change, author="x", saw=saw_up_to(seen))
            had[change.feed] = change.seq
            left.remove((change, seen))
        return held

    one, other = delivered(), delivered()
    assert joined([first, one]) == joined([first, other])
    assert [x.answers for x in whole([first, one])] == [x.answers for x in whole([first, other])]
    assert len(contacts([first, one], EVENING)) == len(contacts([first, other], EVENING))


def test_today_asks_the_two_who_recorded_it_and_nobody_else(a_record: Make, team: Team) -> None:
    desk = Desk(a_record, team)
    shared: dict[str, Json] = {"state": "done", "outcome": "seen", "kind": "home"}
    desk.client(
        "Croft",
        ("visit", {**shared, "at": "2026-11-20T14:00", "people": [OSEI], "author": OSEI}),
        ("visit", {**shared, "at": "2026-11-20T14:10", "people": [SHAH], "author": SHAH}),
    )
    row = only(desk.look(OSEI), "recorded_twice")
    assert "you and PC R. Shah each recorded a visit" in row.sentence
    assert "K. Osei" in only(desk.look(SHAH), "recorded_twice").sentence
    assert not [due for due in desk.look(BELLO) if due.kind == "recorded_twice"]
    late = replace(desk.facts())
    assert late.files
    assert not [
        due for due in desk.look(OSEI, now=NOW.replace(year=2027)) if due.kind == "recorded_twice"
    ]


def test_what_is_asked_is_said_with_both_names(team: Team) -> None:
    first, second = two()
    words = offer_words(Pair(first, second, EVENING), team, on=date(2026, 11, 23))
    assert words == (
        "K. Osei and PC R. Shah each recorded a visit on Fri 20 Nov. One visit, two accounts?"
    )
