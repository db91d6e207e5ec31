# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Coming out: releases from prison, rehab or hospital that are near, and who will be there.

Rules, each with a test:

* A release is shown some days ahead to everybody who stands by the client, and to whoever sees to
  a part of the day.
* "Nobody is down to meet them" is said only when no visit is planned for that day and the plan for
  it names nobody; otherwise it says who is.
* What else of the day is open is said, what hurts most first (see `release_day`).
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
from desktop_app.casework.release_day import (
    DayPlan,
    Part,
    ReleaseDay,
    differing,
    open_words,
    owners,
    release_day,
)
from desktop_app.casework.whereabouts import (
    AWAY,
    Setting,
    days_to_release,
    release_words,
    setting_on,
    spells,
)
from desktop_app.casework.wording import Chip, listed
from desktop_app.casework.words import _, inside, ngettext


def board() -> Board:
    """Return the board of everybody who comes out soon."""
    return Board(
        "coming_out",
        _("Coming out"),
        _("Releases that are near: who meets them, and what is still open for that day."),
        _("Nobody is expected out in the days ahead."),
        "door-open",
        frozenset({Setting.form, Planned.form, DayPlan.form}),
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
    """Return the release of one client, when it is near and any of it is this person's."""
    mine = look.duties(file) or look.me.id in owners(file.records, look.day)
    return near(file, look) if mine else []


def the_day(setting: Setting, file: CaseFile, look: Look) -> ReleaseDay:
    """Return what is arranged for the day somebody comes out."""
    meeting = _meeting(setting.expected_release_on, file)
    return release_day(file.records, look.day, look.team, meeting=meeting)


def release_because(setting: Setting, days: int, file: CaseFile, look: Look) -> tuple[Piece, ...]:
    """Return why a release is shown: what is still open first, a narrow row cuts off the end."""
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
        time = inside(setting.release_time)
        out = _("%(out)s, %(time)s") % {"out": out, "time": time}
    found = the_day(setting, file, look)
    there = found.parts[0]
    left = open_words(found, but=Part.MEETS)
    if there.open:
        nobody = _("nobody is down to meet them")
        lacking = _("%(one)s, %(more)s") % {"one": nobody, "more": left} if left else nobody
        return pieces(_("because **%(open)s**: %(out)s"), {"open": lacking, "out": out})
    names = _meet_words(there.words, setting, file, look)
    values = {"open": left, "out": out, "names": names}
    if left:
        words = _("because **%(open)s**: %(out)s; down to meet them: **%(names)s**")
        return pieces(words, values)
    return pieces(_("because %(out)s; down to meet them: **%(names)s**"), values)


def _meet_words(planned: str, setting: Setting, file: CaseFile, look: Look) -> str:
    """Return who meets them; whoever looks is "you"."""
    people = _meeting(setting.expected_release_on, file)
    if not people:
        return planned
    return listed([_("you") if one == look.me.id else look.team.name_of(one) for one in people])


def _release(setting: Setting, days: int, file: CaseFile, look: Look) -> Due:
    found = the_day(setting, file, look)
    plan = Answer("plan_day", _("Plan the day"), "P")
    answers: tuple[Answer, ...] = (plan, open_file())
    if days < 0:
        answers = (Answer("setting", _("Change setting")), open_file())
    elif found.parts[0].open:
        meet = Answer("meet", _("I will meet them"), "M")
        answers = (meet, plan, Answer("ask_team", _("Ask the team"), "A"))
    beneath = ngettext("day", "days", days) if days > 0 else ""
    place = setting.where or setting.words
    return Due(
        Group.OUT,
        "release",
        file.client.id,
        setting.record.id,
        file.name,
        because=release_because(setting, days, file, look),
        chips=(
            Chip(place, "custody" if setting.in_custody else "info", "building-2"),
            *_two_plans(file, look),
        ),
        answers=answers,
        icon="door-open",
        tone="custody",
        big=str(days) if days > 0 else _("today") if days == 0 else _("late"),
        beneath=beneath,
        late=days < 0,
        order=(days,),
    )


def _two_plans(file: CaseFile, look: Look) -> list[Chip]:
    """Return the chip that says that two planned the day apart, and not alike."""
    apart = differing(file.records, look.day, look.team)
    return [Chip(_("Two plans differ"), "warn", "git-merge")] if apart else []


def _meeting(day: date | None, file: CaseFile) -> list[str]:
    """Return who is down to be there on the day of release."""
    people = [
        person
        for one in planned_visits(file)
        if one.at and one.at.date() == day
        for person in one.people
    ]
    return list(dict.fromkeys(people))
