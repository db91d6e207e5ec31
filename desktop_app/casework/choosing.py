# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Choosing: nominated, scored, decided, told; where somebody stands in it, by their records.

Rules, each with a test:

* A nomination stays open until a decision about it: included, or eligible and not included. A
  place on the programme that began since answers it too. "Decided later" leaves it open.
* Of several decisions about the same thing the latest that nothing has taken the place of counts;
  what others thought stays beside it for ever.
* Including somebody opens a place on the programme and nothing else does. Telling them, their
  score and their treatment change no place.
* What follows from a decision or a notice is read by nobody who may not read that itself.
* Those who were eligible and not included stand here as carefully as the others: since when, why,
  by what score, and when they are looked at again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from desktop_app.casework import intake
from desktop_app.casework.answers import is_empty
from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.forms import Problem
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Edit, Record, RecordId
from desktop_app.casework.scoring import Scoring, scoring_now
from desktop_app.casework.superseding import latest, standing
from desktop_app.casework.targeting import DEMAND, NOT_INCLUDED, Place, places, places_on
from desktop_app.casework.words import _, ngettext

INCLUDE, NOT_INCLUDE, LATER = "include", "not_include", "later"
KEEP, RELAX = "keep", "relax"
REMOVE_TARGETING, REMOVE_SUPPORT = "remove_targeting", "remove_support"
ABOUT_CHOOSING = (INCLUDE, NOT_INCLUDE, LATER)
FORMS = ("nomination", "scoring", "decision", "notice", "removal", "cohort")
"""The client's forms these rules are read from."""


@dataclass(frozen=True, slots=True)
class Nomination:
    """What these rules need of a nomination."""

    form: ClassVar[str] = "nomination"
    record: Record
    nominated_on: date | None
    nominated_by: str
    agency: str
    cohort: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What these rules need of a decision."""

    form: ClassVar[str] = "decision"
    record: Record
    decided_on: date | None
    about: str
    cohort: str
    reason: str
    why: str
    agreed_by: tuple[str, ...]
    dissent_by: tuple[str, ...]
    dissent: str
    final_say: str
    review_on: date | None
    forum: bytes | None
    spell: bytes | None
    supersedes: bytes | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What these rules need of a notice of targeting."""

    form: ClassVar[str] = "notice"
    record: Record
    told_on: date | None
    told_by: tuple[str, ...]
    how: str
    message: str
    response: str
    spell: bytes | None
    supersedes: bytes | None


class Stage(StrEnum):
    """How far somebody has come."""

    NONE = "none"
    NOMINATED = "nominated"
    LATER = "later"
    NOT_INCLUDED = "not_included"
    NOT_TOLD = "not_told"
    ON = "on"
    REMOVED = "removed"

    @property
    def words(self) -> str:
        """Return it in words."""
        return {
            Stage.NONE: _("Never nominated"),
            Stage.NOMINATED: _("Nominated, not decided"),
            Stage.LATER: _("To be decided later"),
            Stage.NOT_INCLUDED: _("Eligible, not included"),
            Stage.NOT_TOLD: _("On the programme, not told yet"),
            Stage.ON: _("On the programme, and told"),
            Stage.REMOVED: _("Removed from targeting"),
        }[self]


