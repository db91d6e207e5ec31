# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria in versions: in force once every agency has agreed to exactly these words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.matrix import (
    Band,
    agencies_of,
    in_force,
    programme_places,
    read_band,
    standing,
    versions,
)
from desktop_app.casework.matrix_writing import Asked, Written, edits, example, following, lacking
from desktop_app.casework.people import Team
from desktop_app.casework.records import Json, Live, Record, link
from tests.unit.conftest import BELLO, LOWE, OSEI, SHAH

Make = Callable[..., Record]
AGENCIES = {OSEI: "Harbour", SHAH: "Police", BELLO: "Health", LOWE: "Council"}
ON = date(2026, 11, 2)


def a_version(make: Make, *, words: str = "November", example: str = "no") -> list[Record]:
    matrix = make(
        "matrix", title="Ours", version=words, threshold=6, example=example, from_on="2026-11-02"
    )
    asked = ("Offences", ["0 = None", "4 = 1 or more"]), ("Harm", ["0 = Little", "4 = Grave"])
    return [
        matrix,
        *(
            make("criterion", matrix=link(matrix.id), place=place, question=question, bands=bands)
            for place, (question, bands) in enumerate(asked, start=1)
        ),
    ]


def agreed(make: Make, held: list[Record], who: str, **more: Json) -> Record:
    version = versions(held)[0]
    said: dict[str, Json] = {
        "matrix": link(version.id),
        "mark": version.mark,
        "agency": AGENCIES[who],
        "answer": "agrees",
        **more,
    }
    return make("agreement", author=who, **said)


def all_agreed(make: Make, held: list[Record]) -> list[Record]:
    return [agreed(make, held, who) for who in AGENCIES]


def test_it_is_in_force_once_every_agency_has_agreed(a_record: Make, team: Team) -> None:
    held = a_version(a_record)
    for number, who in enumerate(AGENCIES):
        assert in_force(held, team) is None, f"{number} of 4 have agreed"
        held.append(agreed(a_record, held, who))
    found = in_force(held, team)
    assert found is not None
    assert found.called == "Ours, November"
    assert standing(found, held, team).words.startswith("In force")


def test_an_example_is_never_in_force_whoever_agrees(a_record: Make, team: Team) -> None:
    held = a_version(a_record, example="yes")
    held += all_agreed(a_record, held)
    assert in_force(held, team) is None
    assert "example" in standing(versions(held)[0], held, team).words


def test_a_criterion_added_afterwards_is_something_nobody_agreed_to(
    a_record: Make, team: Team
) -> None:
    held = a_version(a_record)
    held += all_agreed(a_record, held)
    late = a_record(
        "criterion", matrix=link(held[0].id), place=3, question="Late", bands=["0 = a", "9 = b"]
    )
    assert in_force(held, team) is not None
    assert in_force([*held, late], team) is None
    assert standing(versions([*held, late])[0], [*held, late], team).waiting == (
        "Council",
        "Harbour",
        "Health",
        "Police",
    )


@pytest.mark.parametrize("field", ["threshold", "title", "version"])
def test_any_other_words_are_another_version(a_record: Make, team: Team, field: str) -> None:
    held = a_version(a_record)
    held += all_agreed(a_record, held)
    other: Json = 2 if field == "threshold" else "Other"
    live = [Live(1, 7, 1, 0, {**held[0].answers, field: other})]
    was = held[0]
    held[0] = Record(was.id, was.form, was.client, was.audience, was.author, live, was.trail)
    assert in_force(held, team) is None


def test_nobody_agrees_for_an_agency_they_do_not_work_for(a_record: Make, team: Team) -> None:
    held = a_version(a_record)
    held += [agreed(a_record, held, who) for who in (OSEI, BELLO, LOWE)]
    held.append(agreed(a_record, held, OSEI, agency="Police"))
    assert in_force(held, team) is None
    assert standing(versions(held)[0], held, team).waiting == ("Police",)


def test_an_agency_can_take_its_agreement_back(a_record: Make, team: Team) -> None:
    held = a_version(a_record)
    held += all_agreed(a_record, held)
    held.append(agreed(a_record, held, SHAH, answer="takes_back", words="Not like this"))
    assert in_force(held, team) is None
    assert list(standing(versions(held)[0], held, team).not_yet) == ["Police"]
    held.append(agreed(a_record, held, SHAH))
    assert in_force(held, team) is not None


