# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whom a line is about: sure, likely, or nobody, among the clients held and the lines further up.

Rules, each with a test:

* Sure is a reference with a name that does not speak against it, or the same name and whole date of
  birth, and only where one client fits. Everything else is for a person to decide.
* Initials with a date of birth and a sex, as police and treatment lists share them, are likely at
  best.
* A client with several files is found by any of them, and is one.
* What one look costs does not grow with how many are held: each key finds a bounded number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop_app.casework.alike import Birth, Name
from desktop_app.casework.duplicates import LIKELY, Commonness, Likeness, compare
from desktop_app.casework.letters import skeleton
from desktop_app.casework.names import fold, full_name
from desktop_app.casework.pairing import keys
from desktop_app.casework.records import Answers, RecordId
from desktop_app.casework.reference import reference, typed_reference
from desktop_app.casework.traits import Traits, traits

PER_KEY, WEIGHED, OFFERED = 400, 40, 3
MAY = 0.0
"""From this score on somebody is offered as whom a line of a list may be about."""


class Candidate(NamedTuple):
    """Somebody a line may be about: their id, or the line they stand on; in words; and why."""

    client: RecordId
    line: int
    name: str
    why: str
    score: float


class Found(NamedTuple):
    """Whom a line is about: one for sure, or those who are likely, the likeliest first."""

    sure: Candidate | None
    likely: tuple[Candidate, ...] = ()


class Somebody(NamedTuple):
    """Somebody as they are looked for: what they are told from others by, and where they are found.

    Attributes:
        name: as a list writes it.
        traits: what they are told from others by.
        keys: under which they are found, and find others.
        identity: name and whole date of birth; parts of it empty where they are not known.
    """

    name: str
    traits: Traits
    keys: frozenset[str]
    identity: tuple[str, str, str]


class _Held(NamedTuple):
    client: RecordId
    line: int
    name: str
    traits: Traits


@dataclass(slots=True)
class Index:
    """Everybody a line may be about.

    Attributes:
        common: how common names are among those held.
        heads: whom a client is shown as, of those who have several files.
    """

    common: Commonness = field(default_factory=Commonness)
    heads: Mapping[RecordId, RecordId] = field(default_factory=dict)
    _people: list[_Held] = field(default_factory=list)
    _by_key: dict[str, list[int]] = field(default_factory=dict)
    _by_name: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    _by_ref: dict[str, list[int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self._people)

    def add(self, who: Somebody, *, client: RecordId = b"", line: int = 0) -> None:
        """Put somebody in: a client who is held, or the client a line would make."""
        place = len(self._people)
        self._people.append(_Held(client, line, who.name, who.traits))
        for key in who.keys:
            held = self._by_key.setdefault(key, [])
            if len(held) < PER_KEY:
                held.append(place)
        if all(who.identity):
            self._by_name.setdefault(who.identity, []).append(place)
        if client:
            self._by_ref.setdefault(reference(client), []).append(place)

    def find(self, who: Somebody, *, ref: str = "") -> Found:
        """Return whom somebody, or their reference as typed, is among those held."""
        if ref and (by_ref := self._by_ref.get(typed_reference(ref), ())):
            return self._by_reference([self._people[place] for place in by_ref], who.traits)
        same = [self._people[place] for place in self._by_name.get(who.identity, ())]
        if len({self._shown(one) for one in same}) == 1:
            return Found(self._candidate(same[0], compare(who.traits, same[0].traits, self.common)))
        return Found(None, tuple(self._weighed(who)[:OFFERED]))

    def _by_reference(self, held: list[_Held], told: Traits) -> Found:
        found = [(one, compare(told, one.traits, self.common)) for one in held]
        offered = tuple(self._candidate(one, likeness) for one, likeness in found)
        one, likeness = found[0]
        differs = Name.DIFFERENT in (likeness.family.grade, likeness.given.grade)
        if len({self._shown(each) for each, _how in found}) > 1 or (
            (differs and not likeness.turned) or likeness.birth is Birth.DIFFERENT
        ):
            return Found(None, offered[:OFFERED])
        return Found(self._candidate(one, likeness))

    def _weighed(self, who: Somebody) -> list[Candidate]:
        told = who.traits
        found = Counter(place for key in who.keys for place in self._by_key.get(key, ()))
        best: dict[RecordId | int, Candidate] = {}
        for place, _count in found.most_common(WEIGHED):
            held = self._people[place]
            likeness = compare(told, held.traits, self.common)
            one = self._candidate(held, likeness)
            at = one.client or one.line
            if likeness.score >= MAY and (at not in best or best[at].score < one.score):
                best[at] = one
        return sorted(best.values(), key=lambda one: (-one.score, one.client, one.line))

    def _candidate(self, held: _Held, likeness: Likeness) -> Candidate:
        return Candidate(self._shown(held), held.line, held.name, likeness.why, likeness.score)

    def _shown(self, held: _Held) -> RecordId:
        return self.heads.get(held.client, held.client)


def index_of(
    people: Iterable[tuple[RecordId, Answers]],
    heads: Mapping[RecordId, RecordId],
    further: Mapping[RecordId, Sequence[Answers]],
) -> Index:
    """Return an index of the clients held.

    Args:
        people: the clients.
        heads: whom a client is shown as, of those who have several files.
        further: what is recorded of other addresses and telephones of theirs.
    """
    held = [(client, somebody(answers, further.get(client, ()))) for client, answers in people]
    found = Index(Commonness.among(who.traits for _client, who in held), heads)
    for client, who in held:
        found.add(who, client=client)
    return found


def somebody(answers: Answers, further: Sequence[Answers] = ()) -> Somebody:
    """Return somebody as they are looked for, by what is answered of them."""
    told = traits(answers, further)
    return Somebody(full_name(answers), told, frozenset(keys(told)), identity(answers))


def identity(answers: Answers) -> tuple[str, str, str]:
    """Return a name and a whole date of birth, to be found by; parts of it empty if not known."""
    surname, forename, born = (
        str(answers.get(one) or "") for one in ("surname", "forename", "born")
    )
    whole = born if len(born) == len("1989-03-14") else ""
    return skeleton(fold(surname)), skeleton(fold(forename)), whole


def likely_enough(found: Found) -> tuple[Candidate, ...]:
    """Return those who may be a newcomer: as likely as the duplicates a list of clients shows."""
    return tuple(one for one in found.likely if one.score >= LIKELY)
