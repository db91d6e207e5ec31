# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows worked out before anybody looks: never other than working everything out anew would say."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from desktop_app.casework import words
from desktop_app.casework.board import Exact, Known
from desktop_app.casework.boards import board, boards, todays
from desktop_app.casework.due import Due, Facts, Look
from desktop_app.casework.limits import limits
from desktop_app.casework.records import Answers
from storage.board_rows import MOST, Asked, Shown, packed, place_of, shown, unpacked, work_out
from storage.boards import FEW, case_files, go_through
from storage.store import Store
from tests.anything import NOW, PEOPLE, TEAM, case_file
from tests.anything import look as looks
from tests.storage.pen import Pen
from tests.storage.test_boards import STEPS, Town

RULES = [todays(), *(one.rule for one in boards())]
TOUCHED = ("today", "missed", "coming_out", "not_seen")
"""What happens in a `Town` brings people to these."""


def asked(store: Store, rule: Exact, now: datetime, me: str = "ann") -> Asked:
    return Asked(store, rule, Look(Facts((), TEAM, limits=limits()), TEAM.persons[me], now))


def anew(one: Asked) -> list[Due]:
    """Return what working everything out again says."""
    held = [client for (client,) in one.store.rows("SELECT client FROM caseload")]
    files = {f.client.id: f for f in case_files(one.store, held, one.rule.reads).values()}
    rows = (due for file in files.values() for due in one.rule.rows(file, one.look))
    return sorted(rows, key=one.rule.place)


def follow(one: Asked) -> None:
    while go_through(one.store, one.known, at_most=30):
        pass
    while work_out(one, at_most=30):
        pass


def see_it_is_right(one: Asked, found: Shown) -> None:
    told, right = list(found.dues), anew(one)
    if found.left:
        assert all(due in right for due in told), f"{one.rule.name} shows what does not hold"
        return
    assert told == right, one.rule.name
    assert (found.count, found.late) == (len(right), sum(due.late for due in right))


@given(
    steps=STEPS,
    then=st.lists(st.sampled_from((0, 0, 1, 5, 20, 90, 60 * 7, 60 * 24, -60 * 30)), min_size=14),
    kept=st.lists(st.booleans(), min_size=14),
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_those_of_working_everything_out_anew(
    pen: Pen,
    steps: list[tuple[Callable[[Town, int, int], None], int, int]],
    then: list[int],
    kept: list[bool],
) -> None:
    town, now, before = Town(pen), NOW, dict[str, Shown]()
    for (happens, which, day), later, keeps in zip(steps, then, kept, strict=False):
        happens(town, which, day)
        touched = {*town.clients, *town.made}
        for some in (touched, set[bytes]()):
            for rule in (rule for rule in RULES if rule.name in TOUCHED):
                one = asked(pen.store, rule, now)
                found = shown(one, before=before.get(rule.name), touched=some)
                see_it_is_right(one, found)
                before[rule.name] = found
                if keeps:
                    follow(one)
                    see_it_is_right(one, shown(one))
            now += timedelta(minutes=later)


def missed(pen: Pen, count: int) -> Asked:
    for number in range(count):
        client = pen.client(f"Dunn {number:02d}")
        told: Answers = {"duty": "key_worker", "worker": "ann", "from_on": "2026-01-01"}
        pen.write("assignment", told, client=client)
        for day in (1 + number % 9, 11 + number % 9):
            one: Answers = {"booked_for": f"2026-11-{day:02d}T10:00", "state": "not_attended"}
            pen.write("appointment", one, client=client)
    return asked(pen.store, board("missed").rule, NOW)


def test_first_rows_come_first_and_the_page_is_told_how_many_are_left(pen: Pen) -> None:
    many = FEW + MOST + 5
    today = missed(pen, many)
    assert shown(today).left > 0, "hardly anything is known yet"
    follow(today)
    found, right = shown(today, most=10), anew(today)
    assert (list(found.dues), found.count, found.left) == (right[:10], many, 0)
    tomorrow = replace(today, look=replace(today.look, now=NOW + timedelta(days=1)))
    early = shown(tomorrow, most=10)
    assert list(early.dues) == anew(tomorrow)[:10], "the order hardly ever is another"
    assert early.left == many - MOST
    assert early.count == MOST
    follow(tomorrow)
    assert shown(tomorrow, most=10).left == 0


def test_after_one_change_one_client_is_worked_out(pen: Pen) -> None:
    today = missed(pen, 3)
    follow(today)
    (client, *_rest) = sorted({due.client for due in anew(today)})
    seen: Answers = {
        "at": "2026-11-22T10:00",
        "state": "done",
        "outcome": "seen",
        "people": ["ann"],
    }
    visit = pen.write("visit", seen, client=client)
    before = pen.store.rows("SELECT count(*) FROM board_row")
    found = shown(today)
    assert list(found.dues) == anew(today)
    assert (set(found.live), found.count) == ({client}, 2)
    assert pen.store.rows("SELECT count(*) FROM board_row") == before, "nothing is written"
    again = shown(today, before=found, touched=())
    assert again.live[client] is found.live[client]
    assert shown(today, before=found, touched={visit, client}).live[client].dues == ()


@pytest.mark.parametrize("other", ["person", "limits", "language", "team", "back"])
def test_rows_hold_for_one_reader_one_team_one_language(pen: Pen, other: str) -> None:
    today = missed(pen, 2)
    follow(today)
    look = today.look
    if other == "person":
        look = replace(look, me=TEAM.persons["bea"])
    elif other == "limits":
        fewer = structs.replace(limits().days, missed_window=40)
        other_limits = structs.replace(limits(), days=fewer)
        look = replace(look, facts=replace(look.facts, limits=other_limits))
    elif other == "team":
        people = {**TEAM.persons, "ann": replace(TEAM.persons["ann"], name="Anna")}
        look = replace(look, facts=replace(look.facts, team=replace(TEAM, persons=people)))
    elif other == "back":
        look = replace(look, now=NOW - timedelta(hours=1))
    try:
        if other == "language":
            words.use("cy")
        assert set(shown(replace(today, look=look)).live) == {due.client for due in anew(today)}
    finally:
        words.use("en")


def test_what_is_erased_or_left_behind_is_on_no_board(pen: Pen) -> None:
    today = missed(pen, 1)
    follow(today)
    pen.leave()
    assert pen.store.rows("SELECT 1 FROM board_row")
    pen.store.forget_records({"partners"})
    assert not pen.store.rows("SELECT 1 FROM board_row UNION SELECT 1 FROM board_worked")


def test_rows_come_back_as_they_were_kept_and_stand_in_their_order() -> None:
    kinds = set()
    for rule in RULES:
        files = (case_file(seed, rule.reads) for seed in range(40))
        found = [due for file in files for me in PEOPLE for due in rule.rows(file, looks(me, NOW))]
        by_bytes = sorted(found, key=lambda due: place_of(rule.place(due)))
        assert [rule.place(due) for due in by_bytes] == sorted(rule.place(due) for due in found)
        assert all(unpacked(packed(due)) == due for due in found)
        kinds |= {due.kind for due in found}
    assert len(kinds) > 10


def test_known_of_a_question_is_what_it_is_worked_out_by(pen: Pen) -> None:
    one = asked(pen.store, todays(), NOW)
    assert one.known == Known(TEAM, limits(), NOW)
