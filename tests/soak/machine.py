# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everybody at once: a thousand schedules of three to six laptops and every fault, in four pieces.

The same machine as tests/sync/test_machine.py, with schedules of its own, the same on every run.
One that ends badly is told step by step, and the rest go on.
"""

import shutil

import pytest

from tests.soak.figures import note, piece, quick_scratch, small, tell
from tests.sync.crew import crew_of_six
from tests.sync.laptops import boxes_that_can_be_made_again
from tests.sync.machine_checks import Sharing
from tests.sync.machine_runs import schedules

SCHEDULES, AT_ONCE = 250, 5
FIRST = 1_000
"""Where the numbers of these schedules begin: the ones before are those of `make test`."""


def main() -> None:
    """Measure."""
    number, count = piece(), 10 if small() else SCHEDULES
    bad = 0
    with quick_scratch() as place, pytest.MonkeyPatch.context() as patch:
        boxes_that_can_be_made_again(patch)
        made = crew_of_six(place / "made")
        made.close()
        Sharing.made, Sharing.place = (made, place / "made"), place / "runs"
        for at in range(count // AT_ONCE):
            here = FIRST * number + at
            try:
                schedules(here, AT_ONCE)
            except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
                bad += 1
                steps = "\n".join(getattr(error, "__notes__", ()))
                note(f"{here}: {type(error).__name__} {error}\n{steps}")
            shutil.rmtree(Sharing.place, ignore_errors=True)
            note(f"{here}: {Sharing.ended} ended as they must, {bad} otherwise")
    name = f"Everybody at once, piece {number}: schedules that"
    tell(f"{name} ended as they must", Sharing.ended, "", SCHEDULES, at_least=True)
    tell(f"{name} ended otherwise", bad, "", 0)


if __name__ == "__main__":
    main()
