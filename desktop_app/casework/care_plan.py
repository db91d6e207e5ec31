# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The plan: what somebody wants for themselves, the steps towards it, when it is looked at again.

Rules, each with a test:

* A goal is in the client's own words, and runs until somebody says what became of it. The steps
  towards it are the needs that name it; a need that names none stands by itself.
* The latest assessment counts; what it leaves out was not asked.
* A review is due on the day the last one agreed; where it agreed none, so many days after it; and
  before there was any, so many days after the first goal or assessment (`limits.toml`).
* Where support has ended, or the client has died, no review is due. Custody, rehab or the end of
  treatment change nothing: the plan goes on, and so does the key worker.
* It is the key worker's to see to; where a client has none it is shown on the board to all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.board import Board, Known
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.due_visits import over_chip
from desktop_app.casework.limits import Limits
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import support_on, supports
from desktop_app.casework.whereabouts import has_died
from desktop_app.casework.words import _

REVIEW = "review"
"""Kind of a row, its answer, and the form it writes."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What these rules need of a goal."""

    form: ClassVar[str] = "goal"
    record: Record
    words: str
    domain: str
    matters: str
    set_on: date | None
    aim_on: date | None
    ended_on: date | None
    outcome: str

    @property
    def open(self) -> bool:
        """Say whether it still runs: nobody has said what became of it."""
        return self.ended_on is None and not self.outcome


@dataclass(frozen=True, slots=True)
class Step:
    """What these rules need of a need: one step of the plan."""

    form: ClassVar[str] = "need"
    record: Record
    domain: str
    what: str
    action: str
    owner: str
    goal: bytes | None
    due_on: date | None
    done_on: date | None
    outcome: str

    @property
    def open(self) -> bool:
        """Say whether it is still to be done."""
        return self.done_on is None and not self.outcome


@dataclass(frozen=True, slots=True)
class Assessment:
    """What these rules need of an assessment of needs."""

    form: ClassVar[str] = "assessment"
    record: Record
    assessed_on: date | None
    needs: Mapping[str, str]
    strengths: str
    wishes: str
    around: str


@dataclass(frozen=True, slots=True)
class Review:
    """What these rules need of a review."""

    form: ClassVar[str] = "review"
    record: Record
    reviewed_on: date | None
    went_well: str
    changes: str
    next_review_on: date | None


@dataclass(frozen=True, slots=True)
class PlanOf:
    """A client's plan.

    Attributes:
        goals: each with its steps; those that run first, then as they were set.
        loose: steps that serve no goal, those to be done first.
        assessment: the latest; None when there is none.
        review: the latest; None when there is none.
        review_on: when it is to be looked at next; None when that is not due at all.
    """

    goals: tuple[tuple[Goal, tuple[Step, ...]], ...]
    loose: tuple[Step, ...]
    assessment: Assessment | None
    review: Review | None
    review_on: date | None

    @property
    def empty(self) -> bool:
        """Say whether nothing was ever planned."""
        return not (self.goals or self.loose or self.assessment or self.review)


def plan_of(records: Iterable[Record], on: date, limits: Limits) -> PlanOf:
    """Return a client's plan as it stands on a day."""
    held = once(records)
    goals = sorted(read_all(Goal, held), key=lambda one: (not one.open, *_dated(one.set_on, one)))
    steps = sorted(read_all(Step, held), key=_by_day)
    known = {one.record.id for one in goals}
    return PlanOf(
        tuple((one, tuple(s for s in steps if s.goal == one.record.id)) for one in goals),
        tuple(one for one in steps if one.goal not in known),
        last_assessment(held),
        last_review(held),
        review_on(held, on, limits),
    )


def last_assessment(records: Iterable[Record]) -> Assessment | None:
    """Return the latest assessment of needs; of two of one day the one made later."""
    dated = [one for one in read_all(Assessment, records) if one.assessed_on]
    return max(dated, key=lambda one: (one.assessed_on or date.min, one.record.id), default=None)


