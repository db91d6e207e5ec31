# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The shape of answers: what is a date, a choice or a list of names, and what is not."""

import pytest

from desktop_app.casework.answers import LONGEST_TEXT, is_empty, wrong_shape
from desktop_app.casework.forms import FieldType
from desktop_app.casework.records import Json

RIGHT: dict[str, tuple[Json, ...]] = {
    "text": ("Lee", "x" * LONGEST_TEXT),
    "integer": (0, -3),
    "decimal": (0.5, 3),
    "date": ("2026-11-23",),
    "datetime": ("2026-11-23T15:00",),
    "partial_date": ("1989", "1989~", "1989-03", "1989-03-14"),
    "select_one": ("seen",),
    "select_multiple": (["card"],),
    "select_each": ({"food": "later", "lift": None},),
    "texts": (["Danny"],),
    "person": ("a" * 16,),
    "people": (["a" * 16],),
    "record": ("ab" * 16,),
    "items": ({"sleep": 12, "housing": "no"},),
}
WRONG: dict[str, tuple[Json, ...]] = {
    "text": (3, ["Lee"], "x" * (LONGEST_TEXT + 1)),
    "integer": (0.5, True, "3"),
    "decimal": (False, "3"),
    "date": ("2026-02-30", "2026-11-23T15:00", "23/11/2026", 20261123, "20261123"),
    "datetime": ("2026-11-23", "2026-11-23T15:00:00", "2026-11-23 15:00", "2026-11-23T25:00"),
    "partial_date": ("89", "1989-13", "1989-02-30", "about 1989", 1989, "1989-3"),
    "select_one": (["seen"], 3),
    "select_multiple": ("card", [3], {"card": "yes"}),
    "select_each": (["food"], {"food": 3}),
    "texts": ("Danny", [None]),
    "person": (["a" * 16],),
    "people": ("a" * 16,),
    "record": (3,),
    "items": (["sleep"], {"sleep": [12]}, "sleep"),
}


def test_every_kind_of_answer_is_tried_here() -> None:
    assert set(RIGHT) == set(WRONG) == {one.value for one in FieldType}


@pytest.mark.parametrize("kind", sorted(RIGHT))
def test_an_answer_of_the_right_shape_is_taken(kind: str) -> None:
    assert [wrong_shape(kind, value) for value in RIGHT[kind]] == [""] * len(RIGHT[kind])


@pytest.mark.parametrize("kind", sorted(WRONG))
def test_an_answer_of_another_shape_is_refused_in_words(kind: str) -> None:
    assert all(wrong_shape(kind, value).endswith(".") for value in WRONG[kind])


def test_nothing_and_no_are_not_the_same() -> None:
    nothing: tuple[Json, ...] = (None, "", [], {})
    something: tuple[Json, ...] = (0, False, "no", [""], 0.0)
    assert all(is_empty(value) for value in nothing)
    assert not any(is_empty(value) for value in something)
