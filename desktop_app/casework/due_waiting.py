# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The way into treatment as a board: whoever waits for a step, against the promise.

Rules, each with a test:

* Somebody who was accepted and has not started stands here, under the step they wait for: those
  for whom the fast track was asked first, then those longest over the promise.
* It says for how many days, since when and what was promised, and nothing of what treatment is.
* The next step is recorded with one key, as of today; where the promise was missed it is then
  asked what held it up, never who.
"""

from datetime import date

from desktop_app.casework.board import Board, Known
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.fast_track import Queued, queued
from desktop_app.casework.readings import read_all
from desktop_app.casework.treatment import STEPS, Episode, Step, Waiting, steps_of
from desktop_app.casework.whereabouts import AWAY, setting_on
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, ngettext

KIND = "treatment_wait"
TODAY, ANOTHER_DAY = "step_today", "step_another_day"
"""Answers: the step was taken today, or on another day."""


def board() -> Board:
    """Return the board."""
    return Board(
        "fast_track",
        _("Fast track"),
        _("Accepted for treatment and not started: who waits for which step, and how long."),
        _("Nobody who was accepted for treatment waits for a step."),
        "timer",
        frozenset({Episode.form, Step.form}),
        from_day,
        rows,
        section=lambda due: codes("treatment_step").label(STEPS[due.order[0]]),
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return from which day a client may wait for a step."""
    days = [
        one.accepted_on
        for one in read_all(Episode, file.records)
        if one.accepted_on and one.status == "waiting" and not _started(one, file, known.day)
    ]
    return min(days, default=None)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return what a client waits for, as a row."""
    wait = queued(file.records, look.day, look.limits.fast_track)
    return [_due(wait, file, look)] if wait else []


def _started(episode: Episode, file: CaseFile, day: date) -> bool:
    step = steps_of(episode, file.records).get("started")
    return step is not None and step.happened_on is not None and step.happened_on <= day


def _due(wait: Queued, file: CaseFile, look: Look) -> Due:
    since = say_short(wait.since.isoformat(), look.day)
    words = _("because **%(waiting)s**, since %(since)s; the promise is %(promised)d")
    waiting = Waiting(wait.step, wait.since, wait.days).words
    said = {"waiting": waiting, "since": since, "promised": wait.promised}
    return Due(
        Group.NEEDS,
        KIND,
        file.client.id,
        wait.episode.record.id,
        file.name,
        because=pieces(words, said),
        chips=tuple(_chips(wait, file, look)),
        answers=(
            Answer(TODAY, _("Done today"), "S"),
            Answer(ANOTHER_DAY, _("Another day"), "D"),
            open_file(),
        ),
        icon="timer",
        tone="warn" if wait.over > 0 else "info",
        late=wait.over > 0,
        order=(STEPS.index(wait.step), *wait.order),
    )


def _chips(wait: Queued, file: CaseFile, look: Look) -> list[Chip]:
    found = []
    if wait.over > 0:
        words = ngettext("%(n)d day over", "%(n)d days over", wait.over) % {"n": wait.over}
        found.append(Chip(words, "warn", "clock"))
    if wait.fast:
        found.append(Chip(_("Fast track"), "info", "timer"))
    setting = setting_on(file.records, look.day)
    if setting is not None and setting.setting in AWAY:
        of_code = codes("setting").find(setting.setting)
        found.append(Chip(setting.words, *((of_code.tone, of_code.icon) if of_code else ())))
    return found
