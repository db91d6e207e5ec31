# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How a sheet is to be read: what it offers by itself, and what a person changed of it.

Rules, each with a test:

* A file can be read as soon as it is open: sheet, line of names, kind of record and columns are
  offered. Whatever of it is changed, the rest is offered anew.
* What was chosen for a head like this one before is offered first.
* What a record must say and no column answers is asked once, for every line.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from desktop_app.casework import audience
from desktop_app.casework.forms import Field, FieldType, Form, form, forms
from desktop_app.casework.names import fold
from desktop_app.casework.people import Person
from desktop_app.casework.records import Answers
from desktop_app.casework.sheets import columns
from desktop_app.casework.sheets.lines import Row
from desktop_app.casework.words import _
from ui.sheets.taking_in import Plan
from ui.sheets.workbook import Workbook

SAMPLE = 60
FIRST = ("client", "cohort", "arrest", "appointment", "treatment", "support", "note")
_FOLLOWS = {"offence_group": "offence", "state": "booked_for"}
"""What a line may leave out where another of its columns says it."""
Remembered = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Setup:
    """One sheet of a file, and how it is read.

    Attributes:
        book: the file.
        sheet: which of its sheets.
        rows: its first lines.
        form: what each line is.
        head: number of the line that names the columns; 0 where there is none.
        columns: what each column answers, by its place.
        fixed: what every line answers that has no column for it.
        remembered: what was chosen before, by the mark of a head.
        year: the year it is.
    """

    book: Workbook
    sheet: str
    rows: tuple[Row, ...]
    form: Form
    head: int
    columns: Mapping[int, str]
    fixed: Answers = field(default_factory=dict)
    remembered: Remembered = field(default_factory=dict)
    year: int = 0

    @property
    def names(self) -> list[str]:
        """Return what the columns are called."""
        wide = max((len(row.cells) for row in self.rows), default=0)
        named = next((row.cells for row in self.rows if row.number == self.head), None)
        return columns.names(named, wide)

    @property
    def known(self) -> bool:
        """Say whether a head like this was read before."""
        return columns.fingerprint(self.form, self.names) in self.remembered

    def below(self, place: int, most: int = 3) -> list[str]:
        """Return some of what stands in a column."""
        cells = (row.cells[place] for row in self._under() if place < len(row.cells))
        said = dict.fromkeys(str(one) for one in cells if one not in (None, ""))
        return list(islice(said, most))

    def as_form(self, name: str) -> "Setup":
        """Return it with each line read as another kind of record."""
        return replace(self, form=form(name), fixed={}).guessed()

    def with_head(self, number: int) -> "Setup":
        """Return it with its columns named by another line; by none with 0."""
        return replace(self, head=number).guessed()

    def with_column(self, place: int, target: str) -> "Setup":
        """Return it with a column that answers something else, or nothing with ""."""
        kept = {at: name for at, name in self.columns.items() if at != place and name != target}
        return replace(self, columns={**kept, place: target} if target else kept)

    def with_fixed(self, name: str, code: str) -> "Setup":
        """Return it with one answer for every line, or none with ""."""
        kept: Answers = {one: value for one, value in self.fixed.items() if one != name}
        return replace(self, fixed={**kept, name: code} if code else kept)

    def guessed(self) -> "Setup":
        """Return it with its columns offered anew."""
        named = self.names
        chosen = self.remembered.get(columns.fingerprint(self.form, named))
        below = [row.cells for row in self._under()]
        guessed = columns.guess(self.form, named, below, this_year=self.year, chosen=chosen)
        return replace(self, columns=guessed)

    def asked_once(self) -> list[Field]:
        """Return the questions every line answers alike, because no column does."""
        answered = set(self.columns.values())
        return [
            one
            for one in self.form.field
            if one.required
            and one.type is FieldType.SELECT_ONE
            and one.name not in answered
            and _FOLLOWS.get(one.name) not in answered
        ]

    def lacks(self) -> list[str]:
        """Return what keeps it from being read, in words."""
        answered = set(self.columns.values())
        who = {columns.NAME, columns.SURNAME, columns.FORENAME, columns.REF}
        if self.form.name == "client":
            who = {columns.NAME, "surname", "forename", "known_as"}
        found = [] if answered & who else [_("No column says whom a line is about.")]
        for one in self.form.field:
            lacking = one.required and one.name not in {*answered, *self.fixed}
            if lacking and _FOLLOWS.get(one.name) not in answered:
                words = _("Nothing answers “%(question)s”.")
                found.append(words % {"question": _(one.label)})
        return found

    def chosen(self) -> tuple[str, dict[str, str]]:
        """Return what is to be remembered: the mark of the head, and what its columns answer."""
        named = self.names
        said = {fold(name): self.columns.get(place, "") for place, name in enumerate(named)}
        return columns.fingerprint(self.form, named), said

    def plan(self) -> Plan:
        """Return how it is to be read."""
        return Plan(self.form, self.book, self.sheet, self.head, self.columns, self.fixed)

    def _under(self) -> list[Row]:
        return [row for row in self.rows if row.number > self.head and not row.wrong]


def offered(person: Person) -> list[Form]:
    """Return the kinds of records somebody may take in from a sheet, the commonest first."""
    held = [
        one
        for one in forms().values()
        if columns.takes_sheets(one)
        and audience.may_write(one, person.roles)
        and audience.may_hold(audience.audience_for(one), person)
    ]
    order = {name: place for place, name in enumerate(FIRST)}
    return sorted(held, key=lambda one: (order.get(one.name, len(FIRST)), _(one.plural)))


def begin(
    book: Workbook,
    among: Sequence[Form],
    *,
    year: int,
    remembered: Remembered,
    sheet: str = "",
    as_form: str = "",
) -> Setup:
    """Return how a file is offered to be read.

    Raises:
        TableUnreadable: nothing stands in it, or it cannot be read.
    """
    sheet = sheet or book.sheets[0]
    rows = tuple(islice(book.rows(sheet), SAMPLE))
    place = columns.header_row([row.cells for row in rows])
    head = rows[place].number if place is not None else 0
    named = rows[place].cells if place is not None else ()
    wide = max((len(row.cells) for row in rows), default=0)
    head_names = columns.names(named, wide)
    known = next((o for o in among if columns.fingerprint(o, head_names) in remembered), None)
    read_as = form(as_form) if as_form else known or columns.guess_form(among, head_names)
    made = Setup(book, sheet, rows, read_as, head, {}, {}, remembered, year)
    return made.guessed()
