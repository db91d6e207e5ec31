# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Ballast: room kept beside a vault, given back when the disk is full.

Even taking something away needs room. So when nothing else fits, what somebody has typed still
does, and the vault can be closed. It is laid again at the next sign-in, once there is room.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from storage.durable import write_whole
from storage.errors import VaultError

NAME = "vault.ballast"
SIZE = 8 << 20
_ROOM = 4 * SIZE
"""Less free space than this is left alone."""


def lay(folder: Path) -> None:
    """Keep room beside a vault, where there is some to spare."""
    path = folder / NAME
    with suppress(OSError, VaultError):
        if path.exists() and path.stat().st_size == SIZE:
            return
        if shutil.disk_usage(folder).free >= _ROOM:
            # Noise, because some disks squeeze zeros to nothing.
            write_whole(path, os.urandom(SIZE))


def free(folder: Path) -> bool:
    """Give the room back; say whether there was any."""
    try:
        (folder / NAME).unlink()
    except OSError:
        return False
    return True
