# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets from elsewhere: their days, names, words and columns."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import forms
from desktop_app.casework.answers import wrong_shape
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import NotADate
from desktop_app.casework.records import Json
from desktop_app.casework.sheets import columns
from desktop_app.casework.sheets.days import read_birth, read_day, read_time_of
from desktop_app.casework.sheets.people_words import read_name
from desktop_app.casework.sheets.words import code_of, shipped

NOW = datetime.fromisoformat("2026-11-28T14:30")
TODAY = NOW.date()
CELLS = st.one_of(st.none(), st.text(max_size=40), st.integers(), st.floats(), st.booleans())


# Days


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("14/3/89", "1989-03-14"),
        ("14-Mar-1989", "1989-03-14"),
        ("14th March 1989", "1989-03-14"),
        ("14.03.1989", "1989-03-14"),
        ("1989-03-14", "1989-03-14"),
        ("14/03/1989 00:00:00", "1989-03-14"),
        ("1989-03-14T00:00", "1989-03-14"),
        (32581, "1989-03-14"),
        ("32581", "1989-03-14"),
        ("32581.0", "1989-03-14"),
        ("1/2/30", "2030-02-01"),
        ("1/2/70", "1970-02-01"),
    ],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(cell: Json, day: str) -> None:
    assert read_day(cell, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("cell", ["14", "14/3", "14 Mar", "03/25/1989", "99999", "the 14th", "="])
def test_a_day_that_would_be_a_guess_is_refused(cell: str) -> None:
    with pytest.raises(NotADate):
        read_day(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("1/2/30", "1930-02-01"),
        ("Mar 1989", "1989-03"),
        (1989, "1989"),
        ("nk", ""),
        (32581, "1989-03-14"),
    ],
)
def test_a_birth_is_in_the_past_and_may_be_half_known(cell: Json, born: str) -> None:
    assert read_birth(cell, TODAY) == born


@pytest.mark.parametrize("cell", ["37", "14/3", "03/25/1989"])
def test_a_birth_that_would_be_a_guess_is_refused(cell: str) -> None:
    with pytest.raises(NotADate):
        read_birth(cell, TODAY)


@pytest.mark.parametrize(
    ("cell", "clock", "iso"),
    [
        ("14/12/2026 10:30", None, "2026-12-14T10:30"),
        ("2026-12-14 10:30:00", None, "2026-12-14T10:30"),
        ("14/12/26", "10.30", "2026-12-14T10:30"),
        ("2026-12-14", "10:30:00", "2026-12-14T10:30"),
        ("46370.4375", None, "2026-12-14T10:30"),
    ],
)
def test_a_time_may_stand_in_a_column_of_its_own(cell: str, clock: Json, iso: str) -> None:
    moment = read_time_of(cell, clock, NOW)
    assert moment is not None
    assert moment.iso == iso


@given(CELLS, CELLS)
def test_no_cell_makes_the_reading_of_days_fail_otherwise(cell: Json, clock: Json) -> None:
    with suppress(NotADate):
        day = read_day(cell, TODAY)
        assert day is None or type(day) is date
    with suppress(NotADate):
        assert wrong_shape("partial_date", read_birth(cell, TODAY) or "1989") == ""
    with suppress(NotADate):
        moment = read_time_of(cell, clock, NOW)
        assert moment is None or moment.iso.startswith(moment.day.isoformat())


