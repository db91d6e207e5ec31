# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Dates as people type and say them: "14 3 89", "thu 10:30", "-3d", "about 1989".

Rules, each with a test:

* Day before month, always. A month may be a word; a weekday given with a date must be its own.
* What stands without a year or with two figures of one is read towards the side asked for: the
  past for what happened, the future for what is planned.
* A weekday is never today: people say "today" for today.
* Whatever is typed, the answer is a date from 1900 to 2100, nothing, or one calm sentence.
* What was understood can be said back, and what is said back is understood the same.

Today is always passed in. Answers are ISO text; remembered dates are EDTF text ("1989~").
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from desktop_app.casework.calendar_words import (
    age,
    as_date,
    as_moment,
    month_name,
    months,
    say_age,
    say_born,
    say_date,
    say_days,
    say_long,
    say_moment,
    say_month,
    say_partial,
    say_short,
    say_whole,
    weekdays,
)
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _

__all__ = [
    "Lean",
    "Moment",
    "NotADate",
    "age",
    "as_date",
    "as_moment",
    "month_name",
    "read_date",
    "read_moment",
    "read_partial",
    "say_age",
    "say_born",
    "say_date",
    "say_days",
    "say_long",
    "say_moment",
    "say_month",
    "say_partial",
    "say_short",
    "say_whole",
]

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class NotADate(CaseworkError):
    """What was typed cannot be read as a date; its text says what can."""


class Lean(StrEnum):
    """To which side of today a date without its year is read."""

    PAST = "past"
    FUTURE = "future"


class Moment(NamedTuple):
    """A day, and perhaps a time of it."""

    day: date
    clock: time | None = None

    @property
    def iso(self) -> str:
        """Return it as it is stored: "2026-11-26" or "2026-11-26T10:00"."""
        if self.clock is None:
            return self.day.isoformat()
        return datetime.combine(self.day, self.clock).isoformat(timespec="minutes")


_SIGNED = re.compile(r"^([+-]) ?(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)?$")
_AGO = re.compile(r"^(\d{1,4}|an?|one) (day|week|month|year)s? ago$")
_AHEAD = re.compile(r"^in (\d{1,4}|an?|one) (day|week|month|year)s?$")
_ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th)\b")
_CLOCK = re.compile(r"^(?:(.*?)[ ,])?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?$")
_FOUR_FIGURES = re.compile(r"^(.*?)[ ,](\d{3,4})$")
_ABOUT = re.compile(r"^(?:about|around|approx|approximately|circa|ca|c|~) ?\.? ?")
_AGED = re.compile(r"^(?:aged? (\d{1,3})|(\d{1,3}) ?(?:y|yrs?|years?)(?: old)?)$")
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_NAMED_DAYS = {"today": 0, "tod": 0, "yesterday": -1, "yest": -1, "tomorrow": 1, "tom": 1}
_NOT_KNOWN = frozenset({"", "not known", "unknown", "nk", "n/k"})


def read_date(text: str, today: date, *, lean: Lean = Lean.PAST) -> date | None:
    """Return the date somebody typed; None when they typed nothing.

    Args:
        text: such as "14 3 89", "14 mar", "yesterday", "-3d", "thu".
        today: the day it is.
        lean: to which side of today a date without its year is read.

    Raises:
        NotADate: it cannot be read; the text says what can.
    """
    tidy = _tidy(text)
    if not tidy:
        return None
    try:
        found = _moved(tidy, today) or _weekday(tidy, today, lean=lean)
        found = found or _calendar(tidy, today, lean=lean)
    except (ValueError, OverflowError):
        found = None
    if found is None or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise NotADate(_("Type a day such as 14 3 89, 14 mar, thu, yesterday or -3d."))
    return found


