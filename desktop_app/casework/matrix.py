# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria: the matrix the partners choose by, in versions, and who has agreed to which.

Rules, each with a test:

* A version is in force once every agency the team names has agreed to exactly its words. Whatever
  is altered afterwards has another mark, and nobody has agreed to that.
* An agency agrees through somebody who works for it, as the roster says; not through what a record
  claims. The latest that was said in its name counts.
* What is still called an example is never in force, whoever agreed.
* Of several versions in force the one written last counts. Nothing depends on what arrived first.
* Nothing odd in a record raises: a line of points that cannot be read offers no answer.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import ClassVar, NamedTuple

from desktop_app.casework.people import Team
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.words import _

AGREES = "agrees"
FORMS = ("matrix", "criterion", "agreement", "team_rule")
"""The forms these rules are read from; none of them is about a client."""
_BAND = re.compile(r"^\s*([+-]?\d{1,3})\s*=\s*(.*\S)\s*$")
_COUNT = re.compile(r"\d+")


class Band(NamedTuple):
    """One answer to a criterion and the points it counts."""

    points: int
    says: str

    @property
    def least(self) -> int | None:
        """Return the least count it speaks of, "3 to 5" of 3; None when it names no number."""
        found = _COUNT.search(self.says)
        return int(found[0]) if found else None

    @property
    def words(self) -> str:
        """Return it as it is stored."""
        return f"{self.points} = {self.says}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """What these rules need of a set of criteria."""

    form: ClassVar[str] = "matrix"
    record: Record
    title: str
    version: str
    from_on: date | None
    threshold: int | None
    example: str
    why: str
    supersedes: bytes | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """What these rules need of one criterion."""

    form: ClassVar[str] = "criterion"
    record: Record
    matrix: bytes | None
    place: int | None
    question: str
    help: str
    bands: tuple[str, ...]
    weight: int | None
    protective: str
    proposed_from: str

    @property
    def offered(self) -> list[Band]:
        """Return the answers it offers, in their order."""
        return [band for text in self.bands if (band := read_band(text)) is not None]

    @property
    def protects(self) -> bool:
        """Say whether its points count down."""
        return self.protective == "yes"

    @property
    def words(self) -> tuple[str, str]:
        """Return what is asked, and what to look at."""
        return self.question, self.help

    @property
    def times(self) -> int:
        """Return how many times its points count."""
        return max(1, self.weight or 1)

    def counted(self, points: int) -> int:
        """Return what points count for in the total."""
        return -abs(points) * self.times if self.protects else points * self.times


@dataclass(frozen=True, slots=True)
class Agreement:
    """What these rules need of an agreement."""

    form: ClassVar[str] = "agreement"
    record: Record
    matrix: bytes | None
    mark: str
    agency: str
    agreed_on: date | None
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What these rules need of what the coordinator decided for the team."""

    form: ClassVar[str] = "team_rule"
    record: Record
    agencies: tuple[str, ...]
    programme_places: int | None


