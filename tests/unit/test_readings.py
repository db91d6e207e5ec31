# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Readings: what each rule needs is still offered by its form, and nothing odd makes one fail."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import desktop_app.casework
from desktop_app.casework.forms import form, parse
from desktop_app.casework.readings import Reading, check, read, read_all
from desktop_app.casework.records import Record

PACKAGE = desktop_app.casework.__name__


def every_reading() -> list[type[Reading]]:
    found: dict[str, type[Reading]] = {}
    for module in pkgutil.iter_modules(desktop_app.casework.__path__):
        held = vars(importlib.import_module(f"{PACKAGE}.{module.name}"))
        for value in held.values():
            named = isinstance(value, type) and isinstance(vars(value).get("form"), str)
            if named and value.__module__ == f"{PACKAGE}.{module.name}":
                found[f"{value.__module__}.{value.__name__}"] = value
    return list(found.values())


READINGS = every_reading()


@dataclass(frozen=True, slots=True)
class Everything:
    """One answer of each type."""

    form: ClassVar[str] = "visit"
    record: Record
    at: datetime | None
    state: str
    people: tuple[str, ...]
    minutes: int | None
    next_step_on: date | None


@dataclass(frozen=True, slots=True)
class Links:
    """The types a visit has not."""

    form: ClassVar[str] = "account"
    visit: bytes | None
    offers: Mapping[str, str]


def test_the_rules_have_readings() -> None:
    assert len(READINGS) > 15


@pytest.mark.parametrize("kind", READINGS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_what_a_rule_needs_its_form_still_offers(kind: type[Reading]) -> None:
    assert check(kind, form(kind.form)) == []


def test_a_field_that_was_renamed_is_found_by_its_reading() -> None:
    text = """
        title = "Visit"
        plural = "Visits"
        about = "Test."
        audience = "partners"
        lane = "visits"
        icon = "user"
        tone = "info"
        titled = "Visit"
        [[field]]
        name = "at"
        type = "date"
        label = "When"
        """
    wrong = check(Everything, parse("visit", text))
    assert any("Everything.at wants" in one and "visit offers date" in one for one in wrong)
    assert any("Everything.minutes wants" in one and "offers nothing" in one for one in wrong)


def test_answers_are_read_with_their_types(a_record: Callable[..., Record]) -> None:
    visit = a_record(
        "visit",
        at="2026-11-23T15:00",
        state="done",
        people=["a", "b"],
        minutes=20,
        next_step_on="2026-11-26",
    )
    told = read(Everything, visit)
    assert (told.record, told.at) == (visit, datetime.fromisoformat("2026-11-23T15:00"))
    assert (told.people, told.minutes) == (("a", "b"), 20)
    assert told.next_step_on == date(2026, 11, 26)
    account = a_record("account", visit=visit.id.hex(), offers={"food": "later", "lift": None})
    assert read(Links, account) == Links(visit.id, {"food": "later"})


def test_withdrawn_records_and_those_of_other_forms_are_not_read(
    a_record: Callable[..., Record],
) -> None:
    kept = a_record("visit", state="done")
    others = [a_record("note"), a_record("visit", state="done", _withdrawn="Wrong client")]
    assert [one.record for one in read_all(Everything, [kept, *others])] == [kept]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["2026-02-30", "2026-11-23", "2026-11-23T15:00", "zz" * 16]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=3), st.one_of(st.none(), st.integers()), max_size=3),
)


@pytest.mark.parametrize("kind", READINGS, ids=lambda one: f"{one.__module__}.{one.__name__}")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ODD, min_size=1, max_size=5))
def test_no_answer_however_odd_makes_a_reading_fail(
    kind: type[Reading], values: list[object], a_record: Callable[..., Record]
) -> None:
    names = [one.name for one in form(kind.form).field]
    answers = {name: values[index % len(values)] for index, name in enumerate(names)}
    assert isinstance(read(kind, a_record(kind.form, **answers)), kind)
