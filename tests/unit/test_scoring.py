# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Scores: the total follows from the points alone; a score proposes, and people decide."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.matrix import Band, Version, versions
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Json, Record, link
from desktop_app.casework.scoring import (
    Score,
    evidence_words,
    lines,
    scores_of,
    scoring_before,
    scoring_now,
    scorings,
    total,
    total_words,
)
from desktop_app.casework.scoring_evidence import pointed_to, said_of

Make = Callable[..., Record]
ON = date(2026, 11, 23)


def a_version(make: Make, *asked: dict[str, Json]) -> tuple[list[Record], Version]:
    matrix = make("matrix", title="Ours", version="1", threshold=6, from_on="2026-11-02")
    held = [
        matrix,
        *(
            make(
                "criterion",
                **{
                    "matrix": link(matrix.id),
                    "place": place,
                    "question": f"Question {place}",
                    "bands": ["0 = None", "2 = Some", "4 = Much"],
                    **one,
                },
            )
            for place, one in enumerate(asked, start=1)
        ),
    ]
    return held, versions(held)[0]


def a_scoring(make: Make, version: Version, points: list[int], **more: Json) -> list[Record]:
    said: dict[str, Json] = {
        "matrix": link(version.id),
        "scored_on": "2026-11-20",
        "total": sum(points),
        "threshold": 6,
        **more,
    }
    scoring = make("scoring", **said)
    return [
        scoring,
        *(
            make(
                "score",
                scoring=link(scoring.id),
                criterion=link(one.record.id),
                points=each,
                evidence=f"Because of {each}",
                source="police",
            )
            for one, each in zip(version.criteria, points, strict=True)
        ),
    ]


def test_what_protects_counts_down_however_its_points_were_written(a_record: Make) -> None:
    _held, version = a_version(a_record, {}, {"protective": "yes"}, {"weight": 2})
    ids = [one.record.id for one in version.criteria]
    for protective in (3, -3):
        points = dict(zip(ids, (4, protective, 2), strict=True))
        assert total(version.criteria, points) == 4 - 3 + 4
    assert total(version.criteria, {}) == 0
    assert version.most == 4 + 0 + 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(-9, 9), min_size=3, max_size=3),
    st.lists(st.tuples(st.booleans(), st.integers(1, 4)), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_the_total_does_not_depend_on_the_order_of_arrival(
    a_record: Make, points: list[int], kinds: list[tuple[bool, int]], random: object
) -> None:
    asked: list[dict[str, Json]] = [
        {"protective": "yes" if down else "no", "weight": weight} for down, weight in kinds
    ]
    held, version = a_version(a_record, *asked)
    held += a_scoring(a_record, version, points)
    wanted = sum(
        -abs(each) * weight if down else each * weight
        for each, (down, weight) in zip(points, kinds, strict=True)
    )
    random.shuffle(held)  # type: ignore[attr-defined]
    (again,) = versions(held)
    found = scores_of(scoring_now(held), held)
    counted = {key: one.points or 0 for key, one in found.items()}
    assert total(again.criteria, counted) == wanted


def test_a_score_proposes_from_the_threshold_on_unless_it_is_set_aside_with_a_reason(
    a_record: Make,
) -> None:
    _held, version = a_version(a_record, {})

    def made(points: int, **more: Json) -> bool:
        scoring = scoring_now(a_scoring(a_record, version, [points], **more))
        assert scoring is not None
        return scoring.proposes

    assert [made(5), made(6)] == [False, True]
    assert made(5, override="in", override_reason="His sister died of it") is True
    assert made(9, override="out", override_reason="In rehab since May") is False
    assert made(9, override="out", override_reason=" ") is True, "without a reason it stands"
    assert made(5, override="in") is False


def test_a_newer_score_takes_the_place_of_the_one_before_and_shows_its_change(
    a_record: Make,
) -> None:
    held, version = a_version(a_record, {}, {})
    first = a_scoring(a_record, version, [4, 2], scored_on="2026-08-01")
    second = a_scoring(a_record, version, [2, 2], supersedes=link(first[0].id))
    held += [*first, *second]
    now = scoring_now(held)
    assert now is not None
    assert now.record.id == second[0].id
    before = scoring_before(held, now)
    assert before is not None
    assert before.record.id == first[0].id
    found = lines(version, scores_of(now, held), scores_of(before, held))
    assert [one.change for one in found] == [-2, 0]


def test_under_other_criteria_questions_of_the_same_words_are_compared(a_record: Make) -> None:
    old_held, old = a_version(a_record, {"question": "Harm"}, {"question": "Gone"})
    held, new = a_version(a_record, {"question": "harm "}, {"question": "New"})
    first = a_scoring(a_record, old, [4, 2])
    second = a_scoring(a_record, new, [2, 2])
    before, now = scoring_now(first), scoring_now(second)
    found = lines(new, scores_of(now, second), scores_of(before, first), old)
    assert [one.change for one in found] == [-2, None]
    assert old_held != held


def test_two_who_scored_anew_stand_side_by_side_and_the_later_counts(a_record: Make) -> None:
    _held, version = a_version(a_record, {})
    first = a_scoring(a_record, version, [2], scored_on="2026-08-01")
    more = [a_scoring(a_record, version, [each], supersedes=link(first[0].id)) for each in (4, 6)]
    held = [first[0], *(one[0] for one in more)]
    assert [one.total for one in scorings(held)] == [4, 6]
    assert [one.total for one in scorings(held[::-1])] == [4, 6]


def test_scores_that_take_each_others_place_leave_one(a_record: Make) -> None:
    one = a_record("scoring", scored_on="2026-11-01", total=1)
    other = a_record("scoring", scored_on="2026-11-02", total=2, supersedes=link(one.id))
    one.live[0].answers["supersedes"] = link(other.id)
    assert [each.total for each in scorings([one, other])] == [2]


@pytest.mark.parametrize(
    ("kept_with", "elsewhere"),
    [("health", "Evidence with the nurse"), ("police", "Evidence with the police")],
)
def test_evidence_that_is_kept_back_is_read_only_where_it_is_held(
    a_record: Make, kept_with: str, elsewhere: str
) -> None:
    _held, version = a_version(a_record, {})
    score = a_record(
        "score", criterion=link(version.criteria[0].record.id), points=2, kept_with=kept_with
    )
    words = a_record("evidence", audience=kept_with, score=link(score.id), words="What was said")
    (read,) = read_all(Score, [score])
    assert evidence_words(read, [score]) == elsewhere
    assert evidence_words(read, [score, words]) == "What was said"


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        (12, "at the threshold of 12"),
        (13, "1 point above the threshold of 12"),
        (9, "3 points below the threshold of 12"),
    ],
)
def test_how_far_a_total_is_from_the_threshold_is_said(reached: int, words: str) -> None:
    assert total_words(reached, 12) == words


