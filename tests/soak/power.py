# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Power cuts: days of work, recorded, and cut short at thousands of moments.

The control is the same work in a vault that does not flush. A simulator that finds nothing wrong
with it finds nothing at all.
"""

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.aftermath import LOST, UNSOUND, Fault, faults, laid, told
from tests.soak.disk import Cut, cuts, replayed
from tests.soak.figures import RESULTS, note, quick_scratch, scratch, small, tell
from tests.soak.recorder import Recording, record
from tests.soak.workplace import Workplace, workplace

CUTS, DAYS, STEPS = 5_000, 10, 120
CONTROL = 300
KEPT = RESULTS.with_name("soak") / "power"
"""Where the files of a cut that went wrong are kept, to be looked at."""


@dataclass(slots=True)
class Tally:
    """What many cuts came to.

    Attributes:
        cuts: how many there were.
        caught: how many of them left something wrong.
        kinds: how many left each kind of fault.
        words: each thing that was wrong, and how often.
    """

    cuts: int = 0
    caught: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def add(self, found: list[Fault]) -> None:
        """Count one cut."""
        self.cuts += 1
        self.caught += bool(found)
        self.kinds.update({kind for kind, _words in found})
        self.words.update({words for _kind, words in found})

    def join(self, other: "Tally") -> None:
        """Count another's cuts too."""
        self.cuts += other.cuts
        self.caught += other.caught
        self.kinds += other.kinds
        self.words += other.words


def recorded(
    made: Workplace,
    to: Path,
    seed: str,
    *,
    steps: int,
    careless: bool = False,
    room: int | None = None,
) -> Recording:
    """Record a day of work in a copy of a vault.

    Args:
        made: the vault.
        to: where to copy it.
        seed: where the order of the work comes from.
        steps: how much work.
        careless: do not flush.
        room: how many bytes the vault's folder has; no limit when it is None.
    """
    copy = made.copied(to)
    words = [str(copy.place), seed, str(steps), *(["careless"] if careless else [])]
    book = to.with_name(f"{to.name}.notes")
    try:
        return record("tests.soak.at_work", words, folder=copy.vault, book=book, room=room)
    finally:
        shutil.rmtree(to)


def suffered(
    recording: Recording, place: Path, *, seed: str, count: int, kept: Path | None = None
) -> Tally:
    """Cut the power so many times and look at what is left.

    Args:
        recording: of a day of work.
        place: an empty folder, best in memory.
        seed: where the chance comes from.
        count: how many cuts.
        kept: where to keep the files of a cut that went wrong.
    """
    tally = Tally()
    for cut in cuts(recording, seed=seed, count=count):
        found = looked_at(cut, place)
        tally.add(found)
        if found and kept is not None:
            note(f"cut {cut.number} of {seed!r}, after {cut.at} notes: {found}")
            kept.mkdir(parents=True, exist_ok=True)
            laid(cut.files, kept / f"{seed} {cut.number}")
    return tally


def looked_at(cut: Cut, place: Path) -> list[Fault]:
    """Return what is wrong after one cut."""
    folder = place / "cut"
    laid(cut.files, folder)
    try:
        return faults(folder, told(cut.marks))
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Measure."""
    count, days, control = (100, 2, 60) if small() else (CUTS, DAYS, CONTROL)
    shutil.rmtree(KEPT, ignore_errors=True)
    total, unseen = Tally(), 0
    with scratch() as place, quick_scratch() as quick:
        made = workplace(place / "made")
        for day in range(days):
            seed = f"day {day}"
            done = recorded(made, place / "run", seed, steps=STEPS)
            unseen += replayed(done) != dict(done.after)
            share = count // days
            total.join(suffered(done, quick, seed=seed, count=share, kept=KEPT))
            note(f"{seed}: {total.cuts} cuts, {total.caught} wrong")
        done = recorded(made, place / "run", "control", steps=STEPS, careless=True)
        careless = suffered(done, quick, seed="control", count=control)
    tell("Power cuts: simulated", total.cuts, "", CUTS, at_least=True)
    tell("Power cuts: that lost something acknowledged", total.kinds[LOST], "", 0)
    tell("Power cuts: that left a vault inconsistent", total.kinds[UNSOUND], "", 0)
    tell("Power cuts: days of work with a write the simulator missed", unseen, "", 0)
    percent = round(100 * careless.caught / careless.cuts, 1)
    tell("Power cuts: caught when nothing is flushed (control)", percent, "%", 50, at_least=True)


if __name__ == "__main__":
    main()
