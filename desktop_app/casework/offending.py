# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Offending events: what somebody was arrested for, and what followed, each step by its own day.

Arrests, charges and convictions are told apart because they answer different questions: an offence
says when somebody offended, a conviction says when a court was done. Rules, each with a test:

* Every count says by which of the five days it counts; the day something was recorded is never one.
* An event without that day is not counted and not forgotten: it is counted as undated.
* A conviction is what a court decided against somebody. Found not guilty, withdrawn or left on file
  is none, whatever day of conviction was typed.
* Which groups of offences are acquisitive stands in the code list; nowhere else.
* Only what officers recorded counts. What somebody says about themselves is no event (codes of the
  outcome forms are never read here).
* Days at liberty leave out days in custody, so that nobody looks reformed by being locked up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import days_in_custody
from desktop_app.casework.words import _, ngettext

ACQUISITIVE = "Acquisitive"
NOT_CONVICTED, NOT_OVER = "Not convicted", "Not over"
CONVICTED_YET_NOT_OVER = frozenset({"guilty", "awaiting_sentence", "remitted_sentence"})
"""Outcomes of a case that is not over, of somebody who is convicted all the same."""


class Basis(StrEnum):
    """By which day events are counted."""

    OFFENCE = "offence"
    ARREST = "arrest"
    CHARGE = "charge"
    CONVICTION = "conviction"
    SENTENCE = "sentence"

    @property
    def words(self) -> str:
        """Return it in words, as a table says what it counts."""
        return {
            Basis.OFFENCE: _("by the day of the offence"),
            Basis.ARREST: _("by the day of the arrest"),
            Basis.CHARGE: _("by the day of the charge"),
            Basis.CONVICTION: _("by the day of the conviction"),
            Basis.SENTENCE: _("by the day of the sentence"),
        }[self]


@dataclass(frozen=True, slots=True)
class Event:
    """What these rules need of an arrest and what followed it."""

    form: ClassVar[str] = "arrest"
    record: Record
    operation: str
    offence_group: str
    offence_on: date | None
    arrested_on: date | None
    further_action: str
    charged_on: date | None
    plea: str
    plea_on: date | None
    convicted_on: date | None
    disposal: str
    sentenced_on: date | None

    @property
    def acquisitive(self) -> bool:
        """Say whether it is acquisitive property crime (guide section 9)."""
        return is_acquisitive(self.offence_group)

    @property
    def charged(self) -> bool:
        """Say whether it came to a charge or a summons."""
        return self.further_action in ("charged", "summons") or self.charged_on is not None

    @property
    def acquitted(self) -> bool:
        """Say whether a court was done, and did not decide against them."""
        return _outcome_group(self.disposal) == NOT_CONVICTED

    @property
    def convicted(self) -> bool:
        """Say whether a court decided against them."""
        decided = _outcome_group(self.disposal)
        if self.acquitted:
            return False
        if decided == NOT_OVER:
            return self.disposal in CONVICTED_YET_NOT_OVER
        sentenced = bool(decided) and self.sentenced_on is not None
        return self.convicted_on is not None or sentenced

    def happened(self, basis: Basis) -> bool:
        """Say whether there was what is counted: every event is an offence and an arrest."""
        return {
            Basis.CHARGE: self.charged,
            Basis.CONVICTION: self.convicted,
            Basis.SENTENCE: self.convicted and _outcome_group(self.disposal) not in ("", NOT_OVER),
        }.get(basis, True)

    def day(self, basis: Basis) -> date | None:
        """Return the day it is counted by; None where that is not known."""
        return {
            Basis.OFFENCE: self.offence_on,
            Basis.ARREST: self.arrested_on,
            Basis.CHARGE: self.charged_on,
            Basis.CONVICTION: self.convicted_on or self.sentenced_on,
            Basis.SENTENCE: self.sentenced_on,
        }[basis]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many events there were in a time, by one of their days.

    Attributes:
        basis: by which day.
        count: how many.
        acquisitive: how many of those are acquisitive property crime.
        groups: how many by kind of offence.
        undated: how many more there are, of any time, whose day is not known.
    """

    basis: Basis
    count: int
    acquisitive: int
    groups: Mapping[str, int]
    undated: int

    @property
    def words(self) -> str:
        """Return it in words, with what is not known said as well."""
        said = ngettext(
            "%(n)d, %(acq)d of it acquisitive", "%(n)d, %(acq)d acquisitive", self.count
        )
        line = said % {"n": self.count, "acq": self.acquisitive} if self.count else _("none")
        if not self.undated:
            return line
        more = ngettext("%(n)d more without its day", "%(n)d more without their days", self.undated)
        return f"{line}; {more % {'n': self.undated}}"


def is_acquisitive(offence_group: str) -> bool:
    """Say whether a kind of offence is acquisitive property crime."""
    found = codes("offence_group").find(offence_group)
    return found is not None and found.group == ACQUISITIVE


def events(records: Iterable[Record]) -> list[Event]:
    """Return somebody's offending events, earliest arrest first."""
    found = read_all(Event, records)
    return sorted(
        found, key=lambda one: (one.arrested_on or one.offence_on or date.min, one.record.id)
    )


def counted(records: Iterable[Record], basis: Basis, since: date, until: date) -> Counted:
    """Return how many events fall into a time.

    Args:
        records: the client's records.
        basis: by which of their days.
        since: the first day that counts.
        until: the first day that does not any more.
    """
    some = [one for one in events(records) if one.happened(basis)]
    days = [(one, one.day(basis)) for one in some]
    within = [one for one, day in days if day is not None and since <= day < until]
    return Counted(
        basis,
        len(within),
        sum(one.acquisitive for one in within),
        Counter(one.offence_group for one in within),
        sum(day is None for _one, day in days),
    )


def days_at_liberty(records: Iterable[Record], since: date, until: date) -> int:
    """Return on how many days of a time somebody was not in custody, as far as that is recorded."""
    return max(0, (until - since).days) - days_in_custody(records, since, until)


def how_it_stands(event: Event, on: date) -> str:
    """Return how far a case has come, in words: "charged 3 Nov, not over yet"."""
    if event.disposal and _outcome_group(event.disposal) != NOT_OVER:
        said = codes("disposal").label(event.disposal)
        return _dated(said, event.sentenced_on, on)
    if event.convicted:
        return _dated(_("Convicted, not sentenced yet"), event.convicted_on, on)
    if event.charged:
        return _dated(_("Charged, not over yet"), event.charged_on, on)
    if event.further_action in ("", "not_known"):
        return _("what followed is not known")
    return codes("further_action").label(event.further_action)


def _dated(said: str, day: date | None, on: date) -> str:
    if day is None:
        return said
    return _("%(what)s (%(day)s)") % {"what": said, "day": say_short(day.isoformat(), on)}


def _outcome_group(disposal: str) -> str:
    found = codes("disposal").find(disposal)
    return found.group if found else ""
