# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The board of those who may be removed: proposed with the reason, decided by people.

Rules, each with a test:

* A row proposes and ends nothing; keeping somebody is an answer as good as removing them.
* Who has died stands here while targeting or support of theirs still runs.
* Support stands here only where its end was decided, never because targeting ended.
"""

from datetime import date, timedelta

from desktop_app.casework.board import Board, Known
from desktop_app.casework.choosing import FORMS, REMOVE_SUPPORT, REMOVE_TARGETING, Decision
from desktop_app.casework.codes import codes
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file
from desktop_app.casework.offending import Event, events
from desktop_app.casework.readings import read_all
from desktop_app.casework.removal import DIED, TARGETING, Candidate, candidates
from desktop_app.casework.scoring import scoring_now
from desktop_app.casework.targeting import DEMAND, Support, places, supports
from desktop_app.casework.whereabouts import spells
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _


def board() -> Board:
    """Return the board."""
    return Board(
        "removal",
        _("May be removed"),
        _("From targeting or from support, each by itself: why, and what is still to be done."),
        _("Nothing that has reached this laptop proposes that somebody is removed."),
        "door-open",
        frozenset({*FORMS, Support.form, Event.form}),
        from_day,
        rows,
        died=True,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which anything may propose it."""
    held = file.records
    ends = (REMOVE_TARGETING, REMOVE_SUPPORT)
    if any(one.about in ends or one.supersedes for one in read_all(Decision, held)):
        return known.day
    on = [
        one.started_on
        for one in places(held, DEMAND)
        if one.started_on and not (one.ended_on and one.ended_on <= known.day)
    ]
    gone = _died(file, known)
    if not on:
        return min(gone, default=None)
    score = scoring_now(held)
    days = [*gone, *_inside(file, known), *_quiet(file, known, min(on))]
    days += [max(min(on), known.day)] if score is not None and not score.proposes else []
    return min(days, default=None)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return from what somebody may be removed, and why."""
    return [_row(one, file, look) for one in candidates(file, look.day, look.limits)]


def _died(file: CaseFile, known: Known) -> list[date]:
    """Return from when somebody is dead of whom something may still run."""
    ended = [one.ended_on for one in places(file.records, DEMAND)]
    ended += [one.ended_on for one in supports(file.records)]
    if all(one and one <= known.day for one in ended):
        return []
    return [
        max(one.from_on, known.day)
        for one in spells(file.records)
        if one.setting.setting == "deceased"
    ]


def _inside(file: CaseFile, known: Known) -> list[date]:
    """Return from when a long sentence may propose it: never later than it begins."""
    long = timedelta(days=known.limits.choosing.long_sentence)
    return [
        max(one.from_on, known.day)
        for one in spells(file.records)
        if one.setting.setting == "sentenced"
        and one.setting.expected_release_on is not None
        and one.setting.expected_release_on - max(one.from_on, known.day) >= long
        and not (one.until_on and one.until_on <= known.day)
    ]


def _quiet(file: CaseFile, known: Known, started: date) -> list[date]:
    """Return from when quiet months may propose it, in each spell at home."""
    months = timedelta(days=known.limits.choosing.quiet_days)
    happened = [
        each for one in events(file.records) for each in (one.arrested_on, one.offence_on) if each
    ]
    return [
        max(*happened, started, one.from_on) + months
        if happened
        else max(started, one.from_on) + months
        for one in spells(file.records)
        if one.setting.setting == "community" and not (one.until_on and one.until_on <= known.day)
    ]


def _row(one: Candidate, file: CaseFile, look: Look) -> Due:
    of = codes("removed_from").find(one.of)
    chips = [Chip(_(of.label), "neutral", of.icon)] if of else []
    if one.decided is not None:
        chips.append(Chip(_("Decided, checklist waits"), "warn", "clipboard-list"))
    remove = "remove_targeting" if one.of == TARGETING else "remove_support"
    waits = (look.day - one.since).days
    answers = [Answer(remove, _("Remove"), "R")]
    died = one.ends == DIED
    if one.decided is None and not died:
        answers.append(Answer("stays", _("Stays as it is"), "K"))
    return Due(
        Group.NEEDS,
        f"removal_{one.of}",
        file.client.id,
        b"",
        file.name,
        because=one.because,
        chips=tuple(chips),
        answers=(*answers, open_file()),
        icon="door-open",
        tone="neutral" if died else "ok",
        late=one.decided is not None,
        row_tone="warn" if one.decided is not None else "",
        order=(0 if one.decided is not None else 1, -waits),
    )
