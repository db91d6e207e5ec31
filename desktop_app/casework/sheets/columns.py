# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Columns: which question each of them answers, guessed by its head and by what stands below.

Rules, each with a test:

* The line of the columns' names is found by itself, whatever title stands above it; where there is
  none, the columns are counted.
* No two columns answer the same question. A column nobody can place is left out, and said to be.
* What was chosen for a head like this one before goes before every guess.
* A guess is only offered: a person sees it, with what stands below, and can change it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from desktop_app.casework.forms import Field, FieldType, Form, forms
from desktop_app.casework.names import fold
from desktop_app.casework.records import Json
from desktop_app.casework.sheets.words import shipped
from desktop_app.casework.words import _

NAME, REF, SURNAME, FORENAME, BORN = "@name", "@ref", "@surname", "@forename", "@born"
WHO = (NAME, SURNAME, FORENAME, BORN, REF)
CLOCK = ".time"
LOOKED_AT, SAMPLE = 25, 40
WHY_COLUMN, LINE_COLUMN = "Tandem: why not", "Tandem: line"
"""What a file of lines that were not taken in has beside its own columns."""
_POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$", re.IGNORECASE)
_PHONE = re.compile(r"^\+?[\d ()-]{9,17}$")
_DATED = re.compile(r"^\d{1,2}[ ./-]+(\d{1,2}|[A-Za-z]{3,9})[ ./-]+(\d{4}|\d{2})$|^\d{4}-\d\d-\d\d")
_NAMED = re.compile(r"^[^\W\d][^,\d]+, ?[^\W\d][^,\d]*$")
_ADULT_BORN = 16
_OF_ANYBODY = ("surname", "forename", "born")
_NOT = ("attachment", "reach")
"""Forms whose records only make sense beside something else."""
_MOSTLY = 0.6
_EXACT, _WITHIN = 100, 10


class Target(NamedTuple):
    """What a column can answer: its name, in words, and the question of the form, if it is one."""

    name: str
    label: str
    field: Field | None


def targets(form: Form) -> list[Target]:
    """Return what the columns of a sheet can answer, whom a line is about first."""
    found = [Target(name, _who_words(name), None) for name in WHO if form.name != "client"]
    if form.name == "client":
        found = [Target(NAME, _who_words(NAME), None)]
    for one in form.field:
        if not plain(one):
            continue
        found.append(Target(one.name, _(one.label), one))
        if one.type is FieldType.DATETIME:
            words = _("%(question)s: time of day") % {"question": _(one.label)}
            found.append(Target(one.name + CLOCK, words, one))
    return found


def plain(field: Field) -> bool:
    """Say whether a question can be answered by a cell."""
    return field.appearance != "hidden" and field.type not in (
        FieldType.RECORD,
        FieldType.SELECT_EACH,
    )


def takes_sheets(form: Form) -> bool:
    """Say whether records of a form can come from a spreadsheet."""
    told = all(plain(one) or not one.required for one in form.field)
    return bool(form.lane and form.happened and told and not form.sealed and form.name not in _NOT)


def header_row(rows: Sequence[Sequence[Json]]) -> int | None:
    """Return the place of the line that names the columns; None where there is none.

    Args:
        rows: the first lines of the sheet.
    """
    known = _known_heads()
    best, score = None, 0
    for place, row in enumerate(rows[:LOOKED_AT]):
        said = [fold(str(cell)) for cell in row if cell not in (None, "")]
        found = len({one for one in said if one in known})
        if found > score:
            best, score = place, found
    if best is not None:
        return best
    filled = [place for place, row in enumerate(rows[:LOOKED_AT]) if _filled(row)]
    if not filled:
        return None
    first = rows[filled[0]]
    is_data = any(_DATED.match(str(cell)) or isinstance(cell, int | float) for cell in first)
    return None if is_data else filled[0]


def names(row: Sequence[Json] | None, wide: int) -> list[str]:
    """Return what the columns are called, each once, counted where they have no name."""
    said = [" ".join(str(cell).split()) if cell is not None else "" for cell in row or ()]
    said += [""] * (wide - len(said))
    found: list[str] = []
    for place, one in enumerate(said):
        name = one or _("Column %(n)d") % {"n": place + 1}
        while name in found:
            name = f"{name} ({place + 1})"
        found.append(name)
    return found


def fingerprint(form: Form, head: Sequence[str]) -> str:
    """Return the mark of a head, whatever order its columns stand in."""
    said = "\n".join(sorted(fold(one) for one in head if one not in (WHY_COLUMN, LINE_COLUMN)))
    digest = blake2b(f"{form.name}\n{said}".encode(), digest_size=12, person=b"tandem-sheets")
    return digest.hexdigest()


