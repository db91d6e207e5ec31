# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The week beside Today, from the same records: what is planned, booked, due and coming out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from desktop_app.casework.calendar_words import month_name, weekday_name
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date
from desktop_app.casework.due import CaseFile, Due, Group
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.whereabouts import days_to_release, setting_on
from desktop_app.casework.words import _, inside
from ui.pages.today_week import WeekDay, WeekEntry

LATER = 4
"""Things of next week that are shown."""


def week(
    coming: Sequence[Record],
    dues: Iterable[Due],
    files: Mapping[RecordId, CaseFile],
    *,
    today: date,
) -> tuple[list[WeekDay], list[WeekEntry]]:
    """Return the days of this week that are left, and the first things of next week.

    Args:
        coming: visits and appointments still to come.
        dues: what is due today.
        files: the case files, for names and releases; of several who are one, by each.
        today: the day.
    """
    each = list({file.client.id: file for file in files.values()}.values())  # a person once
    entries = [*_planned(coming, files), *_released(each, today), *_reviews(each, today)]
    entries += _limits(dues, today)
    end = today + timedelta(days=6 - today.weekday())
    days = []
    day = today
    while day <= end:
        on = sorted(
            (e for d, e in entries if d == day), key=lambda one: (one.time or "99", one.text)
        )
        if on or day == today or day.weekday() < 6:
            days.append(WeekDay(_named(day), tuple(on), today=day == today))
        day += timedelta(days=1)
    after = [(at, one) for at, one in entries if end < at <= end + timedelta(days=7)]
    later = [
        WeekEntry(one.key, _named(at), one.text, one.tone)
        for at, one in sorted(after, key=lambda pair: (pair[0], _by_time(pair[1])))
    ]
    return days, later[:LATER]


def _by_time(entry: WeekEntry) -> tuple[str, str]:
    """Return where a line stands in its day: by the clock, what has no time last."""
    return (entry.time or "99", entry.text)


def short_name(file: CaseFile | None) -> str:
    """Return a client's surname as the week writes it."""
    if file is None:
        return _("Client")
    surname = file.client.text("surname").strip()
    return surname.upper() if surname else file.name


def _planned(
    coming: Iterable[Record], files: Mapping[RecordId, CaseFile]
) -> list[tuple[date, WeekEntry]]:
    found = []
    for one in coming:
        visit = one.form == "visit"
        at = one.text("at" if visit else "booked_for")
        day = as_date(at)
        if day is None:
            continue
        choice = codes("visit_kind" if visit else "appointment_kind").find(one.text("kind"))
        word = _(choice.short or choice.label) if choice else _("Visit")
        people = one.answers.get("people")
        if visit and isinstance(people, list) and len(set(map(str, people))) > 1:
            word = _("joint visit")
        text = f"{short_name(files.get(one.client))}, {inside(word)}"
        key = f"client:{one.client.hex()}"
        found.append((day, WeekEntry(key, at[11:16], text, "info" if visit else "neutral")))
    return found


def _released(files: Iterable[CaseFile], today: date) -> list[tuple[date, WeekEntry]]:
    found = []
    for file in files:
        setting = setting_on(file.records, today)
        days = days_to_release(setting, today)
        if setting is None or days is None or days < 0 or setting.expected_release_on is None:
            continue
        text = _("%(name)s, released") % {"name": short_name(file)}
        time = setting.release_time[:5]
        clock = time if time[2:3] == ":" and time.replace(":", "").isdigit() else ""
        entry = WeekEntry(f"client:{file.client.id.hex()}", clock, text, "custody")
        found.append((setting.expected_release_on, entry))
    return found


def _reviews(files: Iterable[CaseFile], today: date) -> list[tuple[date, WeekEntry]]:
    found = []
    for file in files:
        for one in file.records:
            day = as_date(one.text("review_on")) if one.form == "alert" else None
            if day is None or day < today or one.text("ended_on"):
                continue
            text = _("%(name)s, alert review") % {"name": short_name(file)}
            found.append((day, WeekEntry(f"client:{file.client.id.hex()}", "", text, "bad")))
    return found


def _limits(dues: Iterable[Due], today: date) -> list[tuple[date, WeekEntry]]:
    """Return the visits whose limit ends this week."""
    found = []
    for due in dues:
        if due.group is not Group.VISITS or due.kind != "visit_due" or not due.order:
            continue
        left = due.order[0]
        if left < 0:
            continue  # it stands in the list, as late
        surname = due.name.split(",")[0]
        text = _("%(name)s, visit due") % {"name": surname}
        day = today + timedelta(days=left)
        found.append((day, WeekEntry(f"client:{due.client.hex()}", "", text, "warn")))
    return found


def _named(day: date) -> str:
    return f"{weekday_name(day)} {day.day}"


def long_day(day: date) -> str:
    """Return "Monday 23 November", for the head of the page."""
    return f"{weekday_name(day, whole=True)} {day.day} {month_name(day.month, whole=True)}"
