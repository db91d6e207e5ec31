# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The day of release planned by two who are apart: what each arranged stands, on every laptop."""

from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.records import Answers, Record, link
from desktop_app.casework.release_day import Part, ReleaseDay, differing, plans, release_day
from desktop_app.casework.twice import questions
from storage import reads
from tests.sync.laptops import Four, Laptop
from ui.clock import local

ORDERS = [*permutations(("ann", "bell"))]
Order = tuple[str, ...]


@pytest.fixture
def client(four: Four) -> bytes:
    """Return a client in prison, whom everybody has."""
    client = four.ann.save("client", {"surname": "Croft", "forename": "Lee"})
    inside: Answers = {"setting": "sentenced", "from_on": "2026-05-01"}
    four.ann.save("setting", {**inside, "expected_release_on": "2026-06-20"}, client=client)
    four.everybody_exchanges()
    return client


@pytest.fixture
def plan(four: Four, client: bytes) -> bytes:
    """Return a plan of the key worker's, which everybody has."""
    made = plan_of(four.ann, client, sleeps="The hostel", sleeps_by=four.ann.seat.person)
    four.everybody_exchanges()
    return made


def plan_of(laptop: Laptop, client: bytes, **answers: str) -> bytes:
    (setting,) = reads.records(laptop.store, client=client, form="setting")
    said: Answers = {"release_on": "2026-06-20", "setting": link(setting.id), **answers}
    return laptop.save("release_plan", said, client=client)


def meet(four: Four, order: Order) -> None:
    for name in (*order, *order):
        four.clock.later()
        getattr(four, name).exchange(four.share)


def held(laptop: Laptop, client: bytes) -> list[Record]:
    return reads.records(laptop.store, client=client)


def day(laptop: Laptop) -> date:
    return local(laptop.now_ms).date()


def arranged(laptop: Laptop, client: bytes) -> ReleaseDay:
    return release_day(held(laptop, client), day(laptop), laptop.seat.team)


def words(laptop: Laptop, client: bytes, part: Part) -> str:
    return next(one.words for one in arranged(laptop, client).parts if one.part is part)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_each_arranges_another_part_of_one_plan_and_both_stand(
    four: Four, client: bytes, plan: bytes, order: Order
) -> None:
    four.ann.save("release_plan", {"phone": "arranged"}, record=plan)
    four.clock.later()
    first: Answers = {"appointment_at": "2026-06-20T14:00", "appointment_where": "The nurse"}
    four.bell.save("release_plan", first, record=plan)
    meet(four, order)
    for laptop in (four.ann, four.bell):
        record = laptop.record(plan)
        assert record.conflicts == {}
        assert record.text("phone") == "arranged"
        assert record.text("appointment_where") == "The nurse"
        assert words(laptop, client, Part.SLEEPS) == "The hostel"
    assert arranged(four.ann, client) == arranged(four.bell, client)


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_both_answer_the_same_part_and_both_answers_are_asked_about(
    four: Four, client: bytes, plan: bytes, order: Order
) -> None:
    mine: Answers = {"sleeps": "Her sister's", "sleeps_by": four.ann.seat.person}
    four.ann.save("release_plan", mine, record=plan)
    four.clock.later()
    theirs: Answers = {"sleeps": "The Old Mill", "sleeps_by": four.bell.seat.person}
    four.bell.save("release_plan", theirs, record=plan)
    meet(four, order)
    for laptop in (four.ann, four.bell):
        (question,) = questions(laptop.record(plan))
        assert set(question.fields) >= {"sleeps", "sleeps_by"}
        said = {live.answers["sleeps"] for live in laptop.record(plan).conflicts["sleeps"]}
        assert said == {"Her sister's", "The Old Mill"}
        assert [one.id for one in reads.conflicts(laptop.store)] == [plan]
        assert words(laptop, client, Part.SLEEPS) == "The Old Mill"


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_two_plans_begun_apart_are_read_as_one_and_what_differs_is_said(
    four: Four, client: bytes, order: Order
) -> None:
    mine = plan_of(four.ann, client, sleeps="Her sister's", phone="arranged")
    four.clock.later()
    theirs = plan_of(four.bell, client, sleeps="The Old Mill", transport="The nurse's car")
    meet(four, order)
    for laptop in (four.ann, four.bell):
        made = plans(held(laptop, client), day(laptop))
        assert [one.record.id for one in made] == [mine, theirs]
        assert words(laptop, client, Part.SLEEPS) == "The Old Mill"
        assert words(laptop, client, Part.PHONE) == "Arranged"
        assert words(laptop, client, Part.TRANSPORT) == "The nurse's car"
        told = differing(held(laptop, client), day(laptop), laptop.seat.team)
        assert [(one.part, one.words) for one in told] == [(Part.SLEEPS, "Her sister's")]
    assert arranged(four.ann, client) == arranged(four.bell, client)
