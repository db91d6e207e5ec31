# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets from elsewhere: days, names, columns, words, and what becomes of a line."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import forms
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import NotADate
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Json, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.sheets import columns
from desktop_app.casework.sheets.cells import Reader
from desktop_app.casework.sheets.days import read_birth, read_day, read_time_of
from desktop_app.casework.sheets.events import Events
from desktop_app.casework.sheets.lines import Lines, Row, mark
from desktop_app.casework.sheets.matching import Index, index_of
from desktop_app.casework.sheets.meaning import NEW, OUT, SAME, Meaning, Meant, State
from desktop_app.casework.sheets.people_words import read_name
from desktop_app.casework.sheets.words import code_of, shipped

NOW = datetime.fromisoformat("2026-11-28T14:30")
TODAY = NOW.date()
ME = Person("a" * 16, "K. Osei", "Outreach", frozenset({Role.COORDINATOR}), frozenset())
TEAM = Team("t", "Saltings", {ME.id: ME})
MARSH = bytes.fromhex("0190" + "00" * 12 + "0001")
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
    for read in (
        lambda: read_day(cell, TODAY),
        lambda: read_birth(cell, TODAY),
        lambda: read_time_of(cell, clock, NOW),
    ):
        with suppress(NotADate):
            read()


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
    read_name(text)


# Words


