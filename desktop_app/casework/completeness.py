# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the guide wants kept of everybody on a list, and what of it is still missing.

The enforcement list: name, date of birth, operation, days of arrest, what followed, what the court
decided. The outreach list: name, date of birth, the day accepted and, once removed, that day. Those
who were eligible and not included: name, date of birth, the day, the score and the reason.

Rules, each with a test:

* It nags, it never blocks: a record without these answers is saved.
* Somebody who has not been arrested lacks nothing by it. Only the answers of arrests there are
  count, so that the meter never asks for an arrest.
* A day of removal is wanted only once somebody was removed.
* Each missing answer says which form and field it stands in, and who demands it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.answers import is_empty
from desktop_app.casework.forms import Field, form, relevant
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, NOT_INCLUDED, SUPPLY, places
from desktop_app.casework.words import _, ngettext

IDENTITY = ("surname", "forename", "born")
LISTED = ("operation", "started_on")
ARREST = ("arrested_on", "further_action", "disposal")


@dataclass(frozen=True, slots=True)
class Arrested:
    """What these rules need of an arrest."""

    form: ClassVar[str] = "arrest"
    record: Record
    operation: str
    arrested_on: date | None
    further_action: str
    disposal: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What these rules need of a client."""

    form: ClassVar[str] = "client"
    surname: str
    forename: str
    born: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One answer that is still missing: where it stands, its label, and who demands it."""

    record: Record
    field: str
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is demanded has been answered.

    Attributes:
        asked: every answer that is demanded, as form and field.
        missing: those that are not there.
    """

    asked: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]

    @property
    def wanted(self) -> int:
        """Return how many answers are demanded."""
        return len(self.asked)

    @property
    def fraction(self) -> float:
        """Return how much is there, from 0 to 1; 1 when nothing is demanded."""
        return 1.0 if not self.wanted else (self.wanted - len(self.missing)) / self.wanted

    @property
    def words(self) -> str:
        """Return it in words: "All 6 answers are there", "4 of 6: Born and Operation missing"."""
        if not self.missing:
            said = ngettext(
                "%(n)d answer wanted, and it is there",
                "All %(n)d answers wanted are there",
                self.wanted,
            )
            return said % {"n": self.wanted}
        labels = list(dict.fromkeys(one.label for one in self.missing))
        return _("%(there)d of %(wanted)d. Missing: %(labels)s") % {
            "there": self.wanted - len(self.missing),
            "wanted": self.wanted,
            "labels": ", ".join(labels),
        }


def enforcement(client: Record, records: Iterable[Record]) -> Completeness | None:
    """Return how complete the enforcement list is for somebody; None when not on it."""
    held = list(records)
    listed = places(held, SUPPLY)
    if not listed:
        return None
    asked = _asked(client, IDENTITY)
    for place in listed:
        asked += _asked(place.record, LISTED)
    for arrest in held:
        if arrest.form == "arrest" and arrest.withdrawn is None:
            asked += _asked(arrest, ARREST)
    return _measured(asked)


def outreach(client: Record, records: Iterable[Record]) -> Completeness | None:
    """Return how complete the outreach list is for somebody; None when not on it."""
    listed = places(records, DEMAND)
    if not listed:
        return None
    asked = _asked(client, IDENTITY)
    for place in listed:
        asked += _asked(place.record, ("started_on",))
        if place.ended_because:
            asked += _asked(place.record, ("ended_on",))
    return _measured(asked)


def not_included(client: Record, records: Iterable[Record]) -> Completeness | None:
    """Return how complete the third list is for somebody; None when not on it (guide section 4)."""
    listed = places(records, NOT_INCLUDED)
    if not listed:
        return None
    asked = _asked(client, IDENTITY)
    for place in listed:
        asked += _asked(place.record, ("started_on", "score", "not_included_because"))
    return _measured(asked)


def together(some: Iterable[Completeness | None]) -> Completeness:
    """Return how complete several are, taken together."""
    held = [one for one in some if one is not None]
    return Completeness(
        tuple(each for one in held for each in one.asked),
        tuple(each for one in held for each in one.missing),
    )


def by_field(some: Iterable[Completeness | None]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return of each form and field how many answers are there, and how many are wanted."""
    held = together(some)
    wanted = Counter(held.asked)
    lacking = Counter((one.record.form, one.field) for one in held.missing)
    return {each: (count - lacking[each], count) for each, count in wanted.items()}


def _asked(record: Record, names: Iterable[str]) -> list[tuple[Record, Field]]:
    offered = form(record.form).fields
    return [
        (record, offered[name])
        for name in names
        if name in offered and relevant(offered[name], record.answers)
    ]


def _measured(asked: list[tuple[Record, Field]]) -> Completeness:
    missing = tuple(
        Missing(record, field.name, _(field.label), _(field.needed or "guide section 4"))
        for record, field in asked
        if is_empty(record.answers.get(field.name))
    )
    return Completeness(tuple((record.form, field.name) for record, field in asked), missing)
