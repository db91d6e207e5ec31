# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether two clients may be one person, and why: a score, and its reasons in words.

It proposes, people decide. The score is the evidence in bits, as record linkage has weighed it
since Fellegi and Sunter (1969): what two people seldom share by chance counts for much, and it has
to outweigh how many others there are to be mistaken for. Rules, each with a test:

* Which of two comes first makes no difference, and nobody is more like somebody than they are.
* A name that is nearer never makes a pair less likely; a name that many share says less.
* What is not known speaks neither for nor against: a missing date of birth, somebody who moved.
  Another telephone speaks a little against: people change them.
* First name and surname the other way round, another name they go by, and a nickname are found.
* A further telephone or home counts like the one on their file, a former one too.
* Brothers, sisters and twins are two people: whoever shares a home but not a first name, or not a
  date of birth, is not made likelier by what a household shares.
* What is compared is for all partners to see: nothing of the health, police or coordination groups.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from math import log2
from typing import NamedTuple

from desktop_app.casework.alike import Birth, Name, births_alike, names_alike
from desktop_app.casework.traits import Traits
from desktop_app.casework.words import _

LIKELY = 2.4
"""From this score on two clients are shown as perhaps one: the threshold the bench measures."""
MAY_BE = 0.0
"""From this score on somebody is shown while a newcomer's name is typed."""
_FAMILY, _GIVEN = 1 / 2000, 1 / 300
"""How common a surname and a first name are as long as nothing was counted."""
_ENOUGH = 1000
"""After so many clients what was counted weighs as much as what was assumed."""
_ALIAS, _TURNED = 1.0, 2.0
"""What it costs that a name is not their main one, or stands in the other one's place."""
_SURNAME_DIFFERS, _FIRST_NAME_DIFFERS, _INITIAL = -5.0, -12.0, 1.5
_CALLED, _PHONE, _OTHER_PHONE, _ADDRESS, _POSTCODE = 6.0, 9.0, -1.2, 5.0, 3.0
_GENDER, _OTHER_GENDER = 0.8, -2.0
"""What each speaks for or against, in bits: how often it is so of one person and of any two."""
_FAMILY_NAME = 6.0
"""The most a surname counts for two who differ in first name: a family shares it."""
_HOUSEHOLD = 4.0
"""The most a home and a telephone count for two who differ in first name or date of birth."""
_ROUNDING = 1e-9
_BIRTHS = {
    Birth.DIFFERENT: -9.0,
    Birth.NOT_KNOWN: 0.0,
    Birth.ONE_PART: 1.5,
    Birth.NEAR_YEAR: 2.0,
    Birth.SLIP: 5.0,
    Birth.YEAR: 5.0,
    Birth.MONTH: 8.5,
    Birth.SWAPPED: 10.0,
    Birth.SAME: 13.0,
}
_MOST = {Name.SAME: 16.0, Name.SHORT: 10.0, Name.SOUND: 10.0, Name.CLOSE: 10.0}
"""The most a name says, in bits: a rare one that is the same may say all there is to say."""
_LESS = {Name.SAME: 0.0, Name.SHORT: 0.5, Name.SOUND: 1.0, Name.CLOSE: 1.5}
"""What a name says less, in bits, that is not the same: the nearer, the less it loses."""


class Found(NamedTuple):
    """The nearest of some names: what that says in bits, and whether it is a main name of both."""

    bits: float
    grade: Name | None
    main: bool


