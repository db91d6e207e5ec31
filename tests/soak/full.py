# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Full disks: a day of work on a laptop that runs out of room, at 25 points of the day.

The work goes on after each refusal, as people do. What was acknowledged must be there, what was
refused must have left nothing, and the vault must be whole.
"""

import random
from collections import Counter
from pathlib import Path

from tests.soak.aftermath import faults, laid, told
from tests.soak.figures import note, quick_scratch, scratch, small, tell
from tests.soak.power import recorded
from tests.soak.recorder import CannotRecord, Recording
from tests.soak.workplace import Workplace, workplace

POINTS, STEPS = 25, 120


def sizes(recording: Recording) -> tuple[int, int]:
    """Return how many bytes the folder took when the work began, and at most."""
    names = {name: number for number, name, _raw in recording.before}
    size = {number: len(raw) for number, _name, raw in recording.before}
    first = most = sum(size.values())
    for one in recording.notes:
        match one.what:
            case "C":
                names[one.body.decode()], size[one.file] = one.file, 0
            case "W":
                size[one.file] = max(size[one.file], one.at + len(one.body))
            case "T":
                size[one.file] = one.at
            case "U":
                del names[one.body.decode()]
            case "R":
                old, new = one.body.decode().split("\n")
                names[new] = names.pop(old)
            case _:  # flushed, or a mark
                pass
        most = max(most, sum(size[number] for number in names.values()))
    return first, most


def refusals(recording: Recording) -> int:
    """Return how often somebody was told that the disk is full."""
    return sum(one.what == "M" and b'"undone"' in one.body for one in recording.notes)


def day(made: Workplace, place: Path, quick: Path, *, room: int) -> tuple[int, list[str]]:
    """Work through a day with so much room; return the refusals, and what is wrong at its end."""
    try:
        done = recorded(made, place / "run", "full", steps=STEPS, room=room)
    except CannotRecord as failed:
        return 0, [str(failed)]
    folder = quick / f"{room}"
    laid(dict(done.after), folder)
    marks = [one.body for one in done.notes if one.what == "M"]
    return refusals(done), [words for _kind, words in faults(folder, told(marks))]


def main() -> None:
    """Measure."""
    points = 5 if small() else POINTS
    chance, wrong, full, refused = random.Random("room"), Counter[str](), 0, 0  # noqa: S311
    with scratch() as place, quick_scratch() as quick:
        made = workplace(place / "made")
        first, most = sizes(recorded(made, place / "run", "full", steps=STEPS))
        for point in range(points):
            room = first + round((most - first) * (point + chance.random()) / points * 0.98)
            times, found = day(made, place, quick, room=room)
            wrong.update(found)
            full += times > 0
            refused += times
            note(f"{room - first:,} bytes of room: {times} refusals, {found}")
    tell("Full disk: points at which it was", full, "", POINTS, at_least=True)
    tell("Full disk: refusals told", refused, "", POINTS, at_least=True)
    tell("Full disk: faults in what was left", wrong.total(), "", 0)


if __name__ == "__main__":
    main()
