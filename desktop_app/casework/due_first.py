# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What comes first: safety alerts nobody may miss, alerts to look at again, notes to be read.

Rules, each with a test:

* A new alert is shown to whoever stands by the client and to whoever goes there today, until they
  say they have read it; never to the one who set it.
* An alert is to be looked at again by the one who set it and by the key worker, a few days before
  its review day and for as long as it has not ended. It never ends by itself.
* A note for somebody's attention is shown until they say they have read it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from desktop_app.casework.alerts import GRAVE, Alert, live_alerts
from desktop_app.casework.assignments import KEY_WORKER
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_days, say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.due_planned import first_planned_today
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, inside


@dataclass(frozen=True, slots=True)
class Note:
    """What these rules need of a case note."""

    form: ClassVar[str] = "note"
    record: Record
    headline: str
    happened_at: datetime | None
    for_people: tuple[str, ...]


def first(file: CaseFile, look: Look) -> list[Due]:
    """Return what comes first about one client."""
    return [*_new_alerts(file, look), *_reviews(file, look), *_notes(file, look)]


def _new_alerts(file: CaseFile, look: Look) -> list[Due]:
    going = first_planned_today(file, look)
    if going is None and not look.duties(file):
        return []
    return [
        _new_alert(one, file, look, going=going)
        for one in live_alerts(file.records, look.day)
        if _unread(one.record, look)
    ]


def _new_alert(alert: Alert, file: CaseFile, look: Look, *, going: datetime | None) -> Due:
    values = {
        "who": look.team.name_of(alert.record.author),
        "when": _when(alert.set_on, look),
        "headline": alert.headline,
    }
    because = pieces(_("because %(who)s set it %(when)s: **%(headline)s**"), values)
    if going is not None:
        because += pieces(_(". You go at %(time)s"), {"time": f"{going:%H:%M}"})
    return Due(
        Group.FIRST,
        "alert",
        file.client.id,
        alert.record.id,
        file.name,
        because=because,
        chips=(_alert_chip(alert),),
        answers=(Answer("read", _("I have read it")), open_file()),
        icon="shield-alert",
        tone="bad",
        row_tone="bad",
        at=going,
        order=(0, going.hour * 60 + going.minute if going else 24 * 60),
    )


def _alert_chip(alert: Alert) -> Chip:
    if alert.how_to_visit not in GRAVE:
        return Chip(_("New safety alert"), "bad", "triangle-alert")
    how = codes("how_to_visit").label(alert.how_to_visit)
    return Chip(_("New: %(how)s") % {"how": inside(how)}, "bad", "triangle-alert")


def _reviews(file: CaseFile, look: Look) -> list[Due]:
    key_worker = KEY_WORKER in look.duties(file)
    found = []
    for one in live_alerts(file.records, look.day):
        theirs = key_worker or one.record.author == look.me.id
        if one.review_on is None or not theirs:
            continue
        days = (one.review_on - look.day).days
        if days <= look.limits.days.alert_review:
            found.append(_review(one, one.review_on, file, look))
    return found


def _review(alert: Alert, review_on: date, file: CaseFile, look: Look) -> Due:
    days = (review_on - look.day).days
    words = (
        _("because the alert **%(headline)s** was to be looked at again by **%(day)s**")
        if days < 0
        else _("because the alert **%(headline)s** is to be looked at again by %(day)s")
    )
    values = {"headline": alert.headline, "day": say_short(review_on.isoformat(), look.day)}
    return Due(
        Group.FIRST,
        "alert_review",
        file.client.id,
        alert.record.id,
        file.name,
        because=pieces(words, values),
        chips=(Chip(_("Alert to look at again"), "warn", "clock"),),
        answers=(Answer("review", _("Look at it")),),
        icon="clock",
        tone="warn",
        row_tone="warn" if days < 0 else "",
        late=days < 0,
        order=(1, days),
    )


def _notes(file: CaseFile, look: Look) -> list[Due]:
    return [
        _note(one, file, look)
        for one in read_all(Note, file.records)
        if look.me.id in one.for_people and _unread(one.record, look)
    ]


def _note(note: Note, file: CaseFile, look: Look) -> Due:
    day = note.happened_at.date() if note.happened_at else None
    values = {
        "who": look.team.name_of(note.record.author),
        "when": _when(day, look),
        "headline": note.headline,
    }
    return Due(
        Group.FIRST,
        "note",
        file.client.id,
        note.record.id,
        file.name,
        because=pieces(_("because %(who)s wrote it for you %(when)s: **%(headline)s**"), values),
        chips=(Chip(_("For you"), "info", "mail-open"),),
        answers=(Answer("read", _("I have read it")), open_file()),
        icon="mail-open",
        order=(2, (look.day - day).days if day else 0),
    )


def _unread(record: Record, look: Look) -> bool:
    return record.id.hex() not in look.facts.read and record.author != look.me.id


def _when(day: date | None, look: Look) -> str:
    return say_days(day, look.day) if day else _("some time ago")
