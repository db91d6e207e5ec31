# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in a table, read as answers to a form.

Rules, each with a test:

* A column is a field's name or its label; a column that is neither is refused by name, so that
  nothing is left out unnoticed.
* Dates are read as people write them; a choice is its code or its label; several are separated by
  semicolons.
* Nothing is filled in that the file does not say.
* Every problem of a line is named, with the question it belongs to; none is guessed away.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import NotADate, read_date, read_moment, read_partial
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import Field, FieldType, Form
from desktop_app.casework.names import fold
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Json
from desktop_app.casework.words import _
from ui.commands.table_lines import TableUnreadable

CLIENT_COLUMN = "client_ref"
"""The column that says, by reference, which client a record is about."""


class NotAnAnswer(CaseworkError):
    """What stands in a cell cannot be read as an answer to its question."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads cells as answers of one form.

    Attributes:
        form: the form.
        now: the day and time it is, for dates as people write them.
        team: whose names may stand in the table.
    """

    form: Form
    now: datetime
    team: Team

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
            field = known.get(fold(name))
            if field is None:
                raise TableUnreadable(
                    _("The form has no question “%(column)s”. Nothing was taken in.")
                    % {"column": name}
                )
            if field in found.values():
                raise TableUnreadable(
                    _("Two columns answer “%(question)s”. Nothing was taken in.")
                    % {"question": _(field.label)}
                )
            found[name] = field
        return found

    def answers(
        self, cells: Mapping[str, Json], columns: Mapping[str, Field]
    ) -> tuple[Answers, dict[str, str]]:
        """Return the answers of a line, and for each field that cannot be read, why."""
        answers: Answers = {}
        wrong = {}
        for name, cell in cells.items():
            field = columns.get(name)
            if field is None:
                continue
            try:
                answers[field.name] = self.answer(field, cell)
            except CaseworkError as error:
                words = {"question": _(field.label), "problem": str(error)}
                wrong[field.name] = _("%(question)s: %(problem)s") % words
        return answers, wrong

    def answer(self, field: Field, cell: Json) -> Json:
        """Return a cell as an answer.

        Raises:
            CaseworkError: it cannot be read, in words.
        """
        readers: Mapping[FieldType, Callable[[], Json]] = {
            FieldType.TEXT: lambda: _text(cell),
            FieldType.RECORD: lambda: _text(cell),
            FieldType.TEXTS: lambda: list(_several(cell)),
            FieldType.INTEGER: lambda: _number(cell, whole=True),
            FieldType.DECIMAL: lambda: _number(cell, whole=False),
            FieldType.DATE: lambda: self._date(_text(cell)),
            FieldType.DATETIME: lambda: self._moment(_text(cell)),
            FieldType.PARTIAL_DATE: lambda: read_partial(_text(cell), self.now.date()),
            FieldType.SELECT_ONE: lambda: _code(field.choices, _text(cell)),
            FieldType.SELECT_MULTIPLE: lambda: [
                _code(field.choices, one) for one in _several(cell)
            ],
            FieldType.SELECT_EACH: lambda: _each(field, cell),
            FieldType.PERSON: lambda: self._person(_text(cell)),
            FieldType.PEOPLE: lambda: [self._person(one) for one in _several(cell)],
        }
        return readers[field.type]()

    def _date(self, text: str) -> Json:
        day = read_date(text, self.now.date())
        return None if day is None else day.isoformat()

    def _moment(self, text: str) -> Json:
        moment = read_moment(text, self.now)
        if moment is None or moment.clock is None:
            raise NotADate(_("Give the time as well, such as 14 3 2026 10:30."))
        return moment.iso

    def _person(self, text: str) -> str:
        found = [one.id for one in self.team.persons.values() if fold(one.name) == fold(text)]
        if text in self.team.persons:
            return text
        if len(found) != 1:
            raise NotAnAnswer(_("Nobody in the team has this name."))
        return found[0]


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


def _code(list_name: str, text: str) -> str:
    offered = codes(list_name)
    if offered.find(text) is not None:
        return text
    found = [
        one.code
        for one in offered.code
        if fold(text) in (fold(_(one.label)), fold(_(one.short or one.label)), fold(one.code))
    ]
    if len(found) != 1:
        raise NotAnAnswer(_("Choose one of the answers offered."))
    return found[0]


def _each(field: Field, cell: Json) -> Json:
    if isinstance(cell, dict):
        pairs = {name: _text(value) for name, value in cell.items()}
    else:
        apart = (one.partition(":") for one in _several(cell))
        pairs = {name: value for name, _colon, value in apart}
    return {
        _code(field.choices, name.strip()): _code(field.answered_with, value.strip())
        for name, value in pairs.items()
    }
