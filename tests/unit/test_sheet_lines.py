# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What becomes of the lines of a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework import forms
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Json, RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.sheets import columns
from desktop_app.casework.sheets.cells import Reader
from desktop_app.casework.sheets.events import Events
from desktop_app.casework.sheets.lines import Lines, Row, mark
from desktop_app.casework.sheets.matching import Index, index_of
from desktop_app.casework.sheets.meaning import NEW, OUT, SAME, Meaning, Meant, State
from tests.unit.test_sheets import CELLS, HEADS

NOW = datetime.fromisoformat("2026-11-28T14:30")
TODAY = NOW.date()
ME = Person("a" * 16, "K. Osei", "Outreach", frozenset({Role.COORDINATOR}), frozenset())
TEAM = Team("t", "Saltings", {ME.id: ME})
MARSH = bytes.fromhex("0190" + "00" * 12 + "0001")


class Desk:
    """A reading of some lines, with clients who are held already."""

    def __init__(self, form: str, head: list[str], *held: tuple[RecordId, Answers]) -> None:
        self.form = forms.form(form)
        guessed = columns.guess(self.form, head, [], this_year=2026)
        self.lines = Lines(Reader(self.form, NOW, TEAM), guessed)
        self.index = index_of(held, {}, {MARSH: [FURTHER]}) if held else Index()
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
FURTHER: Answers = {"phone": "07700 900 987"}
HELD: Answers = {"surname": "Marsh", "forename": "Daniel", "born": "1989-03-14", "gender": "man"}


def test_somebody_is_asked_about_by_a_further_telephone_too() -> None:
    desk = Desk("client", CLIENT, (MARSH, HELD))
    assert desk.states(["Dan M", None, "M", 7700900987]) == [State.CHOOSE]
    assert State.CHOOSE not in desk.states(["Dan M", None, "M", 7700900986])


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