# --- what the records say


def arrest(make: Make, **answers: Json) -> Record:
    return make(
        "arrest", **{"offence_group": "shoplifting", "further_action": "charged", **answers}
    )


def test_offences_count_by_their_own_day_within_a_year(a_record: Make) -> None:
    held, version = a_version(
        a_record, {"proposed_from": "acquisitive", "bands": ["0 = None", "2 = 1", "4 = 2 or more"]}
    )
    held += [
        arrest(a_record, offence_on="2026-10-01", arrested_on="2026-10-02"),
        arrest(a_record, arrested_on="2026-01-10"),
        arrest(a_record, offence_on="2025-11-01", arrested_on="2026-11-01"),
        arrest(a_record, offence_on="2026-11-01", further_action="no_action"),
        arrest(a_record, offence_on="2026-11-02", disposal="not_guilty"),
        arrest(a_record, offence_on="2026-11-03", offence_group="violence"),
        arrest(a_record, offence_on="2026-11-24"),
    ]
    found = said_of(version.criteria[0], held, ON)
    assert found is not None
    assert found.count == 2
    assert found.words == "The records say 2: Shoplifting, Thu 1 Oct; Shoplifting, Sat 10 Jan."
    assert found.band == Band(4, "2 or more")


def test_convictions_missed_appointments_and_schemes_are_counted_too(a_record: Make) -> None:
    held, version = a_version(
        a_record,
        {"proposed_from": "convictions"},
        {"proposed_from": "missed"},
        {"proposed_from": "schemes"},
        {},
    )
    held += [
        arrest(a_record, arrested_on="2026-05-01", convicted_on="2026-06-01"),
        a_record("appointment", kind="nurse", booked_for="2026-11-10T10:00", state="not_attended"),
        a_record("appointment", kind="nurse", booked_for="2026-09-10T10:00", state="not_attended"),
        a_record("client", schemes=["dip", "probation"]),
    ]
    found = [said_of(one, held, ON) for one in version.criteria]
    assert [one and one.count for one in found] == [1, 1, 2, None]


def test_words_told_from_a_record_that_is_kept_back_are_kept_with_it(a_record: Make) -> None:
    _held, version = a_version(
        a_record, {"proposed_from": "offences"}, {"proposed_from": "missed"}, {}
    )
    asked = version.criteria
    missed = {"kind": "doctor", "booked_for": "2026-11-10T10:00", "state": "not_attended"}
    for_all = [arrest(a_record, arrested_on="2026-05-01"), a_record("appointment", **missed)]
    for one in asked[:2]:
        said = said_of(one, for_all, ON)
        assert said is not None
        assert (said.count, said.kept_with) == (1, "")
    kept = [
        *for_all,
        arrest(a_record, arrested_on="2026-06-01", audience="police"),
        a_record("appointment", audience="health", **missed),
    ]
    found = [said_of(one, kept, ON) for one in asked[:2]]
    assert [(one.count, one.kept_with) for one in found if one] == [(2, "police"), (2, "health")]
    none = said_of(asked[0], [], ON)
    assert none is not None
    assert none.words == "The records shown here say none."


def test_a_count_points_to_the_answer_with_the_greatest_number_not_above_it() -> None:
    bands = [Band(0, "None"), Band(2, "1 or 2"), Band(4, "3 to 5"), Band(6, "6 or more")]
    found = [pointed_to(bands, count) for count in (0, 1, 2, 3, 5, 6, 40)]
    assert [one and one.points for one in found] == [0, 2, 2, 4, 4, 6, 6]
    assert pointed_to([Band(0, "Little"), Band(4, "Grave")], 3) is None
