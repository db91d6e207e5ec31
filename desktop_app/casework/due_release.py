# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Coming out: releases from prison, rehab or hospital that are near, and who will be there.

Rules, each with a test:

* A release is shown some days ahead to everybody who stands by the client.
* "Nobody is down to meet them" is said only when no visit is planned for that day; otherwise it
  says who is.
* How sure the day is, is said; a guess is called a guess.
* A day that has passed while the setting still says prison is late, and asks for the setting.
"""

from datetime import date, timedelta

from desktop_app.casework.board import Board, Known
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    open_file,
    pieces,
)
from desktop_app.casework.due_planned import Planned, planned_visits
from desktop_app.casework.whereabouts import (
    AWAY,
    Setting,
    days_to_release,
    release_words,
    setting_on,
    spells,
)
from desktop_app.casework.wording import Chip, listed
from desktop_app.casework.words import _, ngettext


def board() -> Board:
    """Return the board of everybody who comes out soon."""
    return Board(
        "coming_out",
        _("Coming out"),
        _("Releases from prison, rehab and hospital that are near, and who meets them."),
        _("Nobody is expected out in the days ahead that this board looks at."),
        "door-open",
        frozenset({Setting.form, Planned.form}),
        from_day,
        near,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client's release is near."""
    ahead = timedelta(days=known.limits.days.coming_out)
    days = [
        max(spell.from_on, spell.setting.expected_release_on - ahead)
        for spell in spells(file.records)
        if spell.setting.setting in AWAY
        and spell.setting.expected_release_on
        and not (spell.until_on and spell.until_on <= known.day)
    ]
    return min(days, default=None)


def near(file: CaseFile, look: Look) -> list[Due]:
    """Return the release of one client, when it is near, whoever stands by them."""
    setting = setting_on(file.records, look.day)
    days = days_to_release(setting, look.day)
    if setting is None or days is None or days > look.limits.days.coming_out:
        return []
    return [_release(setting, days, file, look)]


def coming_out(file: CaseFile, look: Look) -> list[Due]:
    """Return the release of one client, when it is near and this person stands by them."""
    return near(file, look) if look.duties(file) else []


def release_because(setting: Setting, days: int, file: CaseFile, look: Look) -> tuple[Piece, ...]:
    """Return why a release is shown, with who will be there."""
    if days < 0 and setting.expected_release_on is not None:
        day = say_short(setting.expected_release_on.isoformat(), look.day)
        values = {"day": day, "setting": setting.words}
        return pieces(
            _(
                "because they were expected out on %(day)s and "
                "**the setting still says %(setting)s**"
            ),
            values,
        )
    out = release_words(setting, look.day)
    if setting.release_time[:1].isdigit():
        out = _("%(out)s about %(time)s") % {"out": out, "time": setting.release_time}
    elif setting.release_time:
        time = setting.release_time[:1].lower() + setting.release_time[1:]
        out = _("%(out)s, %(time)s") % {"out": out, "time": time}
    meeting = _meeting(setting.expected_release_on, file)
    if not meeting:
        words = _("because **nobody is down to meet them**: %(out)s")
        return pieces(words, {"out": out})
    names = [_("you") if one == look.me.id else look.team.name_of(one) for one in meeting]
    words = _("because %(out)s; down to meet them: **%(names)s**")
    return pieces(words, {"out": out, "names": listed(names)})


def _release(setting: Setting, days: int, file: CaseFile, look: Look) -> Due:
    nobody = not _meeting(setting.expected_release_on, file)
    answers: tuple[Answer, ...] = (open_file(),)
    if days < 0:
        answers = (Answer("setting", _("Change setting")), open_file())
    elif nobody:
        answers = (Answer("meet", _("I will meet them")), Answer("ask_team", _("Ask the team")))
    beneath = ngettext("day", "days", days) if days > 0 else ""
    place = setting.where or setting.words
    return Due(
        Group.OUT,
        "release",
        file.client.id,
        setting.record.id,
        file.name,
        because=release_because(setting, days, file, look),
        chips=(Chip(place, "custody" if setting.in_custody else "info", "building-2"),),
        answers=answers,
        icon="door-open",
        tone="custody",
        big=str(days) if days > 0 else _("today") if days == 0 else _("late"),
        beneath=beneath,
        late=days < 0,
        order=(days,),
    )


def _meeting(day: date | None, file: CaseFile) -> list[str]:
    """Return who is down to be there on the day of release."""
    people = [
        person
        for one in planned_visits(file)
        if one.at and one.at.date() == day
        for person in one.people
    ]
    return list(dict.fromkeys(people))
