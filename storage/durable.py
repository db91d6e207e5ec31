# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Small files written so that a power cut leaves the old one or the new one, never half of one."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from storage.errors import LaptopFull, LaptopRefuses, VaultError

BEFORE = ".before-"
"""Stands in the name of a vault's folder that was kept when another took its place."""


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file beside its place, flush it, and put it there in one step.

    Raises:
        LaptopFull: there is no room; the old file is as it was.
        LaptopRefuses: the file could not be written; the old one is as it was.
    """
    beside = path.with_name(path.name + ".new")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise in_words(error) from None


def flush_file(path: Path) -> None:
    """Make what somebody else wrote into a file outlive a power cut.

    Raises:
        LaptopRefuses: the disk would not.
    """
    try:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise in_words(error) from None


def flush_folder(folder: Path) -> None:
    """Make renames in a folder outlive a power cut, where the system lets us."""
    with suppress(PermissionError):  # Windows opens no folders, and needs no flush of them
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def in_words(error: OSError) -> VaultError:
    """Return what to tell a person of a file that could not be read or written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return LaptopFull() if full else LaptopRefuses()
