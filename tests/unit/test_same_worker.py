# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The same key worker since being accepted: counted honestly, with the reason for each."""

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.casework.assignments import Assignment
from desktop_app.casework.continuity import Kept, accepted_on, kept, share_words
from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.readings import check
from desktop_app.casework.records import Record
from desktop_app.reports.same_worker import same_worker
from desktop_app.reports.web_page import web_page
from tests.unit.desk import BELLO, OSEI

Make = Callable[..., Record]
ON = date(2026, 11, 23)
PLACED = ("cohort", {"cohort": "demand_side", "started_on": "2026-06-01"})


def duty(worker: str, since: str, until: str = "", to: str = "") -> tuple[str, dict[str, str]]:
    answers = {"duty": "key_worker", "worker": worker, "from_on": since}
    if until:
        reason = "worker_left" if to else "support_ended"
        answers |= {"until_on": until, "handover_reason": reason}
    return ("assignment", answers | ({"handed_to": to} if to else {}))


@pytest.fixture
def made(a_record: Make, team: Team) -> Callable[..., Kept | None]:
    def make(*records: tuple[str, dict[str, str]]) -> Kept | None:
        client = a_record("client", surname="Croft", forename="Lee")
        held = [a_record(name, client.id, **answers) for name, answers in records]
        return kept(client, held, team, ON)

    return make


@pytest.mark.parametrize(
    ("records", "why"),
    [
        ([duty(OSEI, "2026-05-20")], ""),
        ([duty(OSEI, "2026-06-01")], ""),
        ([duty(OSEI, "2026-05-01", "2026-08-01", OSEI)], ""),
        ([duty(OSEI, "2026-05-01"), duty(BELLO, "2026-09-01")], ""),
        ([duty(OSEI, "2026-06-02")], "Nobody was key worker on Mon 1 Jun"),
        ([duty(OSEI, "2026-05-01", "2026-08-01", BELLO)], "Had K. Osei and A. Bello"),
        (
            [duty(OSEI, "2026-05-01", "2026-08-01"), duty(OSEI, "2026-08-03")],
            "Nobody was key worker on Sat 1 Aug",
        ),
        ([duty(OSEI, "2026-05-01", "2026-08-01")], "Nobody was key worker on Sat 1 Aug"),
        ([], "Nobody was key worker on Mon 1 Jun"),
    ],
)
def test_the_same_is_one_person_on_every_day_since(
    made: Callable[..., Kept | None], records: list[tuple[str, dict[str, str]]], why: str
) -> None:
    found = made(PLACED, *records)
    assert found is not None
    assert (found.since, found.same, found.why) == (date(2026, 6, 1), not why, why)


def test_accepted_is_what_runs_and_began_first(a_record: Make) -> None:
    def of(name: str, **answers: str) -> Record:
        return a_record(name, b"c" * 16, **answers)

    support = of("support", started_on="2026-07-01")
    over = of("cohort", cohort="demand_side", started_on="2026-02-01", ended_on="2026-05-01")
    enforced = of("cohort", cohort="supply_side", started_on="2026-01-01")
    assert accepted_on([over, enforced], ON) is None
    assert accepted_on([over, enforced, support], ON) == date(2026, 7, 1)
    again = of("cohort", cohort="demand_side", started_on="2026-06-15")
    assert accepted_on([over, support, again], ON) == date(2026, 6, 15)


def test_nobody_accepted_is_left_out_of_the_count(
    made: Callable[..., Kept | None], team: Team
) -> None:
    assert made(duty(OSEI, "2026-05-01")) is None
    found = [
        made(PLACED, duty(OSEI, "2026-05-01")),
        made(PLACED, duty(OSEI, "2026-05-01", "2026-08-01", BELLO)),
        made(PLACED),
    ]
    counted = [one for one in found if one is not None]
    assert share_words(counted) == ("1 of 3 clients have kept the same key worker")
    said = web_page(same_worker(counted, team, on=ON)).decode()
    assert said.index("Not the same") < said.index("Had K. Osei and A. Bello")
    assert "Nobody now" in said
    assert share_words([]) == ""
    assert check(Assignment, form("assignment")) == []
