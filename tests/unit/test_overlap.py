# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Two visits to one person on one day: said, and made one, whoever says so first."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.casework.forms import form
from desktop_app.casework.overlap import (
    Together,
    go_together,
    other_words,
    others_on,
    to_join,
)
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Record
from tests.unit.desk import BELLO, NOW, OSEI, SHAH, Desk, only, plan

Make = Callable[..., Record]
DAY = date(2026, 11, 24)


@pytest.fixture
def pair(a_record: Make) -> tuple[Record, Record]:
    """Return Osei's visit, planned first, and Shah's, of one day."""
    client = a_record("client", surname="Croft")
    made = [
        a_record("visit", client.id, at=at, state="planned", kind="home", people=[who])
        for at, who in (("2026-11-24T10:00", OSEI), ("2026-11-24T14:00", SHAH))
    ]
    return made[0], made[1]


def pressed(by: str, mine: Record | None, theirs: Record, team: Team) -> Together:
    return go_together(theirs, by, team=team, now=NOW, new=lambda: b"n" * 16, mine=mine)


def after(made: Together, *records: Record) -> dict[bytes, Answers]:
    """Return what records answer once something was saved."""
    held = {one.id: dict(one.answers) for one in records}
    for edit in made.edits:
        if edit.record in held:
            held[edit.record] |= edit.answers
    return held


def test_what_another_has_that_day_is_said(
    pair: tuple[Record, Record], a_record: Make, team: Team
) -> None:
    osei, shah = pair
    client = osei.client
    call = a_record("visit", client, at="2026-11-24T09:00", state="planned", kind="phone",
                    people=[BELLO])  # fmt: skip
    video = a_record("visit", client, at="2026-11-24T09:00", state="planned", kind="video",
                     people=[BELLO])  # fmt: skip
    done = a_record("visit", client, at="2026-11-24T08:00", state="done", kind="home",
                    people=[BELLO])  # fmt: skip
    clinic = a_record("appointment", client, booked_for="2026-11-24T11:30", state="booked",
                      kind="nurse", with_person=BELLO, what="Dressing")  # fmt: skip
    found = others_on([osei, shah, call, video, done, clinic], DAY, OSEI)
    assert [other_words(one, team, on=NOW.date()) for one in found] == [
        "They have an appointment with A. Bello on Tue 24 Nov, at 11:30",
        "PC R. Shah visits on Tue 24 Nov too, at 14:00",
    ]
    assert others_on([osei, shah], date(2026, 11, 25), OSEI) == []
    assert to_join(found, "partners") == found[1]


def test_whoever_says_so_first_it_is_the_same_one_visit(
    pair: tuple[Record, Record], team: Team
) -> None:
    osei, shah = pair
    said = [
        after(pressed(OSEI, osei, shah, team), osei, shah),
        after(pressed(SHAH, shah, osei, team), osei, shah),
    ]
    assert said[0] == said[1]
    first, second = said[0][osei.id], said[0][shah.id]
    assert (first["people"], first["state"]) == ([OSEI, SHAH], "planned")
    assert second["state"] == "called_off"
    assert second["called_off_because"] == (
        "One visit instead of two: K. Osei and PC R. Shah go together at 10:00"
    )


def test_the_other_is_told_and_all_of_it_can_be_taken_back(
    pair: tuple[Record, Record], team: Team
) -> None:
    osei, shah = pair
    made = pressed(SHAH, shah, osei, team)
    (note,) = [one for one in made.edits if one.form == "note"]
    assert note.answers["for_people"] == [OSEI]
    assert note.audience == "partners"
    undone = after(made, osei, shah)
    for edit in made.undo:
        if edit.record in undone:
            undone[edit.record] |= edit.answers
    kept = {one.id: one.answers for one in pair}
    assert {
        record: {name: value for name, value in answers.items() if value is not None}
        for record, answers in undone.items()
    } == kept


def test_joining_where_nothing_was_planned_adds_one_and_calls_nothing_off(
    pair: tuple[Record, Record], team: Team
) -> None:
    _osei, shah = pair
    made = pressed(OSEI, None, shah, team)
    assert [one.form for one in made.edits] == ["visit", "note"]
    assert made.edits[0].answers == {"people": [SHAH, OSEI]}


def test_a_visit_read_by_fewer_is_never_made_one_with_another(
    pair: tuple[Record, Record], a_record: Make
) -> None:
    osei, _shah = pair
    kept = a_record("visit", osei.client, at="2026-11-24T14:00", state="planned", kind="home",
                    people=[BELLO], audience="health")  # fmt: skip
    found = others_on([osei, kept], DAY, OSEI)
    assert len(found) == 1
    assert to_join(found, "partners") is None
    assert "health" in form("note").narrow


def test_today_says_who_visits_too_and_offers_to_go_together(desk: Desk) -> None:
    desk.client(
        "Croft", plan("2026-11-23T15:00", OSEI), plan("2026-11-23T17:00", SHAH), worker=OSEI
    )
    due = only(desk.look(OSEI), "visit")
    assert due.sentence.startswith("PC R. Shah visits today too, at 17:00")
    assert next(one.code for one in due.answers) == "together"
    desk.files.clear()
    desk.client("Croft", plan("2026-11-23T15:00", OSEI), worker=OSEI)
    assert "together" not in [one.code for one in only(desk.look(OSEI), "visit").answers]