class Likeness(NamedTuple):
    """How likely two clients are one person, and what speaks for and against it.

    Attributes:
        score: the evidence in bits, less what is needed to tell one among all; see `LIKELY`.
        family: how alike their surnames are.
        given: how alike their first names are.
        birth: how alike their dates of birth are.
        turned: first name and surname stand in each other's place.
        called: they go by the same other name, and that says more than their surnames.
        phone: they have a telephone in common.
        home: what their addresses say, in bits.
    """

    score: float
    family: Found
    given: Found
    birth: Birth
    turned: bool
    called: bool
    phone: bool
    home: float

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what speaks for it, in words, the weightiest first."""
        reasons = [
            _of_birth(self.birth),
            *_of_names(self),
            _("same phone") if self.phone else "",
            _("same address") if self.home >= _ADDRESS else "",
            _("same postcode") if 0 < self.home < _ADDRESS else "",
        ]
        return tuple(filter(None, reasons))

    @property
    def against(self) -> tuple[str, ...]:
        """Return what speaks against it, in words."""
        against = [
            _("dates of birth differ") if self.birth is Birth.DIFFERENT else "",
            _("surnames differ") if self.family.grade is Name.DIFFERENT else "",
            _("first names differ") if self.given.grade is Name.DIFFERENT else "",
        ]
        return tuple(filter(None, against))

    @property
    def why(self) -> str:
        """Return both as one line: "same date of birth, the names sound alike"."""
        said, against = ", ".join(self.reasons), ", ".join(self.against)
        if not (said and against):
            return said
        return _("%(reasons)s, but %(against)s") % {"reasons": said, "against": against}


@dataclass(frozen=True)
class Commonness:
    """How common names are among some clients; without any, as they commonly are.

    Attributes:
        family: how many have a surname.
        given: how many have a first name.
        total: how many clients there are.
    """

    family: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    total: int = 0

    @classmethod
    def among(cls, people: Iterable[Traits]) -> "Commonness":
        """Count the names of some clients."""
        everybody = list(people)
        family = Counter(name for one in everybody for name in one.family)
        given = Counter(name for one in everybody for name in one.given)
        return cls(family, given, len(everybody))

    def of_family(self, name: str) -> float:
        """Return in bits how much it says that two share a surname."""
        return _bits(self.family[name], self.total, _FAMILY)

    def of_given(self, name: str) -> float:
        """Return in bits how much it says that two share a first name."""
        return _bits(self.given[name], self.total, _GIVEN)

    def of_either(self, name: str) -> float:
        """Return in bits how much a name says that stands in the other one's place."""
        return min(self.of_family(name), self.of_given(name))

    @cached_property
    def needed(self) -> float:
        """Return how many bits it takes to tell one client from all others."""
        return log2(max(self.total, _ENOUGH))


USUAL = Commonness()
"""How common names are where nothing was counted."""


def compare(one: Traits, other: Traits, common: Commonness = USUAL) -> Likeness:
    """Return how likely two clients are one person, and why."""
    family, given, turned = _names(one, other, common)
    birth = births_alike(one.born, other.born)
    called = family.grade is not Name.DIFFERENT and not one.called.isdisjoint(other.called)
    surname = max(family.bits, _CALLED) if called else family.bits
    phone = not one.phones.isdisjoint(other.phones)
    home = _home(one, other)
    others = bool(one.phones and other.phones)
    household = (_PHONE if phone else _OTHER_PHONE if others else 0.0) + home
    relatives = given.grade is Name.DIFFERENT
    score = (
        (min(surname, _FAMILY_NAME) if relatives else surname)
        + given.bits
        - (_TURNED if turned else 0.0)
        + _BIRTHS[birth]
        + (min(household, _HOUSEHOLD) if relatives or birth is Birth.DIFFERENT else household)
        + _gender(one.gender, other.gender)
        - common.needed
    )
    called = surname > family.bits
    return Likeness(score, family, given, birth, turned, called, phone, home)


def most_names_say(one: Traits, common: Commonness) -> tuple[float, float]:
    """Return the most that somebody's surnames and first names can say of them and another."""
    most = _MOST[Name.SAME]
    family = max((min(common.of_family(name), most) for name in one.family), default=0.0)
    given = max((min(common.of_given(name), most) for name in one.given), default=0.0)
    return max(family, _INITIAL), max(given, _INITIAL)


def at_most(
    one: Traits, other: Traits, say: tuple[float, float], says: tuple[float, float], needed: float
) -> float:
    """Return a score two clients do not exceed, at a tenth of what comparing them costs.

    `say` and `says` are what `most_names_say` has of each; `needed` is that of their commonness.
    """
    called = _CALLED if one.called and other.called else 0.0
    straight = max(min(say[0], says[0]), called) + min(say[1], says[1])
    turned = min(say[0], says[1]) + min(say[1], says[0])
    phone = 0.0 if one.phones.isdisjoint(other.phones) else _PHONE
    names = max(straight, turned) + _ROUNDING
    score = names + phone + _home(one, other) + _GENDER - needed
    return score + _BIRTHS[births_alike(one.born, other.born)]


