# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Leaks: what stands in memory after a lock, what a whole life leaves behind, how fast it opens.

Twenty lives are lived up to their lock; in one all pages are opened and a form is filled in.
"""

import time
from pathlib import Path

from desktop_app.casework.made_up_cast import town
from storage import unlock
from storage.store import Store
from tests.journeys import test_nothing_left as life
from tests.journeys.watching import files_with, spelled, watched
from tests.soak.figures import note, scratch, small, tell
from ui.self_test import TYPED

LIVES, OPENINGS = 20, 5
LONGEST_S = 1.5


def main() -> None:
    """Measure."""
    lives = 2 if small() else LIVES
    with scratch() as place:
        _memory(place, lives)
        _disk(place / "whole")


def _memory(place: Path, lives: int) -> None:
    team = life.made(place / "town")
    left, control = 0, 0
    for number in range(lives):
        before, after = life.lock_and_look(team, place / f"home-{number}")
        left += sum(after.values())
        control += any(before[name] for name in before if name.startswith(life.NAME))
        note(f"life {number + 1}: {sum(before.values())} before, {sum(after.values())} after")
    tell(f"{lives} locks: secrets left in memory", left, "", 0)
    tell("of which the control was found before", control, "", lives, at_least=True)
    tell("Unlocking", min(_opening(team) for _time in range(OPENINGS)), "s", LONGEST_S)


def _opening(team: Path) -> float:
    begun = time.perf_counter()
    folder = life.vault(team)
    Store.open(folder, unlock.unlock(folder, town().passphrase)).close()
    return time.perf_counter() - begun


def _disk(home: Path) -> None:
    with watched("work", home / "work", home) as running:
        said = running.until("ready")
        deleted = sum(part.count(one) for part in running.deleted() for one in life.plaintext())
        sockets = len(running.sockets()) + sum(line.startswith("reached") for line in said)
        control = sum(running.counted(spelled(TYPED)).values())
        running.go_on()
    found = len(files_with(life.plaintext(), home)) + deleted
    tell("A whole life: files with a word of the casework in them", found, "", 0)
    tell("Sockets opened in it", sockets, "", 0)
    (home / "control").write_text(TYPED, encoding="utf-16-le")
    control = min(control, len(files_with(life.plaintext(), home)))
    tell("of which the control was found", control, "", 1, at_least=True)


if __name__ == "__main__":
    main()
