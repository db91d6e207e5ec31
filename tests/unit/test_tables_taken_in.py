# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables from elsewhere: what their lines are, and what their cells say."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import forms
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Json
from desktop_app.casework.sheets.cells import Reader, TableUnreadable
from ui.commands.table_lines import lines

NOW = datetime.fromisoformat("2026-11-24T14:30")
ME = Person("a" * 16, "K. Osei", "Outreach", frozenset({Role.KEY_WORKER}), frozenset())
TEAM = Team("t", "Saltings", {ME.id: ME})


def read(form: str, field: str, cell: Json) -> Json:
    """Read one cell as an answer."""
    reader = Reader(forms.form(form), NOW, TEAM)
    return reader.answer(forms.form(form).fields[field], cell)


def test_a_byte_order_mark_is_no_letter_of_the_first_column() -> None:
    (line,) = lines("\ufeffsurname,forename\nFisk,Carol\n".encode())
    assert line.cells == {"surname": "Fisk", "forename": "Carol"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_are_separated_as_the_first_line_says(separator: str) -> None:
    text = separator.join(("surname", "forename")) + "\n" + separator.join(("Fisk", "Carol"))
    assert lines(text.encode())[0].cells == {"surname": "Fisk", "forename": "Carol"}


def test_a_line_keeps_its_number_though_a_note_before_it_has_several() -> None:
    raw = b'surname,doorstep_notes\nOne,"first\nsecond\nthird"\n\nTwo,\n'
    assert [(one.number, one.cells["surname"]) for one in lines(raw)] == [(2, "One"), (6, "Two")]


def test_json_lines_keep_lists_and_numbers() -> None:
    (line,) = lines(b'{"people": ["K. Osei"], "minutes": 0}\n')
    assert line.cells == {"people": ["K. Osei"], "minutes": 0}


def test_a_line_that_is_no_json_object_is_named_and_the_others_are_read() -> None:
    found = lines(b'{"surname": "One"}\n[1, 2]\n{"surname": "Three"}\n')
    assert [bool(one.wrong) for one in found] == [False, True, False]


def test_a_line_with_more_columns_than_the_first_is_named() -> None:
    (line,) = lines(b"surname\nOne,Two\n")
    assert line.wrong


@pytest.mark.parametrize("raw", [b"", b"  \n", b"\xff\xfe\x00", b"a,a\n1,2\n", b"a,\n1,2\n"])
def test_a_file_that_cannot_be_read_as_a_whole_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(TableUnreadable, match="Nothing was taken in"):
        lines(raw)


@given(st.binary(max_size=400))
def test_no_file_however_odd_makes_reading_fail_otherwise(raw: bytes) -> None:
    try:
        found = lines(raw)
    except TableUnreadable:
        return
    numbers = [one.number for one in found]
    assert numbers == sorted(set(numbers)), "each line once, in order"
    assert all(not one.cells or not one.wrong for one in found)


@pytest.mark.parametrize(
    ("form", "field", "cell", "answer"),
    [
        ("client", "born", "14 3 89", "1989-03-14"),
        ("client", "born", "about 1989", "1989~"),
        ("client", "first_contact_on", "yesterday", "2026-11-23"),
        ("client", "aliases", "Caz; Carol Ann", ["Caz", "Carol Ann"]),
        ("client", "gender", "Woman", "woman"),
        ("client", "gender", "woman", "woman"),
        ("client", "schemes", "Probation; dip", ["probation", "dip"]),
        ("visit", "at", "mon 10:30", "2026-11-23T10:30"),
        ("visit", "minutes", "20", 20),
        ("visit", "minutes", 20, 20),
        ("visit", "people", "k. osei", ["a" * 16]),
        ("visit", "people", ["a" * 16], ["a" * 16]),
        (
            "account",
            "offers",
            "Naloxone kit: took it; food: later",
            {"naloxone": "took_it", "food": "later"},
        ),
        ("account", "offers", {"naloxone": "took_it"}, {"naloxone": "took_it"}),
    ],
)
def test_a_cell_is_read_as_people_write_it(form: str, field: str, cell: Json, answer: Json) -> None:
    assert read(form, field, cell) == answer


@pytest.mark.parametrize(
    ("form", "field", "cell"),
    [
        ("client", "born", "the other day"),
        ("client", "gender", "sideways"),
        ("visit", "at", "monday"),
        ("visit", "minutes", "a while"),
        ("visit", "minutes", "2.5"),
        ("visit", "people", "Nobody We Know"),
        ("visit", "minutes", True),
        ("account", "offers", "naloxone"),
        ("client", "surname", {"first": "x"}),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(form: str, field: str, cell: Json) -> None:
    with pytest.raises(CaseworkError) as refused:
        read(form, field, cell)
    assert str(refused.value)


def test_a_column_is_found_by_its_name_and_by_its_label() -> None:
    reader = Reader(forms.form("client"), NOW, TEAM)
    found = reader.columns(["surname", "First name", "BORN"])
    assert [one.name for one in found.values()] == ["surname", "forename", "born"]


@pytest.mark.parametrize("named", [["shoe size"], ["forename", "First name"]])
def test_a_column_that_would_be_lost_is_refused_by_name(named: list[str]) -> None:
    reader = Reader(forms.form("client"), NOW, TEAM)
    with pytest.raises(TableUnreadable, match="Nothing was taken in"):
        reader.columns(named)


def test_every_problem_of_a_line_is_told_with_its_question() -> None:
    reader = Reader(forms.form("client"), NOW, TEAM)
    cells: dict[str, Json] = {"born": "never", "gender": "sideways", "surname": "Fisk"}
    answers, wrong = reader.answers(cells, reader.columns(cells))
    assert answers == {"surname": "Fisk"}
    assert wrong["born"].startswith("Born: ")
    assert wrong["gender"].startswith("Gender: ")
