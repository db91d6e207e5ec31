# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The clocks the partners agree: how long is too long. They stand in resources/limits.toml."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import msgspec

from desktop_app.casework.dates import as_date
from desktop_app.casework.records import Answers, Json
from resources import folder


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days ahead, or behind, a thing is shown."""

    coming_out: int
    alert_review: int
    need_due: int
    visit_due_soon: int
    missed_window: int
    posture_lapsing: int
    agreement_review: int


class Missed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many missed appointments bring a client to Today."""

    in_a_row: int
    in_window: int


class Twice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two people wrote of the same.

    Attributes:
        settled_told: days for which whoever answered otherwise is told that it was settled.
        visit_days: days for which it is asked whether two visits are one.
        visit_minutes: minutes between two visits that may still be one.
    """

    settled_told: int
    visit_days: int
    visit_minutes: int


class FastTrack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The promise of the fast track: days from one step into treatment to the next.

    Attributes:
        nurse_triage: from being accepted.
        doctor_assessment: from the nurse.
        prescription_offered: from the doctor.
        started: from the offer.
        few: of fewer people than this no median is told.
    """

    nurse_triage: int
    doctor_assessment: int
    prescription_offered: int
    started: int
    few: int

    def days(self, step: str) -> int | None:
        """Return the days promised for the leg that leads to a step; None for an untimed one."""
        found = getattr(self, step, None) if step in PROMISED else None
        return found if isinstance(found, int) else None


PROMISED = ("nurse_triage", "doctor_assessment", "prescription_offered", "started")
"""The steps a promise is made for, in their order."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a plan is looked at again.

    Attributes:
        first_review: days from the first goal or assessment to the first review.
        review_every: days from one review to the next, where none was agreed.
        review_ahead: days ahead a review is shown.
    """

    first_review: int
    review_every: int
    review_ahead: int


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a form on the last four weeks is filled in.

    Attributes:
        start_within: days from being accepted in which the first one is.
        every: days from one to the next.
        ahead: days ahead it is shown.
        end_window: days from the end of treatment in which the last one can be.
    """

    start_within: int
    every: int
    ahead: int
    end_window: int


class Choosing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When choosing and removing are late, or proposed.

    Attributes:
        nominated: days in which a nomination is decided: one forum to the next.
        told_within: days in which somebody is told that they are on the programme.
        long_sentence: days still to be served from which removal from targeting is proposed.
        quiet_days: days without an arrest or offence after which it is proposed.
    """

    nominated: int
    told_within: int
    long_sentence: int
    quiet_days: int


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The clocks after missed appointments; days while somebody is away do not count.

    Attributes:
        inform: days from the miss that makes the number until key worker and police are told.
        acknowledge: days from then until each of them says they have heard.
        visit: days from then until somebody has gone there.
        outcome: days from that visit until it is said what came of it.
        tries: visits without being seen after which it belongs to the forum.
        forum_after: days an outcome may be late before it belongs to the forum.
    """

    inform: int
    acknowledge: int
    visit: int
    outcome: int
    tries: int
    forum_after: int


class Forum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the case forum is held.

    Attributes:
        every: days from one to the next, where no day of the next is set.
        next_on: the day of the next one, as the coordinator set it; None where none is set.
    """

    every: int
    next_on: date | None = None


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All clocks.

    Attributes:
        seen_within: days between two times of being seen, by setting.
        days: how many days ahead a thing is shown.
        missed: when missed appointments count.
        twice: when two people wrote of the same.
        fast_track: the promise.
        plan: when a plan is looked at again.
        outcome: when a form on the last four weeks is filled in.
        choosing: when choosing and removing are late, or proposed.
        forum: when the case forum is held.
    """

    seen_within: Mapping[str, int]
    days: Days
    missed: Missed
    twice: Twice
    chain: Chain
    fast_track: FastTrack
    plan: Plan
    outcome: Outcome
    choosing: Choosing
    forum: Forum


@cache
def limits() -> Limits:
    """Return the clocks Tandem ships with."""
    return msgspec.toml.decode(folder("limits.toml").read_bytes(), type=Limits)


def agreed(shipped: Limits, rule: Answers | None) -> Limits:
    """Return the clocks with the numbers the team has agreed in the place of the shipped ones.

    Args:
        shipped: those Tandem ships with.
        rule: the answers of the team's rule (form `team_rule`); None where it made none.
    """
    if not rule:
        return shipped
    own = {step: _days(rule.get(f"promise_{step}"), least=0) for step in PROMISED}
    own = {step: days for step, days in own.items() if days is not None}
    every = _days(rule.get("review_every"), least=1)
    window = _days(rule.get("missed_days"), least=1)
    add_up = {
        name: _days(rule.get(f"missed_{name}"), least=1) for name in ("in_a_row", "in_window")
    }
    add_up = {name: number for name, number in add_up.items() if number is not None}
    return msgspec.structs.replace(
        shipped,
        forum=Forum(
            _days(rule.get("forum_every"), least=1) or shipped.forum.every,
            as_date(str(rule.get("next_forum_on") or "")),
        ),
        seen_within={**shipped.seen_within, **_gaps(rule, shipped)},
        days=msgspec.structs.replace(
            shipped.days, missed_window=window or shipped.days.missed_window
        ),
        missed=msgspec.structs.replace(shipped.missed, **add_up),
        fast_track=msgspec.structs.replace(shipped.fast_track, **own),
        plan=msgspec.structs.replace(shipped.plan, review_every=every or shipped.plan.review_every),
    )


def _gaps(rule: Answers, shipped: Limits) -> Mapping[str, int]:
    """Return the team's own days between two times of being seen, by setting."""
    own = {one: _days(rule.get(f"{GAP}{one}"), least=1) for one in shipped.seen_within}
    return {one: days for one, days in own.items() if days is not None}


def _days(value: Json, *, least: int) -> int | None:
    """Return an answer as days; None for what is no number of days somebody can mean."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if least <= value <= MOST_DAYS else None


MOST_DAYS = 3_650
GAP = "seen_within_"
"""How the fields of the team's rule begin that say the longest gap in a setting."""
