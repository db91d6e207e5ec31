# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Days in the cells of a spreadsheet: "14/3/89", "14-Mar-1989", "1989-03-14 00:00:00", 32581.

Rules, each with a test:

* The day stands before the month. Where it cannot, because the month would be over twelve, that is
  said and nothing is guessed.
* A whole number of five figures is a day as Excel counts them, from the end of 1899.
* A day without its year is refused: nobody knows when the sheet was written.
* Two figures of a year: of a birth the past; else at most twenty years ahead.
"""

import re
from datetime import date, datetime, timedelta

from desktop_app.casework.dates import Moment, NotADate, read_date, read_moment, read_partial
from desktop_app.casework.records import Json
from desktop_app.casework.words import _

EXCEL_ZERO = date(1899, 12, 30)
FIRST, LAST = 10_000, 73_050
"""The numbers read as days: from 1927 to 2099."""
AHEAD = 20
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?Z?$", re.IGNORECASE)
_NO_YEAR = re.compile(r"^\d{1,2}([ ./\-]+\d{1,2}|[ ./\-]*[^\W\d]{3,9})?$")
_MONTH_FIRST = re.compile(r"^(\d{1,2})[ ./\-](\d{1,2})[ ./\-](\d{2}|\d{4})$")
_SHORT_YEAR = re.compile(r"^(\d{1,2}[ ./\-]+(?:\d{1,2}|[^\W\d]{3,9})[ ./\-]+)(\d{2})(?=$| )")
_SERIAL = re.compile(r"^(\d{5})(?:\.0+)?$")
_SERIAL_MOMENT = re.compile(r"^(\d{5})\.(\d+)$")


def read_day(cell: Json, today: date) -> date | None:
    """Return the day that stands in a cell; None when nothing does.

    Raises:
        NotADate: it cannot be read; the text says what can.
    """
    text = _plain(cell)
    if found := _SERIAL.match(text):
        return _serial(int(found[1]))
    _refuse_half(text)
    return read_date(_with_year(text, today), today)


def read_birth(cell: Json, today: date) -> str:
    """Return a date of birth as EDTF text; "" when it is not known.

    Raises:
        NotADate: it cannot be read; the text says what can.
    """
    text = _plain(cell)
    if found := _SERIAL.match(text):
        return _serial(int(found[1])).isoformat()
    if _NO_YEAR.match(text):
        raise NotADate(_("Give the year of birth in four figures."))
    _refuse_half(text)
    return read_partial(text, today)


def read_time_of(cell: Json, clock: Json, now: datetime) -> Moment | None:
    """Return the day and time that stand in one cell, or in two beside each other.

    Raises:
        NotADate: it cannot be read, or has no time; the text says what can.
    """
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    if found := _SERIAL_MOMENT.match(text):
        day = _serial(int(found[1]))
        minutes = round(float(f"0.{found[2]}") * 24 * 60)
        moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
        return Moment(moment.date(), moment.time())
    if (at := "" if clock is None else str(clock).strip()) and (
        day_alone := read_day(cell, now.date())
    ):
        found_at = read_moment(f"{day_alone.isoformat()} {_minutes(at)}", now)
    else:
        found_at = read_moment(_minutes(_with_year(text, now.date())), now)
    if found_at is not None and found_at.clock is None:
        raise NotADate(_("Give the time as well, such as 14 3 2026 10:30."))
    return found_at


def _plain(cell: Json) -> str:
    text = "" if cell is None else str(cell).strip()
    return _MIDNIGHT.sub("", text)


def _minutes(text: str) -> str:
    """Return a time without its seconds."""
    return re.sub(r"(\d{1,2}:\d{2}):\d{2}(\.\d+)?$", r"\1", text)


def _serial(number: int) -> date:
    if not FIRST <= number <= LAST:
        raise NotADate(_("Type a day such as 14 3 89, 14 mar, thu, yesterday or -3d."))
    return EXCEL_ZERO + timedelta(days=number)


def _refuse_half(text: str) -> None:
    if _NO_YEAR.match(text):
        raise NotADate(_("Give the year as well."))
    found = _MONTH_FIRST.match(text)
    if found and int(found[2]) > 12 >= int(found[1]):
        raise NotADate(_("The month seems to stand first here. Tandem reads the day first."))


def _with_year(text: str, today: date) -> str:
    """Return a date with all four figures of its year."""

    def whole(found: re.Match[str]) -> str:
        year = today.year // 100 * 100 + int(found[2])
        return f"{found[1]}{year - 100 if year > today.year + AHEAD else year}"

    return _SHORT_YEAR.sub(whole, text)
