# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The share: a plain folder that several laptops can reach, now and then.

A mounted file share, a synced NAS or a stick. Rules, each with a test:

* No locks, no file that changes, no pointer to the latest: each file is written once.
* A file appears whole or not at all: written under a temporary name in its own folder, flushed,
  closed, renamed, and read back before anybody is told it is there.
* A file that is there and the same is left alone. One that differs under a name that stands for
  its content is damaged, and is the only thing ever replaced.
* Nothing is taken away but what a pack holds too, and what an interrupted write left.
* Names that are not ours are ignored; nothing but a plain file is opened.
* Temporary files are cleared away after a week, and only in a folder one writes oneself.
* A share that cannot be reached or written is one calm sentence. Nothing is lost by it.
"""

import os
import stat
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from sync.seals import Random

WEEK_S = 7 * 24 * 3600
AT_ONCE = 8
_USUAL = 1 << 16
_TEMPORARY = ".tmp"
_PAUSES = (0.1, 0.2, 0.4, 0.8)
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class ShareUnreachable(CaseworkError):
    """The folder is not there: no network, no stick."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The team folder cannot be reached. Your work is safe on this laptop. Connect to "
                "the folder, or put the stick in, and share again."
            )
        )


class ShareNotWritable(CaseworkError):
    """The folder is there and takes nothing: full, read-only, or held by another program."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The team folder could not be written to. It may be full or read-only. Your work "
                "is safe on this laptop. Free some room or ask your coordinator, then share again."
            )
        )


class Share(Protocol):
    """What sharing asks of a folder. Paths are relative, with `/` between their parts."""

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted; none when there is no such folder.

        Raises:
            ShareUnreachable: the share is not there.
        """
        ...

    def get(self, path: str, *, limit: int) -> bytes | None:
        """Return a file, or its first `limit` + 1 bytes; None when it cannot be read now."""
        ...

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """See to it that files are there, whole, and read back; return the paths that are.

        Raises:
            ShareUnreachable: the share is not there.
        """
        ...

    def remove(self, paths: Sequence[str]) -> None:
        """Take files away that lie elsewhere on the share as well; what cannot be is left."""
        ...

    def tidy(self, folder: str, *, now_s: float) -> None:
        """Clear away what an interrupted write of one's own left more than a week ago."""
        ...


class FolderShare:
    """A share that is a folder of this laptop's file system."""

    def __init__(
        self,
        place: Path,
        *,
        random: Random = os.urandom,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._place = place
        self._random = random
        self._wait = wait

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted."""
        try:
            return sorted(one.name for one in (self._place / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            if self._place.is_dir():
                return []
            raise ShareUnreachable from None
        except OSError:
            raise ShareUnreachable from None

    def get(self, path: str, *, limit: int) -> bytes | None:
        """Return a file, or its first `limit` + 1 bytes; None when it cannot be read now."""
        try:
            opened = os.open(self._place / path, os.O_RDONLY | _PLAIN)
        except OSError:
            return None
        try:
            about = os.fstat(opened)
            return _read(opened, about.st_size, limit) if stat.S_ISREG(about.st_mode) else None
        except OSError:
            return None
        finally:
            os.close(opened)

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """See to it that files are there, whole, and read back; return the paths that are.

        Several at a time: most of the time goes into waiting for the disk or the network.
        """
        if not self._place.is_dir():
            raise ShareUnreachable
        with ThreadPoolExecutor(min(AT_ONCE, len(files) or 1)) as several:
            written = [one for one in several.map(self._written, files) if one is not None]
            for folder in {(self._place / path).parent for path, _raw in written}:
                flush_folder(folder)
            there = several.map(self._reads_back, written)
            return [path for (path, _raw), good in zip(written, there, strict=True) if good]

    def _written(self, file: tuple[str, bytes]) -> tuple[str, bytes] | None:
        """Write a file, unless it is there; return it, or None when the share does not take it."""
        path, raw = file
        if self._reads_back(file):
            return file
        final = self._place / path
        temporary = final.with_name(f".{self._random(16).hex()}{_TEMPORARY}")
        try:
            final.parent.mkdir(parents=True, exist_ok=True)
            write_flushed(temporary, raw)
            self._rename(temporary, final)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
            return None
        return file

    def _reads_back(self, file: tuple[str, bytes]) -> bool:
        path, raw = file
        return self.get(path, limit=len(raw)) == raw

    def _rename(self, temporary: Path, final: Path) -> None:
        # A virus scanner holds what was just written for a moment; Windows then refuses.
        for pause in _PAUSES:
            try:
                temporary.replace(final)
            except PermissionError:
                self._wait(pause)
            else:
                return
        temporary.replace(final)

    def remove(self, paths: Sequence[str]) -> None:
        """Take files away that lie elsewhere on the share as well; what cannot be is left."""
        for path in paths:
            with suppress(OSError):
                (self._place / path).unlink()

    def tidy(self, folder: str, *, now_s: float) -> None:
        """Clear away what an interrupted write of one's own left more than a week ago."""
        for name in self.names(folder):
            if name.startswith(".") and name.lower().endswith(_TEMPORARY):
                left = self._place / folder / name
                try:
                    if left.lstat().st_mtime < now_s - WEEK_S:
                        left.unlink()
                except OSError:
                    continue


def _read(opened: int, size: int, limit: int) -> bytes:
    """Return a file, or its first `limit` + 1 bytes, even where its size is said wrong.

    Asked for all at once: room for the greatest file, made for each of thousands, takes longer than
    the reading.
    """
    raw = b""
    while len(raw) <= limit:
        some = os.read(opened, min(max(size, _USUAL) + 1, limit + 1 - len(raw)))
        if not some:
            break
        raw += some
    return raw


def write_flushed(place: Path, raw: bytes) -> None:
    """Make a new file and see its bytes to the disk. Windows renames closed files only."""
    with place.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(place: Path) -> None:
    """See the folder's names to the disk, where the system allows it."""
    try:
        opened = os.open(place, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(opened)
    except OSError:
        return
    finally:
        os.close(opened)
