# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One exchange of a laptop in a process that has done nothing else yet: its time and its memory.

In the process that filled the share, what was freed before is used again: much of the memory an
exchange takes would not be seen.

    python -m tests.bench.fresh FOLDER LAPTOP UTC-MILLISECONDS
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.bench.figures import Memory, seconds
from tests.bench.invented import ROUND_MS, Laptop, opened

ROOT = Path(__file__).parent.parent.parent


class Fresh(NamedTuple):
    """What an exchange took: seconds, and megabytes beyond what was there before."""

    taken: float
    extra_mb: float


def exchanged(laptop: Laptop) -> Fresh:
    """Let a laptop exchange in a process of its own; return it open, as before."""
    laptop.store.close()
    place = str(laptop.folder.parent)
    command = [sys.executable, "-m", "tests.bench.fresh", place, laptop.name, str(laptop.now_ms)]
    done = subprocess.run(  # noqa: S603  our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    again = opened(laptop.folder.parent, laptop.name)
    laptop.store, laptop.now_ms = again.store, laptop.now_ms + ROUND_MS
    return Fresh(**json.loads(done.stdout))


def main() -> None:
    """Open the laptop that is named, let it exchange, and write what that took."""
    place, name, now_ms = sys.argv[1:]
    laptop = opened(Path(place), name)
    laptop.now_ms = int(now_ms)
    memory = Memory()
    taken = seconds(laptop.exchange)
    json.dump(Fresh(taken, memory.extra_mb())._asdict(), sys.stdout)
    laptop.store.close()


if __name__ == "__main__":
    main()
