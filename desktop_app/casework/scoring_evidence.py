# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the records say of a criterion: a count, the records behind it, the answer it points to.

Rules, each with a test:

* It is shown, never filled in: whoever scores takes it, or does not.
* An offence counts by its own day, or by the day of arrest where that one is not known; a
  conviction by the day of conviction. Self-report never counts.
* An arrest that came to nothing counts as no offence.
* Every count names the records it was counted from.
* Where one of them is kept to the police or to health, so are the words that tell of it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.matrix import Band, Criterion
from desktop_app.casework.offending import Basis, Event, events
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _

YEAR, FOUR_WEEKS = timedelta(days=365), timedelta(days=28)
NO_ACTION = "no_action"


@dataclass(frozen=True, slots=True)
class Kept:
    """What these rules need of an appointment."""

    form: ClassVar[str] = "appointment"
    record: Record
    kind: str
    booked_for: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """What these rules need of a client: who else works with them."""

    form: ClassVar[str] = "client"
    record: Record
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What the records say of a criterion.

    Attributes:
        count: how many.
        evidence: one line for each record behind it, the latest first.
        band: the answer it points to; None when the answers name no numbers.
        kept_with: the audience its words belong to; empty where every partner may read them.
    """

    count: int
    evidence: tuple[str, ...]
    band: Band | None
    kept_with: str = ""

    @property
    def words(self) -> str:
        """Return it in one line: "The records say 3: Shoplifting, Thu 2 Jul; ..."."""
        if not self.count:
            return _("The records shown here say none.")
        return _("The records say %(n)d: %(which)s.") % {
            "n": self.count,
            "which": "; ".join(self.evidence),
        }


def said_of(criterion: Criterion, records: Iterable[Record], day: date) -> Said | None:
    """Return what the records say of a criterion; None where they say nothing of its kind.

    Args:
        criterion: what is asked.
        records: the client's records this laptop holds, the client's own among them.
        day: the day it is scored on.
    """
    count = _COUNTED.get(criterion.proposed_from)
    if count is None:
        return None
    found = count(list(records), day)
    ordered = sorted(found, key=lambda one: one[0], reverse=True)
    evidence = tuple(words for _on, words, _kept in ordered)
    kept = {kept for _on, _words, kept in found} - {PARTNERS}
    band = pointed_to(criterion.offered, len(found))
    return Said(len(found), evidence, band, min(kept, default=""))


def pointed_to(bands: Iterable[Band], count: int) -> Band | None:
    """Return the answer a count points to: the one with the greatest number not above it.

    An answer without a number, such as "None", is that of nothing at all.
    """
    named = [(band.least, band) for band in bands if band.least is not None]
    fitting = [one for one in named if one[0] <= count]
    if fitting:
        return max(fitting, key=lambda one: one[0])[1]
    without = [band for band in bands if band.least is None]
    return without[0] if named and count == 0 and without else None


_Found = list[tuple[date, str, str]]
"""Of each record its day, its words, and who may read it."""


def _offences(records: list[Record], day: date) -> _Found:
    return _arrests(records, day)


def _acquisitive(records: list[Record], day: date) -> _Found:
    return _arrests(records, day, acquisitive=True)


def _arrests(records: list[Record], day: date, *, acquisitive: bool = False) -> _Found:
    found = []
    for one in events(records):
        on = one.offence_on or one.arrested_on
        if on is None or not day - YEAR < on <= day or _came_to_nothing(one):
            continue
        if one.acquisitive or not acquisitive:
            found.append((on, _event(one, on, day), one.record.audience))
    return found


def _convictions(records: list[Record], day: date) -> _Found:
    convicted = [(one, one.day(Basis.CONVICTION)) for one in events(records) if one.convicted]
    return [
        (on, _event(one, on, day), one.record.audience)
        for one, on in convicted
        if on and day - YEAR < on <= day
    ]


def _missed(records: list[Record], day: date) -> _Found:
    found = []
    for one in read_all(Kept, records):
        on = one.booked_for.date() if one.booked_for else None
        if one.state == "not_attended" and on is not None and day - FOUR_WEEKS < on <= day:
            words = _line(codes("appointment_kind").label(one.kind), on, day)
            found.append((on, words, one.record.audience))
    return found


def _schemes(records: list[Record], day: date) -> _Found:
    known = {code for one in read_all(Scheme, records) for code in one.schemes}
    return [(day, codes("scheme").label(code), PARTNERS) for code in sorted(known)]


_COUNTED: Mapping[str, Callable[[list[Record], date], _Found]] = {
    "convictions": _convictions,
    "acquisitive": _acquisitive,
    "offences": _offences,
    "missed": _missed,
    "schemes": _schemes,
}


def _came_to_nothing(one: Event) -> bool:
    return one.further_action == NO_ACTION or one.acquitted


def _event(one: Event, on: date, day: date) -> str:
    return _line(codes("offence_group").label(one.offence_group), on, day)


def _line(what: str, on: date, day: date) -> str:
    return _("%(what)s, %(day)s") % {"what": what, "day": say_short(on.isoformat(), day)}
