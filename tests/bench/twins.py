# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Finding clients who are in the casebook twice: how many are missed, how many are wrong, how fast.

The people are invented (`doubles`), a share of them entered a second time by another hand. A
casebook of 5,000 is what a large team may come to; several are measured, for some are luckier than
others. One of 100,000 shows what it costs; how much harder it is to tell so many people apart is
noted beside, without a limit: two of one common name and no date of birth cannot be told apart.
"""

from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.casework.pairing import pairs
from desktop_app.casework.records import Answers
from desktop_app.casework.traits import traits
from tests.bench.doubles import Doubles
from tests.bench.figures import note, seconds, small, tell

TEAM, TEAMS, CITY = 5_000, 8, 100_000
TWICE = 0.1
MISSED, WRONG, TIME_S = 2.0, 5.0, 60.0


class Count(NamedTuple):
    """How many pairs are one person, were found, and both; and how many seconds it took."""

    same: int
    found: int
    right: int
    took: float

    @property
    def missed(self) -> float:
        """Return what share was not found, in percent."""
        return 100 * (1 - self.right / self.same)

    @property
    def wrong(self) -> float:
        """Return what share of what was found is two people, in percent."""
        return 100 * (1 - self.right / self.found)


def main() -> None:
    """Measure."""
    teams = [_count(TEAM, f"team {number}") for number in range(TEAMS)]
    every = Count(*(sum(column) for column in zip(*teams, strict=True)))
    tell(
        f"Entered twice and not found, in {TEAMS} casebooks of {TEAM:,}", every.missed, "%", MISSED
    )
    tell("Pairs found there that are two people", every.wrong, "%", WRONG)
    size = CITY // 20 if small() else CITY
    city = _count(size, "city")
    note(f"among {size:,}: {city.missed:.1f} % not found, {city.wrong:.1f} % are two people")
    tell(f"Finding who is twice among {size:,} clients", city.took, "s", TIME_S)


def _count(size: int, seed: str) -> Count:
    people, same = Doubles(seed).people(size, twice=TWICE)
    found: set[tuple[int, int]] = set()
    took = seconds(lambda: found.update(_look(people)))
    note(f"{seed}: {len(same):,} twice, {len(found):,} found, {len(found & same):,} right")
    return Count(len(same), len(found), len(found & same), took)


def _look(people: Sequence[Answers]) -> set[tuple[int, int]]:
    return {(one, other) for one, other, _why in pairs([traits(answers) for answers in people])}


if __name__ == "__main__":
    main()
