# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tables: a sheet, or any rows, as CSV.

Rules, each with a test:

* A spreadsheet never takes an answer for a formula: a text that begins like one gets an
  apostrophe, as a person would type it. That holds for "+44" telephone numbers too.
* How many cells were changed that way is said in the table's last line.
* UTF-8 with a byte order mark, so that Excel reads every letter; lines end as CSV's do.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from desktop_app.casework.dates import say_date
from desktop_app.casework.letters import like_a_formula, without_marks
from desktop_app.casework.words import _, ngettext
from desktop_app.reports.sheet import Sheet


def table(sheet: Sheet) -> bytes:
    """Return a sheet as the bytes of a CSV file: one row an answer or an event."""
    rows: list[tuple[str, ...]] = [
        (sheet.title, "", fact.label, fact.value, "") for fact in sheet.banner
    ]
    for section in sheet.sections:
        rows += [(section.title, "", fact.label, fact.value, "") for fact in section.facts]
        rows += [
            (section.title, entry.when, entry.title, entry.place, entry.text)
            for entry in section.entries
        ]
        rows += [
            (section.title, say_date(one.on.isoformat()), course.trend.item.label, one.said, "")
            for course in section.courses
            for one in course.trend.points
        ]
        if not section.facts and not section.entries and not section.courses:
            rows.append((section.title, "", "", section.empty, ""))
    head = (_("Part"), _("When"), _("What"), _("Answer"), _("Text"))
    about = [(sheet.marking, "", sheet.name, "", sheet.made)]
    whole = [*about, *rows]
    changed = guarded(whole)
    if changed:
        words = ngettext(
            "%(n)d cell began like a formula and got an apostrophe.",
            "%(n)d cells began like a formula and got an apostrophe.",
            changed,
        )
        whole.append((_("About this table"), "", "", "", words % {"n": changed}))
    return of_rows(head, whole)


def of_rows(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows under a head as the bytes of a CSV file."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(one) for one in head])
    writer.writerows([harmless(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(rows: Iterable[Sequence[object]]) -> int:
    """Return how many cells of some rows get an apostrophe."""
    return sum(isinstance(one, str) and like_a_formula(one) for row in rows for one in row)


def harmless(value: object) -> object:
    """Return a value as it may stand in a cell; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    plain = without_marks(value)
    return "'" + plain if like_a_formula(plain) else plain
