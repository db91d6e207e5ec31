# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Writes to a file through a mapping: what the recorder cannot see, and must say that it cannot."""

import mmap
import sys
from pathlib import Path


def main() -> None:
    """Write a letter."""
    path = Path(sys.argv[1])
    path.write_bytes(bytes(8))
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 8) as mapped:
        mapped[0] = 1


if __name__ == "__main__":
    main()
