# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in a table, read as answers to a form.

Rules, each with a test:

* A column is a field's name or its label; a column that is neither is refused by name, so that
  nothing is left out unnoticed.
* Dates are read as people write them, or as a spreadsheet keeps them; a choice is its code, its
  label or what people write for it; several are separated by semicolons.
* What a spreadsheet would take for a formula is told, never read.
* Nothing is filled in that the file does not say.
* Every problem of a line is named, with the question it belongs to; none is guessed away.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import Field, FieldType, Form
from desktop_app.casework.names import fold
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.sheets.days import read_birth, read_day, read_time_of
from desktop_app.casework.sheets.words import LEFT_OUT, code_of
from desktop_app.casework.words import _

CLIENT_COLUMN = "client_ref"
"""The column that says, by reference, which client a record is about."""
PHONES = ("phone", "other_phone")


class TableUnreadable(CaseworkError):
    """The file as a whole cannot be read; nothing was taken in."""


class NotAnAnswer(CaseworkError):
    """What stands in a cell cannot be read as an answer to its question."""


class UnknownWord(NotAnAnswer):
    """What stands in a cell is none of the answers offered; a person may say which it is.

    Attributes:
        list_name: the code list.
        word: what stands there.
    """

    def __init__(self, list_name: str, word: str) -> None:
        super().__init__(_("“%(word)s” is none of the answers.") % {"word": word[:60]})
        self.list_name, self.word = list_name, word


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells as answers of one form.

    Attributes:
        form: the form.
        now: the day and time it is, for dates as people write them.
        team: whose names may stand in the table.
        own: what the team chose for words of its own, by code list and folded word.
    """

    form: Form
    now: datetime
    team: Team
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def columns(self, named: Iterable[str]) -> Mapping[str, Field]:
        """Return the field each column answers.

        Raises:
            TableUnreadable: a column is no field of the form, or two are the same one.
        """
        known = {fold(_(one.label)): one for one in self.form.field}
        known |= {fold(one.name): one for one in self.form.field}
        found: dict[str, Field] = {}
        for name in named:
            if name == CLIENT_COLUMN:
                continue
            answered = known.get(fold(name))
            if answered is None:
                raise TableUnreadable(
                    _("The form has no question “%(column)s”. Nothing was taken in.")
                    % {"column": name}
                )
            if answered in found.values():
                raise TableUnreadable(
                    _("Two columns answer “%(question)s”. Nothing was taken in.")
                    % {"question": _(answered.label)}
                )
            found[name] = answered
        return found

    def answers(
        self, cells: Mapping[str, Json], columns: Mapping[str, Field]
    ) -> tuple[Answers, dict[str, str]]:
        """Return the answers of a line, and for each field that cannot be read, why."""
        answers: Answers = {}
        wrong = {}
        for name, cell in cells.items():
            asked = columns.get(name)
            if asked is None:
                continue
            try:
                answers[asked.name] = self.answer(asked, cell)
            except CaseworkError as error:
                wrong[asked.name] = said(asked, error)
        return answers, wrong

    def answer(self, asked: Field, cell: Json, *, clock: Json = None) -> Json:
        """Return a cell as an answer; None where it is left out on purpose.

        Args:
            asked: the question.
            cell: what stands there.
            clock: the time of day, where that stands in a cell of its own.

        Raises:
            CaseworkError: it cannot be read, in words.
        """
        if isinstance(cell, str) and cell.startswith("="):
            raise NotAnAnswer(formula_told())
        readers: Mapping[FieldType, Callable[[], Json]] = {
            FieldType.TEXT: lambda: _plain(asked, cell),
            FieldType.RECORD: lambda: _text(cell),
            FieldType.TEXTS: lambda: list(_several(cell)),
            FieldType.INTEGER: lambda: _number(cell, whole=True),
            FieldType.DECIMAL: lambda: _number(cell, whole=False),
            FieldType.DATE: lambda: self._date(cell),
            FieldType.DATETIME: lambda: self._moment(cell, clock),
            FieldType.PARTIAL_DATE: lambda: read_birth(_text(cell), self.now.date()),
            FieldType.SELECT_ONE: lambda: self._code(asked.choices, _text(cell)),
            FieldType.SELECT_MULTIPLE: lambda: self._codes(asked.choices, cell),
            FieldType.SELECT_EACH: lambda: self._each(asked, cell),
            FieldType.ITEMS: lambda: _items(cell),
            FieldType.PERSON: lambda: self._person(_text(cell)),
            FieldType.PEOPLE: lambda: [self._person(one) for one in _several(cell)],
        }
        return readers[asked.type]()

    def _date(self, cell: Json) -> Json:
        day = read_day(_text(cell), self.now.date())
        return None if day is None else day.isoformat()

    def _moment(self, cell: Json, clock: Json) -> Json:
        moment = read_time_of(_text(cell), clock, self.now)
        return None if moment is None else moment.iso

    def _person(self, text: str) -> str:
        found = [one.id for one in self.team.persons.values() if fold(one.name) == fold(text)]
        if text in self.team.persons:
            return text
        if len(found) != 1:
            raise NotAnAnswer(_("Nobody in the team has this name."))
        return found[0]

    def _code(self, list_name: str, text: str) -> str | None:
        found = code_of(list_name, text, self.own.get(list_name, {}))
        if found is None:
            raise UnknownWord(list_name, text)
        return None if found == LEFT_OUT else found

    def _codes(self, list_name: str, cell: Json) -> Json:
        found = [self._code(list_name, one) for one in _several(cell)]
        return [*dict.fromkeys(one for one in found if one is not None)]

    def _each(self, asked: Field, cell: Json) -> Json:
        if isinstance(cell, dict):
            pairs = {name: _text(value) for name, value in cell.items()}
        else:
            apart = (one.partition(":") for one in _several(cell))
            pairs = {name: value for name, _colon, value in apart}
        return {
            str(self._code(asked.choices, name.strip())): self._code(
                asked.answered_with, value.strip()
            )
            for name, value in pairs.items()
        }


def formula_told() -> str:
    """Return what is said of a formula: it is told, never worked out."""
    return _("A formula stands here. Put what it says in its place.")


def said(asked: Field, error: CaseworkError) -> str:
    """Return a problem with the question it belongs to."""
    return _("%(question)s: %(problem)s") % {"question": _(asked.label), "problem": str(error)}


def _plain(asked: Field, cell: Json) -> str:
    """Return a text; a telephone that a spreadsheet took for a number gets its 0 again."""
    text = _text(cell)
    lost = asked.name in PHONES and text.isdecimal() and len(text) == 10 and text[0] != "0"
    return f"0{text}" if lost else text


def _text(cell: Json) -> str:
    if isinstance(cell, bool) or not isinstance(cell, (str, int, float)):
        raise NotAnAnswer(_("This answer cannot be read. Please give it again."))
    return str(cell)


def _number(cell: Json, *, whole: bool) -> Json:
    read: Callable[[str], int | float] = int if whole else float
    try:
        number = read(_text(cell).replace(",", ""))
    except ValueError:
        raise NotAnAnswer(_("Give a whole number.") if whole else _("Give a number.")) from None
    if isinstance(number, float) and not abs(number) < 1e300:
        raise NotAnAnswer(_("Give a number."))
    return number


def _several(cell: Json) -> list[str]:
    if isinstance(cell, list):
        return [_text(one).strip() for one in cell]
    return [one.strip() for one in _text(cell).split(";") if one.strip()]


def _items(cell: Json) -> Json:
    """Return answers to the questions of a pack: "alcohol: 12; crack: declined"."""
    pairs = cell.items() if isinstance(cell, dict) else _apart(cell)
    found: dict[str, Json] = {}
    for name, value in pairs:
        text = _text(value).strip()
        found[name.strip()] = int(text) if text.isdecimal() else text
    return found


def _apart(cell: Json) -> list[tuple[str, Json]]:
    apart = (one.partition(":") for one in _several(cell))
    return [(name, value) for name, _colon, value in apart]
