# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables from elsewhere: the lines of a CSV or JSON lines file, as they stand in it.

Rules, each with a test:

* UTF-8, with or without a byte order mark; anything else is refused in words, never guessed at.
* Columns are separated by commas, semicolons or tabs, as the first line says.
* Every line keeps its number in the file, so that it can be found and put right.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

import msgspec

from desktop_app.casework.answers import is_empty
from desktop_app.casework.records import Json
from desktop_app.casework.sheets.cells import TableUnreadable
from desktop_app.casework.words import _

LARGEST = 64 << 20
_ROW = msgspec.json.Decoder(dict[str, object])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table.

    Attributes:
        number: of the line in the file, from 1.
        cells: what stands in it, by the name of the column; empty cells are left out.
        wrong: why the line cannot be read at all; empty when it can.
    """

    number: int
    cells: Mapping[str, Json]
    wrong: str = ""


def lines(raw: bytes) -> list[Line]:
    """Return the lines of a table.

    Raises:
        TableUnreadable: it is too large, not UTF-8, or has no line of column names.
    """
    if len(raw) > LARGEST:
        raise TableUnreadable(_("This file is too large. Nothing was taken in."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableUnreadable(
            _("This file is not in UTF-8. Save it again as CSV UTF-8. Nothing was taken in.")
        ) from None
    if not text.strip():
        raise TableUnreadable(_("This file is empty. Nothing was taken in."))
    if text.lstrip().startswith("{"):
        return list(_json_lines(text))
    return list(_csv_lines(text))


def _json_lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            cells = _ROW.decode(line)
        except (msgspec.MsgspecError, RecursionError):
            yield Line(number, {}, _("This line is not a JSON object."))
        else:
            said = {name: _json(value) for name, value in cells.items()}
            yield Line(number, {name: one for name, one in said.items() if not is_empty(one)})


def _json(value: object) -> Json:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [_json(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _json(one) for name, one in value.items()}
    return str(value)


def _csv_lines(text: str) -> Iterator[Line]:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        head = [one.strip() for one in next(rows)]
        if not all(head) or len(set(head)) != len(head):
            raise TableUnreadable(
                _("The first line must name every column once. Nothing was taken in.")
            )
        number = rows.line_num + 1
        for row in rows:
            if any(one.strip() for one in row):
                yield _line(number, head, row)
            number = rows.line_num + 1
    except csv.Error:
        raise TableUnreadable(
            _("The quotation marks in this file do not match. Nothing was taken in.")
        ) from None


def _line(number: int, head: list[str], row: list[str]) -> Line:
    if len(row) > len(head):
        return Line(number, {}, _("This line has more columns than the first one."))
    named = zip(head, row, strict=False)
    return Line(number, {name: cell.strip() for name, cell in named if cell.strip()})