@dataclass(frozen=True)
class Version:
    """One version, whole: the set, and its criteria in their order."""

    matrix: Matrix
    criteria: tuple[Criterion, ...]

    @property
    def id(self) -> bytes:
        """Return the id of the set's record."""
        return self.matrix.record.id

    @property
    def called(self) -> str:
        """Return its name and version."""
        return ", ".join(part for part in (self.matrix.title, self.matrix.version) if part)

    @property
    def threshold(self) -> int:
        """Return from how many points somebody is proposed."""
        return self.matrix.threshold or 0

    @property
    def example(self) -> bool:
        """Say whether it is still called an example."""
        return self.matrix.example == "yes"

    @cached_property
    def mark(self) -> str:
        """Return what tells exactly these words and points from any others."""
        one = self.matrix
        said = [
            (one.record.id, one.title, one.version, one.threshold, one.example),
            *(
                (each.record.id, each.place, each.bands, each.times, each.protects, each.words)
                for each in self.criteria
            ),
        ]
        return blake2b(repr(said).encode(), digest_size=16, person=b"tandem-matrix").hexdigest()

    @property
    def most(self) -> int:
        """Return the highest total there can be."""
        return sum(max(self._counts(one), default=0) for one in self.criteria)

    def _counts(self, one: Criterion) -> list[int]:
        return [one.counted(band.points) for band in one.offered]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a version stands with the agencies.

    Attributes:
        agreed: what each agency that agrees to these words has said.
        not_yet: what agencies that do not, or no longer, agree have said last.
        waiting: agencies that have said nothing about exactly these words.
        example: whether it is still called an example.
    """

    agreed: Mapping[str, Agreement]
    not_yet: Mapping[str, Agreement]
    waiting: tuple[str, ...]
    example: bool

    @property
    def in_force(self) -> bool:
        """Say whether every agency has agreed, and it is no example."""
        return bool(self.agreed) and not self.not_yet and not self.waiting and not self.example

    @property
    def words(self) -> str:
        """Return it as one sentence."""
        lacking = [*self.not_yet, *self.waiting]
        if self.example:
            return _("An example to be argued over. It is never in force.")
        if not lacking:
            return _("In force: every agency has agreed to exactly these words.")
        return _("Not in force. Still to agree: %(agencies)s.") % {"agencies": ", ".join(lacking)}


def read_band(text: str) -> Band | None:
    """Return the points and words of "2 = one or two"; None when it cannot be read."""
    found = _BAND.match(text)
    return Band(int(found[1]), found[2]) if found else None


def versions(records: Iterable[Record]) -> list[Version]:
    """Return every version, the one written first first; a set without criteria is none."""
    held = list(records)
    of: dict[bytes, list[Criterion]] = {}
    for one in read_all(Criterion, held):
        of.setdefault(one.matrix or b"", []).append(one)
    found = [
        Version(one, _in_order(of[one.record.id]))
        for one in read_all(Matrix, held)
        if one.record.id in of
    ]
    return sorted(found, key=lambda one: (one.matrix.from_on or date.min, one.id))


def standing(version: Version, records: Iterable[Record], team: Team) -> Standing:
    """Return how a version stands with the agencies the team names."""
    held = list(records)
    said: dict[str, Agreement] = {}
    every = sorted(
        read_all(Agreement, held), key=lambda one: (one.record.recorded_at, one.record.id)
    )
    for one in every:
        author = team.persons.get(one.record.author)
        own = author is not None and _same(author.agency, one.agency)
        if own and one.matrix == version.id and one.mark == version.mark:
            said[_plain(one.agency)] = one
    agencies = agencies_of(held, team)
    answered = {one: said[_plain(one)] for one in agencies if _plain(one) in said}
    return Standing(
        {name: one for name, one in answered.items() if one.answer == AGREES},
        {name: one for name, one in answered.items() if one.answer != AGREES},
        tuple(one for one in agencies if one not in answered),
        version.example,
    )


def in_force(records: Iterable[Record], team: Team) -> Version | None:
    """Return the version the team chooses by; None while there is none."""
    held = list(records)
    found = [one for one in versions(held) if standing(one, held, team).in_force]
    return found[-1] if found else None


def agencies_of(records: Iterable[Record], team: Team) -> tuple[str, ...]:
    """Return the agencies that have to agree: those the coordinator named, or everybody's."""
    rules = [one for one in _rules(records) if one.agencies]
    if rules:
        return tuple(dict.fromkeys(name.strip() for name in rules[-1].agencies if name.strip()))
    working = sorted((one.id, one.agency) for one in team.persons.values() if one.active)
    found = {_plain(agency): agency for _id, agency in working if agency.strip()}
    return tuple(found[name] for name in sorted(found))


def programme_places(records: Iterable[Record]) -> int | None:
    """Return how many places the outreach programme has; None when nobody has said."""
    said = [one.programme_places for one in _rules(records)]
    known = [one for one in said if one is not None]
    return known[-1] if known else None


def _rules(records: Iterable[Record]) -> list[Rule]:
    found = read_all(Rule, records)
    return sorted(found, key=lambda one: (one.record.recorded_at, one.record.id))


def _in_order(criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    return tuple(sorted(criteria, key=lambda one: (one.place or 0, one.record.id)))


def _plain(agency: str) -> str:
    return " ".join(agency.casefold().split())


def _same(one: str, other: str) -> bool:
    return bool(_plain(one)) and _plain(one) == _plain(other)
