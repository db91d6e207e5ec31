# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The forms Tandem ships: complete, in plain words, and never breaking what was stored before.

A field that was ever shipped stands in tests/data/fields.toml for ever: records all over the
country hold answers to it. Nothing there may be removed or given another type; a new field is
added there the day it is added to its form.
"""

import re
import tomllib
from pathlib import Path

import pytest

from desktop_app.casework.codes import codes
from desktop_app.casework.forms import SELECTS, Field, FieldType, Form, forms
from resources import folder

EVER = tomllib.loads(
    (Path(__file__).parent.parent / "data" / "fields.toml").read_text(encoding="utf-8")
)
ALL = [(one, field) for one in forms().values() for field in one.field]
BY_NAME = [pytest.param(one, field, id=f"{one.name}.{field.name}") for one, field in ALL]


@pytest.mark.parametrize("name", sorted(EVER))
def test_no_field_ever_shipped_has_gone_or_changed_its_type(name: str) -> None:
    shipped = forms()[name].fields
    now = {field: shipped[field].type.value for field in EVER[name] if field in shipped}
    assert now == EVER[name]


@pytest.mark.parametrize("name", sorted(forms()))
def test_every_field_shipped_is_on_the_list_that_keeps_it(name: str) -> None:
    assert set(forms()[name].fields) == set(EVER.get(name, {}))


@pytest.mark.parametrize("shipped", forms().values(), ids=lambda one: one.name)
def test_every_form_says_what_it_is_and_how_it_looks(shipped: Form) -> None:
    assert shipped.title
    assert shipped.plural
    assert shipped.about.endswith(".")
    assert (folder("icons") / f"{shipped.icon}.svg").is_file()
    assert shipped.tone in ("ok", "warn", "bad", "info", "custody", "neutral")
    if shipped.happened:
        assert shipped.fields[shipped.happened].type in (FieldType.DATE, FieldType.DATETIME)


@pytest.mark.parametrize("shipped", forms().values(), ids=lambda one: one.name)
def test_chips_are_answers_from_a_list(shipped: Form) -> None:
    assert all(shipped.fields[name].type is FieldType.SELECT_ONE for name in shipped.chips)


@pytest.mark.parametrize(("shipped", "field"), BY_NAME)
def test_every_choice_a_field_names_is_on_its_list(shipped: Form, field: Field) -> None:
    if field.type in SELECTS:
        assert codes(field.choices).code
    if field.answered_with:
        assert codes(field.answered_with).code
    if field.default and field.type is FieldType.SELECT_ONE:
        assert codes(field.choices).find(field.default)
    asked = re.match(r"^(\w+) (?:=|!=|in) (.+)$", field.relevant)
    if asked and shipped.fields[asked[1]].type in SELECTS:
        offered = codes(shipped.fields[asked[1]].choices)
        assert [code for code in asked[2].split() if offered.find(code) is None] == []


@pytest.mark.parametrize(("shipped", "field"), BY_NAME)
def test_every_question_is_short_and_in_plain_words(shipped: Form, field: Field) -> None:
    assert field.label[:1].isupper()
    assert len(field.label) <= 40, "a label is a question, not a paragraph"
    assert not field.label.endswith((".", ":"))
    assert field.hint == "" or field.hint.endswith((".", "?"))
    assert field.default in ("", "now", "today", "me") or field.type is FieldType.SELECT_ONE


def test_what_the_guide_demands_of_the_lists_says_so() -> None:
    demanded = {
        f"{one.name}.{field.name}" for one, field in ALL if field.needed == "guide section 4"
    }
    assert demanded >= {
        *("client.surname", "client.forename", "client.born"),
        *("cohort.operation", "cohort.started_on", "cohort.not_included_because"),
        *("arrest.operation", "arrest.arrested_on", "arrest.further_action", "arrest.disposal"),
    }


def test_a_search_has_grounds_of_its_own() -> None:
    grounds = forms()["police_contact"].fields["grounds"]
    assert grounds.required
    assert "never grounds" in grounds.hint


def test_what_is_told_at_the_door_is_sealed_and_linked_never_overwritten() -> None:
    for name in ("account", "clinical_note", "disclosure"):
        shipped = forms()[name]
        assert shipped.sealed
        assert shipped.fields["corrects"].type is FieldType.RECORD
        assert shipped.fields["correction_reason"].group == shipped.fields["corrects"].group


@pytest.mark.parametrize(
    ("name", "one", "several"),
    [
        ("visit", "1 visit", "3 visits"),
        ("reach", "1 further address or phone", "3 further addresses and phones"),
        ("assignment", "1 worker for a client", "3 workers for clients"),
        ("repacked", "1 note of re-packed bundles", "3 notes of re-packed bundles"),
        (
            "same_person",
            "1 answer whether two clients are one person",
            "3 answers whether two clients are one person",
        ),
    ],
)
def test_records_are_counted_in_words_that_can_be_counted(
    name: str, one: str, several: str
) -> None:
    assert forms()[name].counted(1) == one
    assert forms()[name].counted(3) == several
    assert forms()[name].counted(1_200).startswith("1,200 ")