@dataclass(frozen=True, slots=True)
class Choosing:
    """Where somebody stands in being chosen.

    Attributes:
        stage: how far they have come.
        nominations: the open ones, earliest first.
        scoring: the score that counts.
        decision: the latest decision on whether to include them.
        courses: decisions about anything else, the earliest first: stays, relaxed, removed.
        place: the place that runs: on the programme, or else eligible and not included.
        notice: the latest notice of that place.
    """

    stage: Stage
    nominations: tuple[Nomination, ...]
    scoring: Scoring | None
    decision: Decision | None
    courses: tuple[Decision, ...]
    place: Place | None
    notice: Notice | None

    @property
    def course(self) -> Decision | None:
        """Return the latest decision about anything but including them; None without any."""
        return self.courses[-1] if self.courses else None

    def course_but(self, about: str) -> Decision | None:
        """Return the latest of those that is not about one thing; None without any."""
        left = [one for one in self.courses if one.about != about]
        return left[-1] if left else None


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much room the programme has; `places` is None when nobody has said how many there are."""

    places: int | None
    taken: int

    @property
    def free(self) -> int | None:
        """Return how many places are free, below zero when there are more people than places."""
        return None if self.places is None else self.places - self.taken

    @property
    def words(self) -> str:
        """Return it in one sentence."""
        said = {"taken": self.taken, "places": self.places or 0, "n": abs(self.free or 0)}
        if self.free is None:
            return _("%(taken)d on the programme. How many places it has was never said.") % said
        if self.free < 0:
            return (
                ngettext(
                    "%(taken)d on the programme, %(n)d more than its %(places)d places.",
                    "%(taken)d on the programme, %(n)d more than its %(places)d places.",
                    abs(self.free),
                )
                % said
            )
        if self.free == 0:
            return _("All %(places)d places of the programme are taken.") % said
        return (
            ngettext(
                "%(taken)d of %(places)d places taken, %(n)d is free.",
                "%(taken)d of %(places)d places taken, %(n)d are free.",
                self.free,
            )
            % said
        )


def choosing(records: Iterable[Record], day: date) -> Choosing:
    """Return where somebody stands on a day."""
    held = once(records)
    decisions = standing(read_all(Decision, held), _decided_on)
    about = [one for one in decisions if one.about in ABOUT_CHOOSING]
    others = [one for one in decisions if one.about not in ABOUT_CHOOSING]
    now = places_on(held, day)
    on = next((one for one in reversed(now) if one.cohort == DEMAND), None)
    aside = next((one for one in reversed(now) if one.cohort == NOT_INCLUDED), None)
    open_ = tuple(open_nominations(held))
    decision = about[-1] if about else None
    notice = latest(_notices(held, on), _told_on) if on else None
    return Choosing(
        _stage(held, day, on=on, aside=aside, open_=open_, decision=decision, notice=notice),
        open_,
        scoring_now(held),
        decision,
        tuple(others),
        on or aside,
        notice,
    )


def open_nominations(records: Iterable[Record]) -> list[Nomination]:
    """Return the nominations nobody has decided about, earliest first."""
    held = once(records)
    answered = [
        one.decided_on
        for one in standing(read_all(Decision, held), _decided_on)
        if one.about in (INCLUDE, NOT_INCLUDE) and one.decided_on
    ]
    answered += [one.started_on for one in places(held, DEMAND) if one.started_on]
    last = max(answered, default=date.min)
    found = [
        one for one in read_all(Nomination, held) if one.nominated_on and one.nominated_on > last
    ]
    return sorted(found, key=lambda one: (one.nominated_on or date.min, one.record.id))


def decision_problems(answers: Answers, client: Answers, *, on: date) -> list[Problem]:
    """Return what a decision still lacks, beyond what its form asks.

    Args:
        answers: the decision.
        client: what is known of the client.
        on: the day.
    """
    found = []
    about = answers.get("about")
    child = intake.on_no_list(client, on=on) if about in (INCLUDE, NOT_INCLUDE) else ""
    if child:
        found.append(Problem("about", child))
    if about == INCLUDE and is_empty(answers.get("cohort")):
        found.append(Problem("cohort", _("Say on which list.")))
    if about == INCLUDE and answers.get("cohort") == NOT_INCLUDED:
        found.append(Problem("cohort", _("That is no list somebody is included on.")))
    if about == NOT_INCLUDE and is_empty(answers.get("reason")):
        found.append(Problem("reason", _("Say why they are not included.")))
    if about in (NOT_INCLUDE, LATER) and is_empty(answers.get("review_on")):
        found.append(Problem("review_on", _("Say when they are looked at again.")))
    return [*found, *_dissent_problems(answers)]


def places_follow(
    answers: Answers,
    records: Sequence[Record],
    client: RecordId,
    *,
    new_record: Callable[[], RecordId],
    held_by: str = PARTNERS,
) -> list[Edit]:
    """Return the places a decision proposes to open and end; none for what opens and ends none.

    Removal ends a place only with its checklist (see `removal`). A decision that fewer may read
    opens a place for as few, and says nothing in one that more may read.

    Args:
        answers: the decision.
        records: the client's.
        client: whom it is about.
        new_record: makes record ids.
        held_by: the audience of the decision.
    """
    about, on = answers.get("about"), str(answers.get("decided_on") or "")
    cohort = answers.get("cohort") if about == INCLUDE else NOT_INCLUDED
    if about not in (INCLUDE, NOT_INCLUDE) or not on:
        return []
    running = [one for one in places(records) if one.ended_on is None]
    found = []
    if about == INCLUDE:
        found = [
            _ended(one, client, on, "taken_on")
            for one in running
            if one.cohort == NOT_INCLUDED and held_by in (PARTNERS, one.record.audience)
        ]
    known = [one.cohort for one in running if one.record.audience in (PARTNERS, held_by)]
    if cohort not in known:
        opened = _opened(answers, str(cohort), on, records)
        found.append(Edit("cohort", new_record(), client, held_by, opened))
    return found


def told_follows(
    answers: Answers, place: Place, client: RecordId, *, held_by: str = PARTNERS
) -> list[Edit]:
    """Return what a notice says in the place it is about: nothing where fewer may read the notice.

    Args:
        answers: the notice.
        place: the place.
        client: whom it is about.
        held_by: the audience of the notice.
    """
    if held_by not in (PARTNERS, place.record.audience):
        return []
    told: Answers = {"told_on": answers.get("told_on"), "told_by": answers.get("told_by")}
    return [Edit("cohort", place.record.id, client, place.record.audience, told)]


def capacity(
    spells: Iterable[Record],
    seats: int | None,
    day: date,
    *,
    person: Callable[[RecordId], RecordId] = lambda client: client,
) -> Capacity:
    """Return how much room there is.

    Args:
        spells: every place in the initiative.
        seats: how many places the programme has.
        day: the day.
        person: gives the client somebody is shown as, who has several files.
    """
    on = [one for one in places_on(spells, day) if one.cohort == DEMAND]
    return Capacity(seats, len({person(one.record.client) for one in on}))


def _stage(
    held: Sequence[Record],
    day: date,
    *,
    on: Place | None,
    aside: Place | None,
    open_: Sequence[Nomination],
    decision: Decision | None,
    notice: Notice | None,
) -> Stage:
    if on is not None:
        return Stage.ON if on.told_on or notice else Stage.NOT_TOLD
    if open_:
        nominated = open_[0].nominated_on or date.min
        later = decision is not None and decision.about == LATER
        since = decision.decided_on if decision and decision.decided_on else date.min
        return Stage.LATER if later and since >= nominated else Stage.NOMINATED
    if aside is not None or (decision is not None and decision.about == NOT_INCLUDE):
        return Stage.NOT_INCLUDED
    ended = [one for one in places(held, DEMAND) if one.ended_on and one.ended_on <= day]
    return Stage.REMOVED if ended else Stage.NONE


def _notices(records: Iterable[Record], place: Place) -> list[Notice]:
    since = place.started_on or date.min
    return [
        one
        for one in read_all(Notice, records)
        if one.spell == place.record.id
        or (one.spell is None and one.told_on is not None and one.told_on >= since)
    ]


def _dissent_problems(answers: Answers) -> list[Problem]:
    agreed, dissent = answers.get("agreed_by"), answers.get("dissent_by")
    found = []
    if isinstance(dissent, list) and dissent and is_empty(answers.get("dissent")):
        found.append(Problem("dissent", _("Write down what they said.")))
    if isinstance(agreed, list) and isinstance(dissent, list) and set(agreed) & set(dissent):
        found.append(Problem("dissent_by", _("Nobody both agreed and did not.")))
    return found


def _opened(answers: Answers, cohort: str, on: str, records: Sequence[Record]) -> Answers:
    score = scoring_now(records)
    opened: Answers = {"cohort": cohort, "started_on": on, "reasons": answers.get("why")}
    if score is not None and score.total is not None:
        opened |= {"score": score.total, "score_criteria": score.criteria}
    if cohort == NOT_INCLUDED:
        opened["not_included_because"] = answers.get("reason")
    return {name: value for name, value in opened.items() if not is_empty(value)}


def _ended(place: Place, client: RecordId, on: str, why: str) -> Edit:
    ended: Answers = {"ended_on": on, "ended_because": why, "ended_note": None}
    return Edit("cohort", place.record.id, client, place.record.audience, ended)


def _decided_on(one: Decision) -> date | None:
    return one.decided_on


def _told_on(one: Notice) -> date | None:
    return one.told_on
