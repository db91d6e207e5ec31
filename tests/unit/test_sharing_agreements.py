# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Information-sharing agreements: which stand, which are due, in whatever order they arrive."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest

from desktop_app.casework.due import Due
from desktop_app.casework.forms import form
from desktop_app.casework.people import Team
from desktop_app.casework.readings import check
from desktop_app.casework.records import Answers, Json, Record, link
from desktop_app.casework.sharing_agreements import (
    SharingAgreement,
    because,
    lacking,
    of_agency,
    register,
    to_review,
    with_its_name,
)
from desktop_app.casework.today import summary_sentence
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH

Make = Callable[..., Record]
DAY = date(2026, 11, 23)


def signed(make: Make, title: str, review: str, of: Record | None = None, **more: Json) -> Record:
    answers: dict[str, Json] = {
        "title": title,
        "agencies": ["police", "council"],
        "signed_on": "2026-01-05",
        "review_on": review or None,
        "supersedes": link(of.id) if of else None,
    }
    return make("sharing_agreement", author=LOWE, **(answers | more))


def rows(records: list[Record], team: Team, who: str = LOWE, day: date = DAY) -> list[Due]:
    return to_review(records, team.persons[who], day)


def names(records: list[Record], day: date = DAY) -> tuple[list[str], list[str]]:
    found = register(records, day)
    return [one.title for one in found.standing], [one.title for one in found.over]


def test_the_form_offers_what_is_read() -> None:
    assert check(SharingAgreement, form("sharing_agreement")) == []


def test_it_comes_four_weeks_before_its_review_and_stays(a_record: Make, team: Team) -> None:
    held = [signed(a_record, "Protocol", "2026-12-21")]
    assert rows(held, team, day=date(2026, 11, 22)) == []
    (row,) = rows(held, team)
    assert row.sentence == "because it is to be reviewed by Mon 21 Dec"
    assert row.what == "Police, Council"
    assert not row.late
    (row,) = rows(held, team, day=date(2026, 12, 21))
    assert not row.late, "its day is the last one"
    (row,) = rows(held, team, day=date(2027, 3, 1))
    assert row.sentence == "because it was to be reviewed by Mon 21 Dec 2026"
    assert row.late
    said = "".join(one.text for one in summary_sentence([row]))
    assert said == "One agreement to review. It is late."
    assert names(held, date(2027, 3, 1)) == (["Protocol"], []), "a passed review ends nothing"


@pytest.mark.parametrize("who", [OSEI, SHAH, BELLO])
def test_it_is_the_coordinators_to_review(a_record: Make, team: Team, who: str) -> None:
    assert rows([signed(a_record, "Protocol", "2026-11-01")], team, who) == []


def test_a_renewed_one_takes_the_place_in_any_order_of_arrival(a_record: Make, team: Team) -> None:
    old = signed(a_record, "Old", "2026-11-01")
    new = signed(a_record, "New", "2027-11-01", old, signed_on="2026-11-02")
    late = signed(a_record, "Due", "2026-10-01")
    odd = signed(a_record, "No day", "")
    for held in permutations([old, new, late, odd]):
        assert names(list(held)) == (["No day", "Due", "New"], ["Old"])
        assert [row.name for row in rows(list(held), team)] == ["No day", "Due"]
    found = register([old, new, late, odd], DAY)
    assert [one.title for one in found.before(found.standing[2])] == ["Old"]
    said = "".join(one.text for one in because(found.standing[0], DAY))
    assert said == "because no day for its review is written down"


def test_two_who_renewed_it_without_having_met_both_stand(a_record: Make) -> None:
    old = signed(a_record, "Old", "2026-11-01")
    one = signed(a_record, "One", "2027-11-01", old, signed_on="2026-11-02")
    two = signed(a_record, "Two", "2027-12-01", old, signed_on="2026-11-03")
    for held in permutations([old, one, two]):
        assert names(list(held)) == (["One", "Two"], ["Old"])


def test_an_ended_one_stands_until_its_day_and_asks_for_no_review(
    a_record: Make, team: Team
) -> None:
    over = signed(a_record, "Over", "2026-11-01", ended_on="2026-11-23")
    held = [over, signed(a_record, "To end", "2026-12-01", ended_on="2026-11-24")]
    assert names(held) == (["To end"], ["Over"])
    assert [row.name for row in rows(held, team)] == ["To end"]
    assert rows(held, team, day=date(2026, 11, 24)) == []
    renewed = signed(a_record, "Renewed", "2027-11-01", over, ended_on="2026-11-20")
    assert names([over, renewed]) == ([], ["Over", "Renewed"]), "what it replaced does not return"


def test_which_an_agency_signed_is_known(a_record: Make) -> None:
    found = register([signed(a_record, "Protocol", "2027-01-01")], DAY)
    assert of_agency(found.standing, "police") == list(found.standing)
    assert of_agency(found.standing, "prison") == []
    assert found.standing[0].named(DAY) == "Protocol, signed Mon 5 Jan"


def test_what_no_agreement_covers_is_said_and_stops_nobody(a_record: Make) -> None:
    held = register([signed(a_record, "Protocol", "2027-01-01")], DAY).standing
    chosen = link(held[0].id)
    assert lacking(held, {}) == ""
    assert lacking(held, {"agency": "client"}) == "", "nobody agrees with others to tell the client"
    assert lacking(held, {"agency": "police", "rests_on": chosen}) == ""
    assert "Prison. What is needed can be disclosed" in lacking(held, {"agency": "prison"})
    other = register([signed(a_record, "Other", "2027-01-01")], DAY).standing
    both = (*held, *other)
    assert lacking(both, {"agency": "police", "rests_on": link(other[0].id)}) == ""
    more = signed(a_record, "Prison", "2027-01-01", agencies=["prison"])
    wide = (*held, *register([more], DAY).standing)
    assert "is not one this agency signed" in lacking(
        wide, {"agency": "prison", "rests_on": chosen}
    )


def test_a_disclosure_names_its_agreement_in_words_that_stay(a_record: Make) -> None:
    held = register([signed(a_record, "Protocol", "2027-01-01")], DAY).standing
    rests: Answers = {"rests_on": link(held[0].id)}
    named: Answers = {**rests, "agreement": "Protocol, signed Mon 5 Jan"}
    assert with_its_name(rests, rests, {}, held, DAY) == named
    mine: Answers = {**rests, "agreement": "Ours, of May"}
    assert with_its_name(mine, mine, {}, held, DAY) == mine, "what was typed is kept"
    altered: Answers = {"reason": "Another"}
    assert with_its_name(altered, {**named, **altered}, named, held, DAY) == altered
    none: Answers = {"rests_on": None}
    left: Answers = {"rests_on": None, "agreement": None}
    assert with_its_name(none, {**named, **none}, named, held, DAY) == left
    assert with_its_name(altered, altered, {}, held, DAY) == altered, "a form without any"
