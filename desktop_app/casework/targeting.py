# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Targeting and support: two spells with two ends, never one.

Rules, each with a test:

* Being removed from targeting ends no support, and the end of support ends no targeting.
* A person may have several spells of each; the day of each is kept for ever.
* The three groups are the enforcement list, the outreach programme and those who were eligible
  and not included; the third is kept as carefully as the others.
* A sentence that reassures ("support goes on") is said only when the records say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.readings import held as once
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _, ngettext

SUPPLY, DEMAND, NOT_INCLUDED = "supply_side", "demand_side", "eligible_not_included"


@dataclass(frozen=True, slots=True)
class Place:
    """What these rules need of a place in the initiative."""

    form: ClassVar[str] = "cohort"
    record: Record
    cohort: str
    operation: str
    started_on: date | None
    ended_on: date | None
    ended_because: str
    not_included_because: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class Support:
    """What these rules need of a spell of support."""

    form: ClassVar[str] = "support"
    record: Record
    started_on: date | None
    agreed_on: date | None
    ended_on: date | None
    end_reason: str


def places(records: Iterable[Record], cohort: str = "") -> list[Place]:
    """Return somebody's places in the initiative, earliest first; all groups, or one."""
    found = [
        one for one in read_all(Place, records) if one.started_on and cohort in ("", one.cohort)
    ]
    return sorted(found, key=lambda one: (one.started_on or date.min, one.record.id))


def places_on(records: Iterable[Record], day: date) -> list[Place]:
    """Return the places somebody holds on a day."""
    return [one for one in places(records) if _runs(one.started_on, one.ended_on, day)]


def supports(records: Iterable[Record]) -> list[Support]:
    """Return somebody's spells of support, earliest first."""
    found = [one for one in read_all(Support, records) if one.started_on]
    return sorted(found, key=lambda one: (one.started_on or date.min, one.record.id))


def support_on(records: Iterable[Record], day: date) -> Support | None:
    """Return the spell of support that runs on a day; None when none does."""
    running = [one for one in supports(records) if _runs(one.started_on, one.ended_on, day)]
    return running[-1] if running else None


def programme_words(records: Iterable[Record], on: date) -> str:
    """Return the chip of the outreach programme, "On programme 142 days"; empty when not on it."""
    held = [one for one in places_on(records, on) if one.cohort == DEMAND]
    if not held or held[0].started_on is None:
        return ""
    days = (on - held[0].started_on).days
    return ngettext("On programme %(n)d day", "On programme %(n)d days", days) % {"n": days}


def not_told(records: Iterable[Record], on: date) -> list[Place]:
    """Return the places on the programme the client has not been told of yet."""
    return [one for one in places_on(records, on) if one.cohort == DEMAND and one.told_on is None]


def targeting_words(records: Iterable[Record], on: date) -> list[str]:
    """Return how targeting stands: a sentence for each place, or that it ended."""
    held = once(records)
    if now := places_on(held, on):
        words = _("%(group)s since %(day)s.")
        named = [(codes("cohort").label(one.cohort), _said(one.started_on, on)) for one in now]
        return [words % {"group": group, "day": day} for group, day in named]
    ended = _ended(held, on)
    return [_("Targeting ended on %(day)s.") % {"day": _said(ended, on)}] if ended else []


def support_words(records: Iterable[Record], on: date) -> list[str]:
    """Return how support stands: a sentence, or none where it was never recorded."""
    held = once(records)
    support = support_on(held, on)
    if support is not None:
        goes_on = not places_on(held, on) and _ended(held, on) is not None
        words = _("Support goes on.") if goes_on else _("Support since %(day)s.")
        return [words % {"day": _said(support.started_on, on)}]
    return [_("No spell of support runs today.")] if supports(held) else []


def _ended(records: Iterable[Record], on: date) -> date | None:
    """Return the day the last place that ended did."""
    days = [one.ended_on for one in places(records) if one.ended_on and one.ended_on <= on]
    return days[-1] if days else None


def _runs(started_on: date | None, ended_on: date | None, day: date) -> bool:
    return started_on is not None and started_on <= day and not (ended_on and ended_on <= day)


def _said(day: date | None, on: date) -> str:
    return say_short(day.isoformat(), on) if day else ""
