# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Files and folders put in place so that a power cut leaves the old or the new, never half.

A file takes the place of another in one step. A folder cannot: between the old one's going and the
new one's coming there is none. So a new one is first called ready, and whoever looks for the folder
and finds none finishes what was begun (`finish`).
"""

import errno
import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from storage.errors import LaptopFull, LaptopRefuses, VaultError

TRIES = "vault.tries"
"""The file that counts wrong passphrases (`tries`); the sign-in page looks whether there is one."""
BEFORE = ".before-"
"""Stands in the name of a vault's folder that was kept when another took its place."""
_READY = ".ready"


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file beside its place, flush it, and put it there in one step.

    Raises:
        LaptopFull: there is no room; the old file is as it was.
        LaptopRefuses: the file could not be written; the old one is as it was.
    """
    new = unfinished(path)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise in_words(error) from None


def unfinished(path: Path) -> Path:
    """Return what a power cut may leave beside a file that was being written."""
    return path.with_name(path.name + ".new")


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


def beside(folder: Path) -> Path:
    """Return where to make what is to take a folder's place, after clearing what was left there.

    What a power cut or a kill left of an earlier try is removed; what was ready is finished first.
    """
    finish(folder)
    left = list(folder.parent.glob(f".{escape(folder.name)}{BEFORE}????????"))
    for one in [*left, _ready(folder)]:
        shutil.rmtree(one, ignore_errors=True)
    return folder.with_name(f".{folder.name}{BEFORE}{os.urandom(4).hex()}")


def put_in_place(part: Path, to: Path, *, now_ms: int) -> Path | None:
    """Put a folder, whole and flushed, where it belongs.

    Returns:
        Where what was there is kept; None if nothing was.

    Raises:
        OSError: it could not be put there; what was there is there still.
    """
    kept, ready = None, _ready(to)
    part.rename(ready)
    flush_folder(to.parent)
    try:
        if to.exists():
            day = datetime.fromtimestamp(now_ms / 1000, UTC).date().isoformat()
            kept = to.with_name(f"{to.name}{BEFORE}{day}-{os.urandom(4).hex()}")
            to.rename(kept)
        ready.rename(to)
    except OSError:
        with suppress(OSError):
            ready.rename(part)
            if kept is not None:
                kept.rename(to)
        raise
    flush_folder(to.parent)
    return kept


def finish(folder: Path) -> None:
    """Where a folder is missing and another stood ready to take its place, put it there."""
    ready = _ready(folder)
    if not folder.exists() and ready.is_dir():
        with suppress(OSError):
            ready.rename(folder)
            flush_folder(folder.parent)


def finish_all(place: Path) -> None:
    """Do the same for every folder in a place."""
    for one in place.glob(f".*{_READY}"):
        finish(one.with_name(one.name[1:].removesuffix(_READY)))


def _ready(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}{_READY}")


def in_words(error: OSError) -> VaultError:
    """Return what to tell a person of a file that could not be read or written."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return LaptopFull() if full else LaptopRefuses()