@pytest.mark.parametrize(
    ("list_name", "text", "code"),
    [
        ("gender", "M", "man"),
        ("gender", "Female", "woman"),
        ("disposal", "1002", "imprisonment"),
        ("disposal", "4565", "sent_for_trial"),
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


# Lines


class Desk:
    """A reading of some lines, with clients who are held already."""

    def __init__(self, form: str, head: list[str], *held: tuple[RecordId, Answers]) -> None:
        self.form = forms.form(form)
        guessed = columns.guess(self.form, head, [], this_year=2026)
        self.lines = Lines(Reader(self.form, NOW, TEAM), guessed)
        self.index = index_of(held, {}) if held else Index()
        self.events = Events(self.form)
        self.taken: set[bytes] = set()
        self.decided: dict[int, str] = {}
        self._ids: Iterator[RecordId] = (n.to_bytes(16, "big") for n in count(1))

    def read(self, *rows: list[Json]) -> list[Meant]:
        """Return what some lines become."""
        meaning = Meaning(
            *(self.form, TEAM, TODAY, self.index, self.events, self.taken),
            lambda: next(self._ids),
            self.decided,
        )
        found = []
        for number, cells in enumerate(rows, 2):
            parsed = self.lines.parsed(Row(number, cells))
            meant, make = meaning.meant(parsed)
            if make is not None:
                assert make.mark == mark(self.form.name, parsed)
                self.taken.add(make.mark)
            found.append(meant)
        return found

    def states(self, *rows: list[Json]) -> list[State]:
        """Return the states of some lines."""
        return [one.state for one in self.read(*rows)]


CLIENT = ["Name", "DOB", "Sex", "Mobile"]
HELD: Answers = {"surname": "Marsh", "forename": "Daniel", "born": "1989-03-14", "gender": "man"}


def test_clients_are_new_here_likely_or_wrong() -> None:
    desk = Desk("client", CLIENT, (MARSH, HELD))
    found = desk.read(
        ["FISK, Carol", "2/5/1975", "F", 7700900123],
        ["Marsh, Daniel", "14/3/89", "M", None],
        ["Danny Marsh", "14/3/1989", "M", None],
        ["Young, Kim", "14/3/2015", "F", None],
        ["Hale, Jo", "the other day", "F", None],
        ["Fisk, Carol", "2 May 1975", "F", "07700 900123"],
        ["=cmd|calc", "2/5/1980", "", ""],
    )
    wanted = [
        State.NEW,
        State.HERE,
        State.CHOOSE,
        State.WRONG,
        State.WRONG,
        State.HERE,
        State.WRONG,
    ]
    assert [one.state for one in found] == wanted
    assert found[2].among[0].client == MARSH
    assert "adults" in found[3].why
    assert found[4].why.startswith("Born: ")
    assert "line 2" in found[5].why
    assert "formula" in found[6].why


def test_what_a_person_decides_of_a_line_is_done() -> None:
    desk = Desk("client", CLIENT, (MARSH, HELD))
    row: list[Json] = ["Danny Marsh", "14/3/1989", "M", "07700 900456"]
    desk.decided = {2: NEW, 3: SAME + MARSH.hex(), 4: OUT}
    again: list[Json] = ["Dan Marsh", "14/3/1989", "M", "07700 900457"]
    assert desk.states(row, again, row) == [State.NEW, State.FILLS, State.OUT]


ARREST = ["Nominal", "DOB", "Offence", "Arrest date", "Charged", "Outcome", "Outcome date"]
LINE: list[Json] = [
    "MARSH, Daniel",
    "14/03/1989",
    "Theft from shop",
    "3/5/2026",
    "4/5/2026",
    "",
    "",
]


def test_an_arrest_is_of_somebody_for_sure_or_waits() -> None:
    desk = Desk("arrest", ARREST, (MARSH, HELD))
    unsure: list[Json] = ["Marsh, Dan", "14/03/1989", *LINE[2:]]
    nobody: list[Json] = ["Stranger, Ann", "1/1/1990", *LINE[2:]]
    strange: list[Json] = [*LINE[:2], "Piracy", *LINE[3:]]
    young: list[Json] = ["Stranger, Kim", "1/1/2015", *LINE[2:]]
    found = desk.read(LINE, unsure, nobody, strange, young)
    wanted = [State.NEW, State.CHOOSE, State.NOBODY, State.WRONG, State.WRONG]
    assert [one.state for one in found] == wanted
    assert found[3].unknown == (("offence_group", "Piracy"),)


def test_what_followed_brings_an_arrest_up_to_date_and_doubles_nothing() -> None:
    desk = Desk("arrest", ARREST, (MARSH, HELD))
    held: Answers = {
        "arrested_on": "2026-05-03",
        "offence_group": "shoplifting",
        "offence": "Theft shop",
    }
    desk.events.add(MARSH, b"r" * 16, held)
    later: list[Json] = [*LINE[:5], "1002", "9/6/2026"]
    first, second = desk.read(LINE, later)
    assert (first.state, second.state) == (State.CHANGES, State.CHANGES)
    assert "Charged on" in first.why
    assert "Imprisonment" in second.why
    assert desk.states(LINE, later) == [State.HERE, State.HERE]
    assert held.get("disposal") is None, "what was handed in is nobody's to change"


def test_two_counts_of_one_day_stay_two() -> None:
    desk = Desk("arrest", ARREST, (MARSH, HELD))
    other: list[Json] = [*LINE[:2], "Theft from shop: a coat", *LINE[3:]]
    assert desk.states(LINE, other, LINE) == [State.NEW, State.NEW, State.HERE]


def test_a_reference_is_sure_unless_the_name_speaks_against_it() -> None:
    desk = Desk("arrest", ["Ref", "Surname", "Offence", "Arrest date"], (MARSH, HELD))
    ref = reference(MARSH).lower()
    mine: list[Json] = [ref, "Marsh", "Robbery", "3/5/2026"]
    other: list[Json] = [ref, "Quill", "Robbery", "4/5/2026"]
    assert desk.states(mine, other) == [State.NEW, State.CHOOSE]


def test_initials_with_a_date_of_birth_are_likely_at_best() -> None:
    desk = Desk("arrest", ["Surname", "Forename", "DOB", "Offence", "Arrest date"], (MARSH, HELD))
    (found,) = desk.read(["M", "D", "14/3/1989", "Robbery", "3/5/2026"])
    assert found.state is State.CHOOSE
    assert found.among[0].client == MARSH


@given(
    st.lists(st.lists(CELLS, min_size=0, max_size=9), max_size=12), st.sampled_from(sorted(HEADS))
)
def test_every_line_becomes_something_and_none_is_lost(rows: list[list[Json]], form: str) -> None:
    desk = Desk(form, HEADS[form][0], (MARSH, HELD))
    found = desk.read(*rows)
    assert [one.line for one in found] == [*range(2, len(rows) + 2)]
    assert all(one.why for one in found if one.state is State.WRONG)
    again = desk.read(*rows)
    assert not [one for one in again if one.state is State.NEW], "read again, nothing is doubled"