def last_review(records: Iterable[Record]) -> Review | None:
    """Return the latest review; of two of one day the one made later."""
    dated = [one for one in read_all(Review, records) if one.reviewed_on]
    return max(dated, key=lambda one: (one.reviewed_on or date.min, one.record.id), default=None)


def review_on(records: Sequence[Record], on: date, limits: Limits) -> date | None:
    """Return the day a plan is to be looked at again; None when no review is due at all."""
    if has_died(records, on) or (supports(records) and support_on(records, on) is None):
        return None
    return _review_on(records, limits)


def _review_on(records: Sequence[Record], limits: Limits) -> date | None:
    last = last_review(records)
    if last is not None and last.reviewed_on is not None:
        return last.next_review_on or last.reviewed_on + timedelta(days=limits.plan.review_every)
    began = [
        *(one.set_on for one in read_all(Goal, records)),
        *(one.assessed_on for one in read_all(Assessment, records)),
    ]
    first = min((day for day in began if day is not None), default=None)
    return first + timedelta(days=limits.plan.first_review) if first else None


def board() -> Board:
    """Return the board of reviews."""
    return Board(
        "reviews",
        _("Reviews of plans"),
        _("Whose plan is to be looked at again soon, or was to be already."),
        _("No review of a plan is near or late."),
        "clipboard-check",
        frozenset({Goal.form, Assessment.form, Review.form, "support"}),
        from_day,
        review_rows,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return from which day a review may be near or late, whatever has become of support."""
    day = _review_on(file.records, known.limits)
    return day - timedelta(days=known.limits.plan.review_ahead) if day else None


def reviews_due(file: CaseFile, look: Look) -> list[Due]:
    """Return the row of a review for its key worker's Today: one that is near, or late."""
    if look.me.id not in workers_on(file.records, KEY_WORKER, look.day):
        return []
    near = look.limits.days.need_due
    return [one for one in review_rows(file, look) if one.order[0] <= near]


def review_rows(file: CaseFile, look: Look) -> list[Due]:
    """Return the row of a review that is near or late, whoever looks: for a board, or the forum."""
    due_on = review_on(file.records, look.day, look.limits)
    if due_on is None or (due_on - look.day).days > look.limits.plan.review_ahead:
        return []
    left, day = (due_on - look.day).days, say_short(due_on.isoformat(), look.day)
    last = last_review(file.records)
    if last is not None and last.reviewed_on is not None:
        words = (
            _("because the plan was to be looked at again by **%(day)s**, last on %(last)s")
            if left < 0
            else _("because the plan is to be looked at again by %(day)s, last on %(last)s")
        )
        said = {"day": day, "last": say_short(last.reviewed_on.isoformat(), look.day)}
    else:
        words = (
            _("because the plan was to be looked at for the first time by **%(day)s**")
            if left < 0
            else _("because the plan is to be looked at for the first time by %(day)s")
        )
        said = {"day": day}
    chip = over_chip(left)
    return [
        Due(
            Group.NEEDS,
            REVIEW,
            file.client.id,
            b"",
            file.name,
            because=pieces(words, said),
            what=_("Review of the plan"),
            chips=(chip,) if chip else (),
            answers=(Answer(REVIEW, _("Review"), "S"), open_file()),
            icon="clipboard-check",
            late=left < 0,
            order=(left,),
        )
    ]


def wanted(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what an assessment says of each domain it asked about, most wanted first."""
    levels = [one.code for one in codes("need_level").code]
    asked = [one for one in codes("need_domain").code if assessment.needs.get(one.code)]
    place = {code: number for number, code in enumerate(levels)}
    asked.sort(key=lambda one: place.get(assessment.needs[one.code], len(levels)))
    return [(one.code, assessment.needs[one.code]) for one in asked]


def _by_day(step: Step) -> tuple[bool, date, bytes]:
    return (not step.open, step.due_on or date.max, step.record.id)


def _dated(day: date | None, of: Goal) -> tuple[date, bytes]:
    return (day or date.min, of.record.id)
