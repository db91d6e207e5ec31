# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Dates said back in words: "Tue 14 Mar 1989", "37y", "in 3 days".

Months stand as letters, so that nobody has to guess which figure is the month. What is not a date
is said back as it was given: no stored answer, however odd, makes a page fail.
"""

import re
from datetime import date, datetime

from desktop_app.casework.words import _, ngettext

_EDTF = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~?)$")


def months() -> tuple[str, ...]:
    """Return the names of the months in the language in use."""
    spring = (_("January"), _("February"), _("March"), _("April"), _("May"), _("June"))
    autumn = (_("July"), _("August"), _("September"), _("October"), _("November"), _("December"))
    return spring + autumn


def weekdays() -> tuple[str, ...]:
    """Return the names of the weekdays in the language in use, Monday first."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )


def month_name(month: int, *, whole: bool = False) -> str:
    """Return the name of a month, 1 to 12, or its first three letters."""
    name = months()[month - 1]
    return name if whole else name[:3]


def weekday_name(day: date, *, whole: bool = False) -> str:
    """Return the weekday of a date, or its first three letters."""
    name = weekdays()[day.weekday()]
    return name if whole else name[:3]


def say_date(iso: str) -> str:
    """Return "Tue 14 Mar 1989"."""
    day = as_date(iso)
    return iso if day is None else f"{_day(day)} {day.year}"


def say_long(iso: str) -> str:
    """Return "14 March 1989", for letters."""
    day = as_date(iso)
    if day is None:
        return iso
    return f"{day.day} {month_name(day.month, whole=True)} {day.year}"


def say_short(iso: str, today: date) -> str:
    """Return "Tue 14 Mar"; with its year when that is not this year."""
    day = as_date(iso)
    if day is None:
        return iso
    return _day(day) if day.year == today.year else f"{_day(day)} {day.year}"


def say_moment(iso: str, today: date) -> str:
    """Return "Thu 26 Nov, 10:00"; without a time just the day."""
    moment = as_moment(iso)
    if moment is None:
        return say_short(iso, today)
    return f"{say_short(iso[:10], today)}, {moment:%H:%M}"


def say_whole(iso: str) -> str:
    """Return "Thu 26 Nov 2026, 10:00", for what is kept for years; without a time just the day."""
    moment = as_moment(iso)
    return say_date(iso) if moment is None else f"{say_date(iso[:10])}, {moment:%H:%M}"


def say_month(iso: str) -> str:
    """Return "November 2026"."""
    day = as_date(iso)
    return iso if day is None else f"{month_name(day.month, whole=True)} {day.year}"


def say_partial(edtf: str) -> str:
    """Return a remembered date in words: "14 Mar 1989", "Mar 1989", "about 1989", "Not known"."""
    if not edtf:
        return _("Not known")
    found = _EDTF.match(edtf)
    if not found or not 1 <= int(found[2] or 1) <= 12:
        return edtf
    said = " ".join(
        part
        for part in (
            str(int(found[3])) if found[3] else "",
            month_name(int(found[2])) if found[2] else "",
            found[1],
        )
        if part
    )
    return _("about %(date)s") % {"date": said} if found[4] else said


def age(dob: str, on: date) -> int | None:
    """Return how many years somebody is old on a day; None when it cannot be said.

    A month or a year alone gives the age they have reached for certain.
    """
    found = _EDTF.match(dob)
    if not found:
        return None
    month, day = int(found[2] or 12), int(found[3] or 31)
    years = on.year - int(found[1]) - ((on.month, on.day) < (month, day))
    return years if 0 <= years <= 130 else None


def say_age(dob: str, on: date) -> str:
    """Return "37y", "about 37y" when only the month or the year is known, or ""."""
    years = age(dob, on)
    if years is None:
        return ""
    if len(dob) == 10:
        return _("%(n)dy") % {"n": years}
    return _("about %(n)dy") % {"n": on.year - int(dob[:4]) if len(dob) < 7 else years}


def say_born(dob: str, on: date) -> str:
    """Return "14 Mar 1989 (37y)" for the banner; "Not known" when it is not."""
    years = say_age(dob, on)
    return f"{say_partial(dob)} ({years})" if years else say_partial(dob)


def say_days(day: date, today: date) -> str:
    """Return how far a day is: "today", "tomorrow", "in 3 days", "yesterday", "3 days ago"."""
    away = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if away in near:
        return near[away]
    if away > 0:
        return ngettext("in %(n)d day", "in %(n)d days", away) % {"n": away}
    return ngettext("%(n)d day ago", "%(n)d days ago", -away) % {"n": -away}


def as_date(iso: str) -> date | None:
    """Return the day of ISO text, with or without a time; None when it is none."""
    try:
        return date.fromisoformat(iso[:10]) if len(iso) in (10, 16) else None
    except ValueError:
        return None


def as_moment(iso: str) -> datetime | None:
    """Return the day and time of ISO text; None when it has no time."""
    try:
        return datetime.fromisoformat(iso) if len(iso) == 16 and iso[10] == "T" else None
    except ValueError:
        return None


def _day(day: date) -> str:
    return f"{weekday_name(day)} {day.day} {month_name(day.month)}"
