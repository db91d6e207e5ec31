# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card of one client at a forum: what changed, both lanes, actions, score; words only.

What is shown is kept with what was decided, so that it can be shown as it stood for ever. Rules,
each with a test:

* Only what is for all partners is on a card: it is seen by a whole room.
* What changed are at most five lines since the last forum that talked of the client, newest first;
  where they were never talked of, of the last four weeks. Whoever was skipped was not talked of.
* Support comes before enforcement.
* A score says what it was before, and the evidence unless its words are kept with somebody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from desktop_app.casework.actions import Action, open_actions
from desktop_app.casework.assignments import KEY_WORKER, NURSE, POLICE_LEAD, worker_on
from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.choosing import choosing
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date, say_short
from desktop_app.casework.due import CaseFile, Look
from desktop_app.casework.forum import entries
from desktop_app.casework.matrix import versions
from desktop_app.casework.posture import posture_now
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.scoring import (
    Score,
    Scoring,
    kept_words,
    lines,
    scores_of,
    scoring_before,
    scoring_now,
)
from desktop_app.casework.targeting import support_words, targeting_words
from desktop_app.casework.treatment import status_words
from desktop_app.casework.visits import encounters
from desktop_app.casework.whereabouts import release_words, setting_on
from desktop_app.casework.wording import Told, told
from desktop_app.casework.words import _, inside

LINES, WEEKS = 5, timedelta(weeks=4)
TOLD = frozenset(
    {
        *("appointment", "arrest", "chain_step", "decision", "need", "nomination", "removal"),
        *("review", "scoring", "setting", "treatment", "treatment_step", "visit"),
    }
)
"""What may be among the five lines."""


class Line(NamedTuple):
    """One line: what, when, an icon and its tone."""

    words: str
    when: str
    icon: str = ""
    tone: str = "neutral"

    @property
    def said(self) -> str:
        """Return it as it is kept."""
        return f"{self.words} ({self.when})" if self.when else self.words


class Criterion(NamedTuple):
    """One criterion of a score: its question, evidence, points, the most, and the change."""

    question: str
    evidence: str
    points: int | None
    before: int | None

    @property
    def said(self) -> str:
        """Return it as it is kept."""
        points = "-" if self.points is None else str(self.points)
        return f"{self.question}: {points}. {self.evidence}".rstrip()


@dataclass(frozen=True, slots=True)
class Risk:
    """A score: its total, the one before, the threshold, its criteria, and the most it can be."""

    total: int
    threshold: int
    before: int | None
    words: str
    criteria: tuple[Criterion, ...]
    most: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """What a forum has before it.

    Attributes:
        since: since when changes are told.
        changes: what changed, newest first.
        more: how many more changes there were.
        support: how support stands.
        enforcement: how targeting stands.
        actions: open actions, with whether each is late.
        done: how many actions were done since.
        risk: the score that counts; None where there is none.
    """

    since: date
    changes: tuple[Line, ...]
    more: int
    support: tuple[Line, ...]
    enforcement: tuple[Line, ...]
    actions: tuple[tuple[Action, bool], ...]
    done: int
    risk: Risk | None


def card(file: CaseFile, look: Look) -> Card:
    """Return the card of a client."""
    held = [one for one in file.records if one.audience == PARTNERS and one.withdrawn is None]
    day = look.day
    since = _since(held, day)
    changed = _changes(held, since, look)
    done = [one for one in read_all(Action, held) if one.done_on and since <= one.done_on <= day]
    return Card(
        since,
        tuple(changed[:LINES]),
        max(0, len(changed) - LINES),
        tuple(_support(held, look)),
        tuple(_enforcement(held, look)),
        tuple((one, one.late(day)) for one in open_actions(held)),
        len(done),
        _risk(held, look),
    )


def _since(held: Sequence[Record], day: date) -> date:
    talked = [one for one in entries(held) if not one.skipped.strip()]
    before = [one.at.date() for one in talked if one.at and one.at.date() < day]
    return max(before, default=day - WEEKS)