def read_moment(text: str, now: datetime, *, lean: Lean = Lean.PAST) -> Moment | None:
    """Return the day, and perhaps the time, somebody typed; None when they typed nothing.

    Args:
        text: such as "thu 10", "tomorrow 9.30", "14 3 89 15:00", "15:04", "now".
        now: the day and time it is.
        lean: to which side of today a date without its year is read.

    Raises:
        NotADate: it cannot be read; the text says what can.
    """
    tidy = _tidy(re.sub(r"(?<=\d)T(?=\d)", " ", text))
    if not tidy:
        return None
    if tidy == "now":
        return Moment(now.date(), now.time().replace(second=0, microsecond=0))
    for head, clock in _clocks(tidy):
        try:
            day = read_date(head, now.date(), lean=lean) if head else now.date()
        except NotADate:
            continue
        if day is not None:
            return Moment(day, clock)
    try:
        day = read_date(tidy, now.date(), lean=lean)
    except NotADate:
        raise NotADate(_("Type a day and a time such as thu 10:30, 14 3 15:00 or now.")) from None
    return None if day is None else Moment(day)


def read_partial(text: str, today: date) -> str:
    """Return a remembered date as EDTF: "1989-03-14", "1989-03", "1989", "1989~"; "" if not known.

    Args:
        text: such as "14 3 89", "mar 1989", "1989", "about 1989", "aged 37", "not known".
        today: the day it is.

    Raises:
        NotADate: it cannot be read; the text says what can.
    """
    tidy = _tidy(text)
    if tidy in _NOT_KNOWN:
        return ""
    plain = _ABOUT.sub("", tidy)
    about = "~" if plain != tidy or plain.endswith("~") else ""
    plain = plain.removesuffix("~").strip()
    aged = _AGED.match(plain)
    if aged and (years := int(aged[1] or aged[2])) <= 120:
        return f"{today.year - years}~"
    try:
        found = _remembered(_parts(plain), today)
    except ValueError:
        found = ""
    if not found:
        raise NotADate(_("Type a day such as 14 3 89, a month such as mar 1989, or a year."))
    return found + about


