# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Clocks: what runs for a client, and which of it some news would start."""

from datetime import date, datetime

import pytest

from desktop_app.casework.clocks import FORMS, Kind, clocks, counted, started
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Live, Record

LEE = b"l" * 16
OSEI = Person("osei", "K. Osei", "", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))
TEAM = Team("saltings", "Saltings", {"osei": OSEI}, {})
LOOK = Look(Facts((), TEAM), OSEI, datetime.fromisoformat("2026-11-23T15:00"))
RUNNING: list[tuple[Kind, str, Answers, str]] = [
    (
        Kind.ALERT,
        "alert",
        {"kind": "dog", "headline": "Dog", "set_on": "2026-11-01", "review_on": "2026-12-01"},
        "2026-12-01",
    ),
    (
        Kind.RELEASE,
        "setting",
        {"setting": "remand", "from_on": "2026-11-01", "expected_release_on": "2026-12-04"},
        "2026-12-04",
    ),
    (Kind.BOOKED, "visit", {"at": "2026-11-25T10:00", "state": "planned"}, "2026-11-25"),
    (
        Kind.BOOKED,
        "appointment",
        {"booked_for": "2026-11-20T10:00", "state": "booked"},
        "2026-11-20",
    ),
    (
        Kind.UNSEEN,
        "assignment",
        {"duty": "key_worker", "worker": "osei", "from_on": "2026-11-20"},
        "2026-12-04",
    ),
    (
        Kind.WAIT,
        "treatment",
        {"accepted_on": "2026-11-16", "status": "waiting"},
        "2026-11-16",
    ),
    (
        Kind.STEP,
        "visit",
        {
            "at": "2026-11-20T10:00",
            "state": "done",
            "next_step": "Ring",
            "next_step_on": "2026-11-26",
        },
        "2026-11-26",
    ),
    (Kind.NEED, "need", {"what": "A bed", "due_on": "2026-11-22"}, "2026-11-22"),
]


def record(form: str, answers: Answers, place: int = 1) -> Record:
    live = [Live(1, 1, 1, 0, answers)]
    return Record(bytes([place]) * 16, form, LEE, "partners", "osei", live)


def file(*records: Record) -> CaseFile:
    client = Record(LEE, "client", LEE, "partners", "osei", [Live(1, 1, 1, 0, {})])
    return CaseFile(client, records)


@pytest.mark.parametrize(("kind", "form", "answers", "on"), RUNNING)
def test_each_clock_starts_with_the_record_it_is_read_from(
    kind: Kind, form: str, answers: Answers, on: str
) -> None:
    begun = started(file(), file(record(form, answers)), LOOK)
    one = next(each for each in begun if each.kind is kind)
    assert one.on == date.fromisoformat(on)
    assert one.late == (kind is not Kind.WAIT and one.on < LOOK.day)
    assert form in FORMS


def test_every_form_a_clock_is_read_from_is_shipped() -> None:
    assert forms().keys() >= FORMS


def test_missed_appointments_start_one_once_they_add_up() -> None:
    missed = [
        record("appointment", {"booked_for": f"2026-11-1{day}T10:00", "state": "not_attended"}, day)
        for day in (6, 9)
    ]
    assert not started(file(), file(missed[0]), LOOK)
    (one,) = started(file(missed[0]), file(*missed), LOOK)
    assert (one.kind, one.on) == (Kind.MISSED, date(2026, 11, 19))


def test_a_clock_that_ran_before_is_not_started_again_but_one_that_moves_is() -> None:
    need = record("need", {"what": "A bed", "due_on": "2026-11-26"})
    other = record("need", {"what": "A bed tonight", "due_on": "2026-11-26"})
    later = record("need", {"what": "A bed", "due_on": "2026-11-29"})
    assert not started(file(need), file(other), LOOK)
    assert [one.on.day for one in started(file(need), file(later), LOOK)] == [29]


def test_none_runs_for_somebody_who_has_died() -> None:
    died = record("setting", {"setting": "deceased", "from_on": "2026-11-20"}, 9)
    need = record("need", {"what": "A bed", "due_on": "2026-11-26"})
    assert not clocks(file(need, died), LOOK)


def test_they_are_counted_in_the_order_of_their_kinds_and_said_in_words() -> None:
    needs = [record("need", {"what": "x", "due_on": "2026-11-26"}, place) for place in (1, 2)]
    stay: Answers = {
        "setting": "remand",
        "from_on": "2026-11-01",
        "expected_release_on": "2026-12-04",
    }
    found = counted(clocks(file(*needs, record("setting", stay, 3)), LOOK))
    assert list(found.items()) == [(Kind.RELEASE, 1), (Kind.NEED, 2)]
    assert [kind.words(count) for kind, count in found.items()] == [
        "1 release date",
        "2 needs with a day",
    ]
    assert all(kind.words(2)[0] == "2" for kind in Kind)
