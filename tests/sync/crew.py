# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A team of six with real vaults, of whom three to six are at work; made once, copied for a run."""

import random
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from desktop_app.casework.people import Role
from sync.team import NewPerson
from tests.hostile_share import HostileShare
from tests.sync import laptops
from tests.sync.laptops import (
    MINUTE_MS,
    Clock,
    Laptop,
    join_team,
    let_in_whoever_waits,
    team_of_four,
)

COLE = NewPerson("Cole Reyes", "Charity", frozenset({Role.KEY_WORKER}), frozenset({"partners"}))
DOYLE = NewPerson(
    "PC M. Doyle", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
)
NAMES = ("Grant", "Ann", "Shah", "Bell", "Cole", "Doyle")
HOLDS = {"police": frozenset({2, 5}), "health": frozenset({3})}
"""Who may hold what was written in confidence, as places in the team."""


@dataclass
class Crew:
    """Some laptops of the team, the coordinator's first, and the share between them."""

    laptops: list[Laptop]
    clock: Clock
    share: HostileShare

    @property
    def grant(self) -> Laptop:
        """Return the coordinator's laptop."""
        return self.laptops[0]

    def close(self) -> None:
        """Close every vault."""
        for laptop in self.laptops:
            laptop.close()


def crew_of_six(folder: Path) -> Crew:
    """Make the team."""
    share = HostileShare()
    four = team_of_four(folder, share)
    cole, doyle = (Laptop(name, folder / name.lower(), four.clock) for name in NAMES[4:])
    join_team(four.grant, cole, share, COLE)
    join_team(four.grant, doyle, share, DOYLE)
    crew = Crew([*four, cole, doyle], four.clock, share)
    for _time in range(3):
        for laptop in crew.laptops:
            crew.clock.later(2 * 60 * MINUTE_MS)
            laptop.exchange(share)
            let_in_whoever_waits(laptop)
    return crew


def copied(made: Crew, at: Path, to: Path, size: int) -> Crew:
    """Copy the laptops of so many of a closed team; the others are away all the time."""
    laptops.opened = count(1_000)
    share = HostileShare()
    share.files = dict(made.share.files)
    share.dice = random.Random(0)  # noqa: S311  the same on every run
    clock, some = Clock(made.clock.now_ms), []
    for name in NAMES[:size]:
        shutil.copytree(at / name.lower(), to / name.lower())
        some.append(Laptop(name, to / name.lower(), clock, fresh=False))
    return Crew(some, clock, share)
