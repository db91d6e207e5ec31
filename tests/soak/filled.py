# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody types on a laptop whose disk runs full: a save fails, the draft is kept, they lock.

python -m tests.soak.filled VAULT
"""

import sys
from pathlib import Path

from storage import ballast, entry
from storage.errors import LaptopFull
from storage.store import Draft
from tests.soak.recorder import Pencil
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, OLD


def main() -> None:
    """Fill the disk, keep a draft, lock."""
    folder, pencil = Path(sys.argv[1]), Pencil()
    store = entry.enter(folder, OLD, now_ms=START_MS, floor=FAST).store

    def has() -> bool:
        return (folder / ballast.NAME).exists()

    try:
        for number in range(1_000):
            store.put(f"filling {number}", "x" * 20_000)
    except LaptopFull:
        pencil.mark(full=True, ballast=has())
    store.keep_draft(Draft("note", b"c" * 16, b"", "ann", {"note": "y" * 200_000}, START_MS))
    pencil.mark(kept=True, ballast=has())
    store.close()


if __name__ == "__main__":
    main()