def guess(
    form: Form,
    head: Sequence[str],
    rows: Sequence[Sequence[Json]],
    *,
    this_year: int,
    chosen: Mapping[str, str] | None = None,
) -> dict[int, str]:
    """Return what each column seems to answer, by its place.

    Args:
        form: what each line is.
        head: what the columns are called.
        rows: some of the lines below.
        this_year: the year it is.
        chosen: what was chosen before for a head like this, by the folded name of a column.
    """
    offered = targets(form)
    if chosen is not None:
        known = {one.name for one in offered}
        held = {place: chosen.get(fold(name), "") for place, name in enumerate(head)}
        return {place: name for place, name in held.items() if name in known}
    scored = []
    for place, name in enumerate(head):
        if name in (WHY_COLUMN, LINE_COLUMN):
            continue
        below = [str(row[place]).strip() for row in rows[:SAMPLE] if _has(row, place)]
        seems = _seems(below, this_year)
        for order, one in enumerate(offered):
            score = _score(form, one, fold(name))
            score += 5 if seems and seems == one.name.removeprefix("@") else 0
            if score:
                scored.append((-score, order, place, one.name))
    found: dict[int, str] = {}
    for _score_of, _order, place, target in sorted(scored):
        if place not in found and target not in found.values():
            found[place] = target
    return found


def guess_form(offered: Sequence[Form], head: Sequence[str]) -> Form:
    """Return the form most of the columns are questions of; the first where none is nearest."""
    said = [fold(one) for one in head]

    def answered(form: Form) -> int:
        told = [one for one in targets(form) if one.field and one.name not in _OF_ANYBODY]
        return sum(any(_score(form, one, name) >= _EXACT for one in told) for name in said)

    return max(offered, key=answered)


def _score(form: Form, target: Target, head: str) -> int:
    words = _words_of(form, target)
    if head in words:
        return _EXACT
    within = [len(one.split()) for one in words if len(one) > 2 and f" {one} " in f" {head} "]
    return _WITHIN + max(within) if within else 0


@cache
def _words_of(form: Form, target: Target) -> frozenset[str]:
    said = shipped().columns
    bare = target.name.removeprefix("@")
    written = [*said.get(f"{form.name}.{bare}", ()), *said.get(target.name, ())]
    if target.name.startswith("@"):
        written += said.get(bare, ())
    own = [target.name.replace("_", " ")]
    if target.field is not None and not target.name.endswith(CLOCK):
        own += [target.field.label, _(target.field.label), target.field.name]
    return frozenset(fold(one) for one in (*written, *own)) - {""}


@cache
def _known_heads() -> frozenset[str]:
    shown = (one.label for form in forms().values() if form.lane for one in form.field)
    written = (words for all_ in shipped().columns.values() for words in all_)
    return frozenset(fold(one) for one in (*written, *shown))


def _seems(below: Sequence[str], this_year: int) -> str:
    """Return what a column answers by what stands in it alone; "" where that does not say."""
    if not below:
        return ""

    def mostly(fits: Iterator[bool]) -> bool:
        return sum(fits) >= _MOSTLY * len(below)

    if mostly(bool(_POSTCODE.match(one)) for one in below):
        return "postcode"
    if mostly(bool(_DATED.match(one)) for one in below):
        years = sorted(_year(one, this_year) for one in below)
        return "born" if years[len(years) // 2] <= this_year - _ADULT_BORN else ""
    if mostly(bool(_PHONE.match(one)) for one in below):
        return "phone"
    return "name" if mostly(bool(_NAMED.match(one)) for one in below) else ""


def _year(text: str, this_year: int) -> int:
    figures = re.findall(r"\d{4}", text)
    if figures:
        return int(figures[0])
    last = re.findall(r"\d{2}", text)
    year = this_year // 100 * 100 + int(last[-1]) if last else this_year
    return year - 100 if year > this_year else year


def _has(row: Sequence[Json], place: int) -> bool:
    return place < len(row) and row[place] not in (None, "")


def _filled(row: Sequence[Json]) -> bool:
    return sum(cell not in (None, "") for cell in row) > 1


def _who_words(name: str) -> str:
    return {
        NAME: _("Whole name"),
        SURNAME: _("Client's surname"),
        FORENAME: _("Client's first name"),
        BORN: _("Client's date of birth"),
        REF: _("Client's reference"),
    }[name]
