# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The way into treatment as a board: whoever waits for a step, longest first.

Rules, each with a test:

* Somebody who was accepted and has not started stands here, under the step they wait for.
* It says for how many days, and nothing of what the treatment is.
"""

from datetime import date

from desktop_app.casework.board import Board, Known
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.readings import read_all
from desktop_app.casework.treatment import (
    STEPS,
    Episode,
    Step,
    Waiting,
    episode_now,
    steps_of,
    waiting,
)
from desktop_app.casework.words import _, ngettext

KIND = "treatment_wait"


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
        section=lambda due: due.what,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return from which day a client may wait for a step."""
    days = [
        one.accepted_on
        for one in read_all(Episode, file.records)
        if one.accepted_on and one.status != "ended" and not _started(one, file, known.day)
    ]
    return min(days, default=None)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return what a client waits for, as a row."""
    episode = episode_now(file.records, look.day)
    wait = waiting(episode, file.records, look.day) if episode else None
    return [_due(wait, episode, file, look)] if episode and wait else []


def _started(episode: Episode, file: CaseFile, day: date) -> bool:
    step = steps_of(episode, file.records).get("started")
    return step is not None and step.happened_on is not None and step.happened_on <= day


def _due(wait: Waiting, episode: Episode, file: CaseFile, look: Look) -> Due:
    since = say_short(wait.since.isoformat(), look.day)
    words = ngettext(
        "because **waiting for %(n)d day**, since %(since)s",
        "because **waiting for %(n)d days**, since %(since)s",
        wait.days,
    )
    return Due(
        Group.NEEDS,
        KIND,
        file.client.id,
        episode.record.id,
        file.name,
        because=pieces(words, {"n": wait.days, "since": since}),
        what=codes("treatment_step").label(wait.step),
        answers=(open_file(),),
        icon="timer",
        order=(STEPS.index(wait.step), -wait.days),
    )
