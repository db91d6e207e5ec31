# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Lines of a spreadsheet that were not taken in, with the reason beside each, to be mended.

Rules, each with a test:

* Each line stands as it stood, under the same names, and can be read again as it is once mended.
* No cell is a formula, in either kind of file.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from desktop_app.casework.records import Json
from desktop_app.casework.sheets.columns import LINE_COLUMN, WHY_COLUMN
from desktop_app.reports.table import harmless, of_rows

Left = tuple[int, str, Sequence[Json]]
"""A line: its number in the file it came from, why it was not taken in, its cells."""


def left_table(head: Sequence[str], lines: Iterable[Left]) -> bytes:
    """Return the lines as the bytes of a CSV file."""
    return of_rows(_head(head), (_cells(head, one) for one in lines))


def left_workbook(head: Sequence[str], lines: Iterable[Left]) -> bytes:
    """Return the lines as the bytes of a workbook."""
    import xlsxwriter  # noqa: PLC0415  slow to load

    made = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, plain)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, _head(head), bold)
    for place, one in enumerate(lines, 1):
        for column, cell in enumerate(_cells(head, one)):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(place, column, cell)
            elif cell not in (None, ""):
                sheet.write_string(place, column, str(harmless(cell)))
    sheet.freeze_panes(1, 0)
    sheet.set_column(len(head), len(head), 60)
    book.close()
    return made.getvalue()


def _head(head: Sequence[str]) -> list[str]:
    return [*head, WHY_COLUMN, LINE_COLUMN]


def _cells(head: Sequence[str], one: Left) -> list[Json]:
    number, why, cells = one
    padded = [*cells, *("" for _place in range(len(head) - len(cells)))][: len(head)]
    return [*padded, why, number]
