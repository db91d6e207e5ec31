# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which of many clients may be one person, without comparing everybody with everybody.

Rules, each with a test:

* Two are compared when they share a key: their date of birth in either order, how their names
  sound or what these are short for, the letters of their surname in any order or its ends, a
  surname and the ends of a first name, a telephone, a street name they go by, or a postcode and
  how a first name sounds.
* No key is shared by so many that the work grows as their square: of those who share one, each is
  compared with the `NEAR` who follow them by date of birth.
* Two who could not reach the score whatever their names are like are not compared name by name:
  where few names are shared by many, that is nearly everybody. No pair is lost by it.
* A pair is found once.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from desktop_app.casework.alike import also, sound
from desktop_app.casework.duplicates import (
    LIKELY,
    Commonness,
    Likeness,
    at_most,
    compare,
    most_names_say,
)
from desktop_app.casework.traits import Traits

NEAR, TOLD = 200, 100


def no_word(_done: int) -> None:
    """Tell nobody how far it is."""


def pairs(
    people: Sequence[Traits], *, least: float = LIKELY, tell: Callable[[int], None] = no_word
) -> Iterator[tuple[int, int, Likeness]]:
    """Find those who may be one person, by their places among the people, the lower one first.

    Args:
        people: everybody, as `traits` returns them.
        least: the score a pair needs.
        tell: told now and then how many were compared with all others; it may raise, to stop.
    """
    common = Commonness.among(people)
    say, needed = [most_names_say(one, common) for one in people], common.needed
    for one, other in candidates(people, tell=tell):
        if at_most(people[one], people[other], say[one], say[other], needed) < least:
            continue
        likeness = compare(people[one], people[other], common)
        if likeness.score >= least:
            yield one, other, likeness


def candidates(
    people: Sequence[Traits], *, tell: Callable[[int], None] = no_word
) -> Iterator[tuple[int, int]]:
    """Return who are to be compared, each pair once, by their places, the lower one first."""
    order = sorted(range(len(people)), key=lambda place: (people[place].born or (), place))
    blocks: dict[str, list[int]] = defaultdict(list)
    held = [keys(people[place]) for place in order]
    for rank, some in enumerate(held):
        for key in some:
            blocks[key].append(rank)
    for rank, place in enumerate(order):
        if rank % TOLD == 0:
            tell(rank)
        others: set[int] = set()
        for key in held[rank]:
            block = blocks[key]
            after = bisect_right(block, rank)
            others.update(block[after : after + NEAR])
        for other in sorted(others):
            yield min(place, order[other]), max(place, order[other])


def keys(one: Traits) -> set[str]:
    """Return what somebody is looked up by: two who may be one person share at least one."""
    found = {f"p{phone}" for phone in one.phones}
    found |= {f"c{name}" for name in one.called if not also(name)}
    if one.born is not None and one.born.day:
        parts = sorted((one.born.month, one.born.day))
        found.add(f"b{one.born.year}-{parts[0]}-{parts[1]}")
    family = [sound(name) for name in one.family]
    for name in one.given:
        heard = {sound(called) for called in (name, *also(name))}
        found |= {"n" + "/".join(sorted((a, b))) for a in family for b in heard}
        for surname in one.family[:1]:
            letters, ends = "".join(sorted(surname)), surname[:2] + surname[-2:]
            found |= {f"l{letters}/{called}" for called in heard}
            found |= {f"e{ends}/{sound(name)}", f"g{surname}/{name[0]}{name[-1]}"}
        found |= {f"h{postcode}/{sound(name)}" for postcode in one.postcodes}
    return found
