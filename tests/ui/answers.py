# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers a form accepts, made up from its own definition: a new field is tested at once."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import Field, FieldType
from desktop_app.casework.records import Json
from tests.ui.office import PEOPLE

Strategy = st.SearchStrategy[Json]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=80)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
MOMENTS = st.integers(0, 10**8).map(
    lambda minutes: (datetime.fromisoformat("1905-01-01") + timedelta(minutes=minutes)).isoformat(
        timespec="minutes"
    )
)
REMEMBERED = st.tuples(DAYS, st.sampled_from([4, 7, 10]), st.sampled_from(["", "~"])).map(
    lambda made: made[0][: made[1]] + made[2]
)
PERSONS = st.sampled_from([one for one, _name, _role in PEOPLE])
LINKS = st.binary(min_size=16, max_size=16).map(bytes.hex)


def _codes(name: str) -> list[str]:
    return [one.code for one in codes(name).code]


def _several(field: Field) -> Strategy:
    every = _codes(field.choices)
    places = st.sets(st.integers(0, len(every) - 1), min_size=1, max_size=5)
    return places.map(lambda some: [every[at] for at in sorted(some)])


def _each(field: Field) -> Strategy:
    given = st.sampled_from([None, *_codes(field.answered_with)])
    return st.dictionaries(st.sampled_from(_codes(field.choices)), given, min_size=1, max_size=5)


_MADE: Mapping[FieldType, Callable[[Field], Strategy]] = {
    FieldType.TEXT: lambda field: LINES if field.appearance == "multiline" else WORDS,
    FieldType.INTEGER: lambda _field: st.integers(0, 10**9),
    FieldType.DECIMAL: lambda _field: st.floats(0, 1e9, allow_nan=False),
    FieldType.DATE: lambda _field: DAYS,
    FieldType.DATETIME: lambda _field: MOMENTS,
    FieldType.PARTIAL_DATE: lambda _field: REMEMBERED,
    FieldType.SELECT_ONE: lambda field: st.sampled_from(_codes(field.choices)),
    FieldType.SELECT_MULTIPLE: _several,
    FieldType.SELECT_EACH: _each,
    FieldType.TEXTS: lambda _field: st.lists(WORDS, min_size=1, max_size=4),
    FieldType.PERSON: lambda _field: PERSONS,
    FieldType.PEOPLE: lambda _field: st.lists(PERSONS, min_size=1, max_size=5, unique=True),
    FieldType.RECORD: lambda _field: LINKS,
    FieldType.ITEMS: lambda _field: st.dictionaries(
        WORDS, st.integers(0, 28) | st.sampled_from(["yes", "declined"]), min_size=1, max_size=5
    ),
}


def accepted(field: Field) -> Strategy:
    """Return answers a field accepts."""
    return _MADE[field.type](field)