@given(st.dates(date(1927, 6, 1), date(2046, 1, 1)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    ways: list[Json] = [
        serial,
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%d-%b-%Y}",
        f"{day} 00:00:00",
    ]
    assert {read_day(one, TODAY) for one in ways} == {day}


# Names


@pytest.mark.parametrize(
    ("text", "surname", "forename", "others"),
    [
        ("SMITH, John", "Smith", "John", ()),
        ("John Smith", "Smith", "John", ()),
        ("SMITH John", "Smith", "John", ()),
        ("John SMITH-JONES", "Smith-Jones", "John", ()),
        ("Mr John Smith", "Smith", "John", ()),
        ("Smith, Mr John", "Smith", "John", ()),
        ("JOHN O'NEIL", "O'Neil", "John", ()),
        ("Anna van der Berg", "van der Berg", "Anna", ()),
        ("John (Jonno) Smith", "Smith", "John", ("Jonno",)),
        ("Smith, John aka Jonno", "Smith", "John", ("Jonno",)),
        ('John "Jonno" Smith', "Smith", "John", ("Jonno",)),
        ("Smith", "Smith", "", ()),
        ("", "", "", ()),
        ("Mary Jane Watson", "Watson", "Mary Jane", ()),
    ],
)
def test_a_whole_name_is_read_in_its_parts(
    text: str, surname: str, forename: str, others: tuple[str, ...]
) -> None:
    assert read_name(text) == (surname, forename, others)


@given(st.lists(st.text("abcdefgh", min_size=2, max_size=6), min_size=1, max_size=5))
def test_no_word_of_a_name_is_lost(words: list[str]) -> None:
    found = read_name(" ".join(one.capitalize() for one in words))
    said = f"{found.forename} {found.surname} {' '.join(found.others)}".casefold().split()
    assert sorted(said) == sorted(words)


@given(st.text(max_size=80))
def test_no_text_makes_the_reading_of_names_fail(text: str) -> None:
    found = read_name(text)
    assert all(part == " ".join(part.split()) for part in (found.surname, found.forename))
    assert bool(found.surname or found.forename or found.others) <= bool(text.strip())


# Words


@pytest.mark.parametrize(
    ("list_name", "text", "code"),
    [
        ("gender", "M", "man"),
        ("gender", "Female", "woman"),
        ("disposal", "1002", "imprisonment"),
        ("disposal", "4565", "sent_for_trial"),
        ("disposal", "4560", "sent_custody"),
        ("disposal", "Withdrawn final", "withdrawn_final"),
        ("disposal", "Community Order", "community_order"),
        ("plea", "NG", "not_guilty"),
        ("further_action", "NFA", "no_action"),
        ("appointment_state", "DNA", "not_attended"),
        ("offence_group", "Theft from shop", "shoplifting"),
        ("offence_group", "Theft from the person of another", "theft_person"),
        ("offence_group", "Steal from shop / stall", "shoplifting"),
        ("offence_group", "Burglary dwelling - with intent to steal", "burglary_dwelling"),
        ("offence_group", "Burglary other than dwelling", "burglary_other"),
        ("offence_group", "Possess with intent to supply class A", "drugs_supply"),
        ("offence_group", "Possession of a controlled drug of Class A", "drugs_possession"),
        ("offence_group", "Criminal damage to property", "damage"),
        ("plea", "guilty", None),
        ("offence_group", "Piracy on the high seas", None),
    ],
)
def test_a_word_is_read_as_the_code_people_mean(
    list_name: str, text: str, code: str | None
) -> None:
    assert code_of(list_name, text, {}) == code


def test_what_a_team_chose_for_a_word_goes_before_all_else() -> None:
    assert code_of("plea", "Guilty", {"guilty": "guilty_first"}) == "guilty_first"


def test_every_word_that_ships_stands_for_a_code_there_is() -> None:
    said = shipped()
    for name, answers in said.answers.items():
        assert set(answers) <= {one.code for one in codes(name).code}
    assert set(said.offences) <= {one.code for one in codes("offence_group").code}
    known = {field.name for form in forms.forms().values() for field in form.field}
    heads = {one.removesuffix(".time").split(".")[-1] for one in said.columns}
    assert {one for one in heads if not one.startswith("@")} <= known


# Columns


def test_the_line_of_names_is_found_below_a_title() -> None:
    rows = [
        ["Harbour outreach, list for November"],
        [],
        ["Surname", "First name", "DOB"],
        ["F", "C"],
    ]
    assert columns.header_row(rows) == 2
    assert columns.header_row([["Fisk", "14/3/1989"], ["Hale", "2/1/1970"]]) is None


HEADS = {
    "client": (
        ["Name", "D.O.B.", "M/F", "Tel No", "Post Code", "Shoe size"],
        ["@name", "born", "gender", "phone", "postcode", None],
    ),
    "arrest": (
        ["Nominal", "Date of Birth", "Offence", "Arrest date", "Charged", "Court result", "Op"],
        ["@name", "@born", "offence", "arrested_on", "charged_on", "disposal", "operation"],
    ),
    "cohort": (
        ["Surname", "Forename", "DOB", "Date accepted", "Date removed"],
        ["@surname", "@forename", "@born", "started_on", "ended_on"],
    ),
}


@pytest.mark.parametrize("form", HEADS)
def test_columns_are_guessed_by_what_they_are_called(form: str) -> None:
    head, meant = HEADS[form]
    found = columns.guess(forms.form(form), head, [], this_year=2026)
    assert [found.get(place) for place in range(len(head))] == meant


def test_columns_are_guessed_by_what_stands_in_them() -> None:
    rows: list[list[Json]] = [["Fisk, Carol", "14/3/1989", "07700 900123", "ZZ1 2AB"]] * 3
    head = columns.names(None, 4)
    found = columns.guess(forms.form("client"), head, rows, this_year=2026)
    assert [found.get(place) for place in range(4)] == ["@name", "born", "phone", "postcode"]


def test_the_kind_of_record_is_guessed_by_the_columns() -> None:
    offered = [forms.form(one) for one in ("client", "cohort", "arrest", "appointment")]
    for name, (head, _meant) in HEADS.items():
        assert columns.guess_form(offered, head).name == name


def test_what_was_chosen_for_a_head_goes_before_the_guess() -> None:
    form, head = forms.form("client"), ["Name", "DOB", "Mobile"]
    chosen = {"name": "known_as", "mobile": "other_phone"}
    assert columns.guess(form, head, [], this_year=2026, chosen=chosen) == {
        0: "known_as",
        2: "other_phone",
    }
    assert columns.fingerprint(form, head) == columns.fingerprint(form, ["DOB", "mobile ", "NAME"])
    assert columns.fingerprint(form, head) != columns.fingerprint(forms.form("arrest"), head)


@given(
    st.lists(st.text(max_size=15), max_size=8), st.lists(st.lists(CELLS, max_size=8), max_size=6)
)
def test_no_head_however_odd_makes_the_guessing_fail(
    head: list[str], rows: list[list[Json]]
) -> None:
    columns.header_row(rows)
    named = columns.names([*head], len(head))
    assert len(set(named)) == len(named)
    found = columns.guess(forms.form("client"), named, rows, this_year=2026)
    assert len(set(found.values())) == len(found)