def _changes(held: Sequence[Record], since: date, look: Look) -> list[Line]:
    by_visit = {one.visit.record.id: one for one in encounters(held)}
    found = []
    for one in held:
        if one.form not in TOLD or one.text("state") in ("planned", "booked"):
            continue
        said = told(one, look.team, on=look.day, encounter=by_visit.get(one.id))
        on = as_date(said.when[:10]) if said.when else None
        if on is not None and since <= on <= look.day:
            found.append((said.when, one.id, _line(said, look.day)))
    return [line for _when, _id, line in sorted(found, reverse=True)]


def _line(said: Told, day: date) -> Line:
    chip = said.chips[0].text if said.chips else ""
    more = chip and chip.casefold() not in said.title.casefold()
    words = f"{said.title}, {inside(chip)}" if more else said.title
    return Line(words, say_short(said.when[:10], day), said.icon, said.tone)


def _support(held: Sequence[Record], look: Look) -> list[Line]:
    day = look.day
    found = [Line(words.rstrip("."), "") for words in support_words(held, day)]
    for duty in (KEY_WORKER, NURSE):
        worker = worker_on(held, duty, day)
        name = look.team.name_of(worker) if worker else _("nobody")
        if worker or duty == KEY_WORKER:
            found.append(Line(f"{codes('duty').label(duty)}: {name}", ""))
    if treatment := status_words(held, day):
        found.append(Line(treatment, ""))
    needs = [one for one in held if one.form == "need" and not one.text("done_on")]
    for one in sorted(needs, key=lambda need: need.text("due_on") or "9")[:3]:
        due = one.text("due_on")
        found.append(Line(one.text("what"), say_short(due, day) if due else ""))
    return found


def _enforcement(held: Sequence[Record], look: Look) -> list[Line]:
    day = look.day
    found = [Line(words.rstrip("."), "") for words in targeting_words(held, day)]
    if lead := worker_on(held, POLICE_LEAD, day):
        found.append(Line(f"{codes('duty').label(POLICE_LEAD)}: {look.team.name_of(lead)}", ""))
    setting = setting_on(held, day)
    if setting is not None and setting.in_custody:
        found.append(Line(setting.words, release_words(setting, day)))
    held_to = posture_now(held, look.team, day)
    if held_to.until is not None:
        until = say_short(held_to.until.isoformat(), day)
        found.append(
            Line(codes("posture_level").label(held_to.level), _("until %(day)s") % {"day": until})
        )
    course = choosing(held, day).course
    if course is not None and course.decided_on is not None:
        label = codes("decision_about").label(course.about)
        found.append(Line(label, say_short(course.decided_on.isoformat(), day)))
    return found


def _risk(held: Sequence[Record], look: Look) -> Risk | None:
    now = scoring_now(held)
    if now is None:
        return None
    before = scoring_before(held, now)
    by = next((one for one in versions(look.common) if one.id == now.matrix), None)
    return Risk(
        now.total or 0,
        now.threshold or 0,
        before.total if before is not None else None,
        now.words,
        tuple(_criteria(now, before, held, look)),
        by.most if by is not None else 0,
    )


def _criteria(
    now: Scoring, before: Scoring | None, held: Sequence[Record], look: Look
) -> list[Criterion]:
    version = next((one for one in versions(look.common) if one.id == now.matrix), None)
    if version is None:
        return []
    scores, was = scores_of(now, held), scores_of(before, held)
    return [
        Criterion(
            one.criterion.question,
            _evidence(one.now) if one.now is not None else _("not scored"),
            one.now.points if one.now else None,
            one.before.points if one.before else None,
        )
        for one in lines(version, scores, was)
    ]


def _evidence(score: Score) -> str:
    """Return what a room may read of the evidence."""
    return kept_words(score.kept_with) if score.kept_with else score.evidence.strip()