def _tidy(text: str) -> str:
    """Return text in small letters, with single spaces and without ordinal endings."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("\u2212", "-")
    plain = " ".join(plain.replace(",", " ").split()).strip(" .;")
    return _ORDINAL.sub(r"\1", plain)


def _moved(tidy: str, today: date) -> date | None:
    """Read what is counted from today."""
    if tidy in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[tidy])
    if found := _SIGNED.match(tidy):
        count = int(found[2]) * (1 if found[1] == "+" else -1)
        return _shift(today, count, (found[3] or "d")[0])
    if found := _AGO.match(tidy) or _AHEAD.match(tidy):
        count = int(found[1]) if found[1].isdigit() else 1
        return _shift(today, -count if tidy.endswith("ago") else count, found[2][0])
    return None


def _shift(day: date, count: int, unit: str) -> date:
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _weekday(tidy: str, today: date, *, lean: Lean) -> date | None:
    """Read a weekday, alone or before a date or a day of the month."""
    first, _space, rest = tidy.partition(" ")
    if first in ("next", "last"):
        lean = Lean.FUTURE if first == "next" else Lean.PAST
        first, _space, rest = rest.partition(" ")
    wanted = _index(first, _WEEKDAYS, weekdays(), least=2)
    if wanted is None:
        return None
    step = 1 if lean is Lean.FUTURE else -1
    if not rest:
        days = (wanted - today.weekday()) * step % 7 or 7
        return today + timedelta(days=days * step)
    if rest.isdigit() and len(rest) <= 2:
        near = (today + timedelta(days=step * away) for away in range(366))
        return next((d for d in near if d.day == int(rest) and d.weekday() == wanted), None)
    found = _calendar(rest, today, lean=lean)
    return found if found is not None and found.weekday() == wanted else None


def _calendar(tidy: str, today: date, *, lean: Lean) -> date | None:
    """Read a date of the calendar, with or without its year."""
    if re.fullmatch(r"\d{6}|\d{8}", tidy):
        return _run_together(tidy, today, lean=lean)
    match _parts(tidy):
        case [day] if len(day) <= 2:
            return _nearest(today, lean=lean, day=int(day))
        case [one, other]:
            day, month = _day_first(one, other)
            return _nearest(today, lean=lean, day=int(day), month=_month(month))
        case [year, month, day] if len(year) == 4 and year.isdigit():
            return date(int(year), _month(month), int(day))
        case [one, other, year]:
            day, month = _day_first(one, other)
            return date(_year(year, today, lean=lean), _month(month), int(day))
        case _:
            return None


def _run_together(figures: str, today: date, *, lean: Lean) -> date:
    """Read "140389", "14031989" or "19890314"."""
    day, month, year = figures[:2], figures[2:4], figures[4:]
    if len(figures) == 8 and int(month) > 12:
        day, month, year = figures[6:], figures[4:6], figures[:4]
    return date(_year(year, today, lean=lean), int(month), int(day))


def _parts(tidy: str) -> list[str]:
    """Return the days, months and years of a date, whatever stands between them."""
    apart = re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", tidy)
    return [part for part in re.split(r"[ /.\-]+", apart) if part and part != "of"]


def _day_first(one: str, other: str) -> tuple[str, str]:
    return (other, one) if not one.isdigit() else (one, other)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    found = _index(text, _MONTHS, months(), least=3)
    if found is None:
        raise ValueError(text)
    return found + 1


def _index(text: str, *languages: tuple[str, ...], least: int) -> int | None:
    """Return which name begins with what was typed, in English or in the language in use."""
    if len(text) < least:
        return None
    for names in languages:
        for index, name in enumerate(names):
            if name.casefold().startswith(text):
                return index
    return None


def _year(text: str, today: date, *, lean: Lean) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        raise ValueError(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if lean is Lean.PAST and year > today.year else year


def _nearest(today: date, *, lean: Lean, day: int, month: int | None = None) -> date | None:
    """Return the nearest such day on the side asked for, today included."""
    step = 1 if lean is Lean.FUTURE else -1
    for away in range(9 * 12):
        months = today.year * 12 + today.month - 1 + step * away
        if month not in (None, months % 12 + 1):
            continue
        try:
            found = date(months // 12, months % 12 + 1, day)
        except ValueError:
            continue
        if (found - today).days * step >= 0:
            return found
    return None


def _clocks(tidy: str) -> Iterator[tuple[str, time | None]]:
    """Split a time off the end, in every way it can be meant."""
    head, _space, last = tidy.rpartition(" ")
    if last in _NAMED_TIMES:
        yield head.removesuffix(" at"), _NAMED_TIMES[last]
    if found := _CLOCK.match(tidy):
        head = (found[1] or "").removesuffix(" at").strip()
        bare = found[3] is None and found[4] is None
        clock = _clock(int(found[2]), int(found[3] or 0), found[4] or "")
        if clock is not None and not (bare and not _has_word(head)):
            yield head, clock
    if found := _FOUR_FIGURES.match(tidy):
        head, figures = found[1].removesuffix(" at"), int(found[2])
        a_year = EARLIEST_YEAR <= figures <= LATEST_YEAR and any(map(str.isdigit, head))
        clock = _clock(figures // 100, figures % 100, "")
        if clock is not None and not a_year and _has_word(head):
            yield head, clock


def _has_word(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _remembered(parts: list[str], today: date) -> str:
    """Return a year, a month or a day of the calendar; every one has its year."""
    match parts:
        case [figures] if figures.isdigit() and len(figures) in (6, 8):
            found, shown = _run_together(figures, today, lean=Lean.PAST), 10
        case [year] if len(year) == 4 or (len(year) == 2 and int(year) > 31):
            found, shown = date(_year(year, today, lean=Lean.PAST), 1, 1), 4
        case [year, month] if len(year) == 4 and year.isdigit():
            found, shown = date(int(year), _month(month), 1), 7
        case [month, year] if len(year) == 4 or int(year) > 31:
            found, shown = date(_year(year, today, lean=Lean.PAST), _month(month), 1), 7
        case [_one, _other, _third]:
            whole = _calendar(" ".join(parts), today, lean=Lean.PAST)
            found, shown = whole or date.min, 10
        case _:
            return ""
    return found.isoformat()[:shown] if EARLIEST_YEAR <= found.year <= LATEST_YEAR else ""