def _names(one: Traits, other: Traits, common: Commonness) -> tuple[Found, Found, bool]:
    """Return the nearest surnames and first names, and whether they stand in each other's place."""
    family = _best(one.family, other.family, common.of_family, _SURNAME_DIFFERS)
    given = _best(one.given, other.given, common.of_given, _FIRST_NAME_DIFFERS)
    if Name.DIFFERENT not in (family.grade, given.grade):
        return family, given, False
    there = _best(one.family[:1], other.given[:1], common.of_either, _FIRST_NAME_DIFFERS)
    back = _best(one.given[:1], other.family[:1], common.of_either, _FIRST_NAME_DIFFERS)
    grades = (there.grade, back.grade)
    if None in grades or Name.DIFFERENT in grades or Name.INITIAL in grades:
        return family, given, False
    if there.bits + back.bits - _TURNED <= family.bits + given.bits:
        return family, given, False
    return max(there, back), min(there, back), True  # the same whoever comes first


def _best(
    ones: tuple[str, ...],
    others: tuple[str, ...],
    worth: Callable[[str], float],
    differs: float,
) -> Found:
    """Return the two names that say most."""
    if not ones or not others:
        return Found(0.0, None, main=True)
    best, bits, is_main = Name.DIFFERENT, differs, True
    for place, one in enumerate(ones):
        for place_there, other in enumerate(others):
            grade = names_alike(one, other)
            if grade is Name.DIFFERENT:
                continue
            main = not (place or place_there)
            says = _INITIAL
            if grade is not Name.INITIAL:
                says = max(min(worth(one), worth(other), _MOST[grade]) - _LESS[grade], _INITIAL)
            says -= 0.0 if main else _ALIAS
            if (says, grade, main) > (bits, best, is_main):
                best, bits, is_main = grade, says, main
    return Found(bits, best, is_main)


@lru_cache(maxsize=1 << 14)
def _bits(count: int, total: int, usually: float) -> float:
    """Return how much it says that two share something so common, in bits."""
    return -log2((count + _ENOUGH * usually) / (total + _ENOUGH))


def _home(one: Traits, other: Traits) -> float:
    if not one.homes.isdisjoint(other.homes):
        return _ADDRESS
    return 0.0 if one.postcodes.isdisjoint(other.postcodes) else _POSTCODE


def _gender(one: str, other: str) -> float:
    if not {one, other} <= {"man", "woman"}:
        return 0.0
    return _GENDER if one == other else _OTHER_GENDER


def _of_birth(birth: Birth) -> str:
    """Return what two dates of birth speak for, in words."""
    nearly = _("dates of birth nearly the same")
    said = {
        Birth.SAME: _("same date of birth"),
        Birth.SWAPPED: _("day and month of birth swapped"),
        Birth.MONTH: _("born in the same month"),
        Birth.YEAR: _("born in the same year"),
        Birth.NEAR_YEAR: _("born about the same year"),
        Birth.SLIP: nearly,
        Birth.ONE_PART: nearly,
    }
    return said.get(birth, "")


def _of_names(found: Likeness) -> list[str]:
    """Return what two people's names speak for, in words."""
    family, given = found.family, found.given
    if found.turned:
        return [_("first name and surname swapped")]
    if found.called:
        return [_of_given(given) if given.main else "", _("known by the same other name")]
    match family.grade, given.grade:
        case Name.SAME, Name.SAME if family.main and given.main:
            return [_("same name")]
        case Name.SOUND, Name.SOUND:
            return [_("the names sound alike")]
        case Name.CLOSE, Name.CLOSE:
            return [_("the names are spelt almost alike")]
        case _:
            return [_of_family(family), _of_given(given)]


def _of_family(found: Found) -> str:
    same = _("same surname") if found.main else _("same surname among other names")
    almost = _("the surnames are almost alike")
    said = {
        Name.SAME: same,
        Name.SHORT: almost,
        Name.SOUND: _("the surnames sound alike"),
        Name.CLOSE: almost,
    }
    return said.get(found.grade or Name.DIFFERENT, "")


def _of_given(found: Found) -> str:
    same = _("same first name") if found.main else _("same first name among other names")
    said = {
        Name.SAME: same,
        Name.SHORT: _("one first name is short for the other"),
        Name.SOUND: _("the first names sound alike"),
        Name.CLOSE: _("the first names are almost alike"),
        Name.INITIAL: _("same initial"),
    }
    return said.get(found.grade or Name.DIFFERENT, "")
