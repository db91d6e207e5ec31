# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How alike two names are, and two dates of birth: the grades that `duplicates` weighs.

Rules, each with a test:

* Which of two comes first makes no difference.
* A nickname is nearer than what only sounds alike; that is nearer than a slip of the keys.
* Two first names that are both common are two names, however few letters they differ in: Dean is
  not a slip for Sean.
* A date with day and month the other way, one wrong figure, or only a part of it known, is told
  apart from another date.
* A first of January is read as its year: it is what is written where nobody knew the day.
"""

import re
from enum import IntEnum, auto
from functools import cache, lru_cache
from typing import NamedTuple

import jellyfish

from desktop_app.casework.names import other_names

_EDTF = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~?)$")
_LOOKS_ALIKE = 0.72
"""How alike names must be written that sound alike: John and Jane, both "JN", are not."""
_SLIP, _TWO_SLIPS = 3, 8
"""From how many letters on one slip, or two, still leave it the same name."""


class Name(IntEnum):
    """How alike two names are, the nearest last."""

    DIFFERENT = auto()
    INITIAL = auto()
    CLOSE = auto()
    SOUND = auto()
    SHORT = auto()
    SAME = auto()


class Birth(IntEnum):
    """How alike two dates of birth are, the nearest last."""

    DIFFERENT = auto()
    NOT_KNOWN = auto()
    ONE_PART = auto()
    NEAR_YEAR = auto()
    SLIP = auto()
    YEAR = auto()
    MONTH = auto()
    SWAPPED = auto()
    SAME = auto()


class Born(NamedTuple):
    """A remembered date of birth; a part that is not known is 0."""

    year: int
    month: int
    day: int
    about: bool


def born(edtf: str) -> Born | None:
    """Return a date of birth in its parts; None when nothing of it is known."""
    found = _EDTF.match(edtf)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return (
        Born(year, 0, 0, bool(found[4]))
        if (month, day) == (1, 1)
        else Born(year, month, day, bool(found[4]))
    )


def names_alike(one: str, other: str) -> Name:
    """Return how alike two folded names are."""
    if one == other:
        return Name.SAME
    return _graded(one, other) if one < other else _graded(other, one)


@cache
def also(name: str) -> frozenset[str]:
    """Return the names somebody of this folded name may go by as well."""
    return other_names(name)


@cache
def sound(name: str) -> str:
    """Return how a folded name sounds; the name itself where letters of no sound are left."""
    return jellyfish.metaphone(name) or name


@lru_cache(maxsize=1 << 16)
def births_alike(one: Born | None, other: Born | None) -> Birth:
    """Return how alike two dates of birth are."""
    if one is None or other is None:
        return Birth.NOT_KNOWN
    years = abs(one.year - other.year)
    if one.about or other.about:
        return Birth.YEAR if not years else Birth.NEAR_YEAR if years <= 3 else Birth.DIFFERENT
    if not (one.month and other.month):
        return Birth.YEAR if not years else Birth.NEAR_YEAR if years == 1 else Birth.DIFFERENT
    if not (one.day and other.day):
        same = (years, one.month) == (0, other.month)
        return Birth.MONTH if same else Birth.ONE_PART if not years else Birth.DIFFERENT
    return _whole_dates(one, other)


@lru_cache(maxsize=1 << 18)
def _graded(one: str, other: str) -> Name:
    if _short_for(one, other):
        return Name.SHORT
    if min(len(one), len(other)) <= 1:
        return Name.INITIAL if one[:1] == other[:1] else Name.DIFFERENT
    apart = jellyfish.damerau_levenshtein_distance(one, other)
    longest = max(len(one), len(other))
    slips = 0 if longest < _SLIP else 1 if longest < _TWO_SLIPS else 2
    if _sound_alike(one, other) or _sounds_short_for(one, other) or _sounds_short_for(other, one):
        return Name.SOUND
    both_names = bool(also(one) and also(other))
    return Name.CLOSE if apart <= slips and not both_names else Name.DIFFERENT


def _whole_dates(one: Born, other: Born) -> Birth:
    if one[:3] == other[:3]:
        return Birth.SAME
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Birth.SWAPPED
    if one.year != other.year and one.month != other.month and one.day != other.day:
        return Birth.DIFFERENT  # one slip alters two parts of a date at most
    written = [f"{born.year:04d}{born.month:02d}{born.day:02d}" for born in (one, other)]
    if jellyfish.damerau_levenshtein_distance(*written) == 1:
        return Birth.SLIP
    same = sum(mine == theirs for mine, theirs in zip(one[:3], other[:3], strict=True))
    return Birth.ONE_PART if same == 2 else Birth.DIFFERENT


def _short_for(one: str, other: str) -> bool:
    """Say whether one is short for the other, or both for the same longer name."""
    mine, theirs = also(one), also(other)
    longest = max(len(one), len(other))
    return other in mine or any(len(name) > longest for name in mine & theirs)


def _sounds_short_for(one: str, other: str) -> bool:
    """Say whether a name sounds like a short one for another: Suzie, as Susie is for Susan."""
    short = [name for name in also(other) if len(name) < len(other)]
    return not also(one) and any(_sound_alike(one, name) for name in short)


@cache
def _heard(name: str) -> tuple[str, str]:
    return jellyfish.metaphone(name), jellyfish.nysiis(name)


def _sound_alike(one: str, other: str) -> bool:
    """Say whether two names sound alike, by either of two rules, and are not written too apart."""
    both = zip(_heard(one), _heard(other), strict=True)
    heard = any(len(mine) > 1 and mine == theirs for mine, theirs in both)
    return heard and jellyfish.jaro_winkler_similarity(one, other) >= _LOOKS_ALIKE