def test_a_newer_version_counts_only_once_all_agree_to_it(a_record: Make, team: Team) -> None:
    first = a_version(a_record)
    first += all_agreed(a_record, first)
    second = a_version(a_record, words="December")
    held = [*first, *second]
    found = in_force(held, team)
    assert found is not None
    assert found.matrix.version == "November"
    held += all_agreed(a_record, second)
    found = in_force(held, team)
    assert found is not None
    assert found.matrix.version == "December"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(
    a_record: Make, team: Team, random: object
) -> None:
    held = a_version(a_record)
    held += all_agreed(a_record, held)
    held += [agreed(a_record, held, BELLO, answer="not_yet")]
    held += a_version(a_record, words="December")
    wanted = [(one.mark, standing(one, held, team)) for one in versions(held)]
    random.shuffle(held)  # type: ignore[attr-defined]
    assert [(one.mark, standing(one, held, team)) for one in versions(held)] == wanted
    assert in_force(held, team) is None


def test_the_coordinator_may_name_the_agencies(a_record: Make, team: Team) -> None:
    rule = a_record("team_rule", agencies=["police ", "Health"], programme_places=24)
    assert agencies_of([rule], team) == ("police", "Health")
    held = [*a_version(a_record), rule]
    held += [agreed(a_record, held, who) for who in (SHAH, BELLO)]
    assert in_force(held, team) is not None
    assert programme_places(held) == 24
    assert programme_places([]) is None


def test_who_has_left_names_no_agency(team: Team) -> None:
    gone = replace(team.persons[BELLO], active=False)
    left = replace(team, persons={**team.persons, BELLO: gone})
    assert agencies_of([], left) == ("Council", "Harbour", "Police")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 = one or two", Band(2, "one or two")),
        (" -1=less ", Band(-1, "less")),
        ("two = 2", None),
        ("2 = ", None),
        ("", None),
    ],
)
def test_points_are_read_as_people_write_them(text: str, wanted: Band | None) -> None:
    assert read_band(text) == wanted


def test_a_band_is_read_back_as_it_was_written() -> None:
    for one in example().asked:
        assert [read_band(band.words) for band in one.bands] == list(one.bands)


# --- writing a version


def test_the_example_is_whole_says_what_it_is_and_reaches_its_threshold(
    a_record: Make, team: Team
) -> None:
    shipped = example()
    assert lacking(shipped) == []
    assert shipped.example
    assert "argued" in shipped.version
    ids = iter(bytes([n]) * 16 for n in range(1, 99))
    made = edits(shipped, on=ON, new_record=lambda: next(ids))
    records = [
        Record(one.record, one.form, b"", one.audience, OSEI, [Live(1, 1, 1, 0, one.answers)])
        for one in made
    ]
    (version,) = versions(records)
    assert version.most > version.threshold
    assert len(version.criteria) == 9
    assert in_force(records, team) is None
    again = following(version)
    assert again.asked == shipped.asked
    assert (again.example, again.version) == (True, "")


def test_what_a_version_lacks_is_said_in_words() -> None:
    assert [(one.words, one.of) for one in lacking(Written())] == [
        ("Give it a name.", "title"),
        ("Say which version it is.", "version"),
        ("Give a threshold: from how many points somebody is proposed.", "threshold"),
        ("Ask one question at least.", ""),
    ]
    one = Asked("Same", bands=(Band(0, "a"), Band(0, "b")))
    said = lacking(Written("T", "V", 3, asked=(one, one)))
    assert [(one.words, one.question) for one in said] == [
        ("Question 1: give each answer points of its own.", 1),
        ("Question 2: give each answer points of its own.", 2),
        ("The same question stands twice.", 2),
    ]


def test_two_agreements_of_one_agency_count_by_when_they_were_recorded(
    a_record: Make, team: Team
) -> None:
    held = a_version(a_record)
    said = [agreed(a_record, held, SHAH), agreed(a_record, held, SHAH, answer="not_yet")]
    for some in permutations(said):
        found = standing(versions(held)[0], [*held, *some], team)
        assert list(found.not_yet) == ["Police"]
