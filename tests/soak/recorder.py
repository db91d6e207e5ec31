# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Recording: all that a process does to the files below one folder, in order, and what it said.

`recorder.c` writes the notes; the process adds marks of its own by `Pencil`: what it is about to do
and what it has told somebody is done. Where a mark stands among the notes says what had to be on
the disk by then.
"""

import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
SOURCE = Path(__file__).parent / "recorder.c"
RECORDING, RECORDED, ROOM = "TANDEM_RECORDING", "TANDEM_RECORDED", "TANDEM_ROOM"
MISSING = (
    "The power-cut simulator is written in C, and there is no C compiler here. Install it, then "
    "try again:  sudo apt-get install gcc libc6-dev"
)
_HEAD = struct.Struct("<c7xQqq")
_MARK = b"M"


class CannotRecord(Exception):
    """There is no compiler, or something was done that cannot be replayed."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing done to a file of the folder.

    Attributes:
        what: C made, W written, T cut to a size, S flushed, U removed, R renamed, K a folder made,
            X a folder removed, D a folder flushed, M a mark.
        file: number of the file, where it is about what is in one.
        at: where it was written, or the size it was cut to.
        body: what was written; the name, or both names, a line each; the mark.
    """

    what: str
    file: int
    at: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    """What a process did: the files as they lay before, then every note.

    Attributes:
        before: number, name and bytes of each file there was.
        notes: what was done, in order.
        after: the files as they lay when the process had ended.
        folders: the folders there were before.
    """

    before: tuple[tuple[int, str, bytes], ...]
    notes: tuple[Note, ...]
    after: Mapping[str, bytes]
    folders: tuple[str, ...] = ()


class Pencil:
    """Adds marks to the recording that is being made of this very process."""

    def __init__(self) -> None:
        self._book = os.open(os.environ[RECORDING], os.O_WRONLY | os.O_APPEND)

    def mark(self, **said: Any) -> None:
        """Say something, after all that was done so far and before all that follows."""
        body = json.dumps(said).encode()
        os.write(self._book, _HEAD.pack(_MARK, 0, 0, len(body)) + body)


def library() -> Path:
    """Return the recorder, made for this machine.

    Raises:
        CannotRecord: there is no compiler; the words say what to do.
    """
    source = SOURCE.read_bytes()
    place = ROOT / "build" / "soak"
    made = place / f"recorder-{hashlib.sha256(source).hexdigest()[:16]}.so"
    if made.exists():
        return made
    compiler = shutil.which("gcc")
    if compiler is None:
        raise CannotRecord(MISSING)
    place.mkdir(parents=True, exist_ok=True)
    beside = made.with_suffix(f".{os.getpid()}")
    options = ["-std=gnu11", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"]
    command = [compiler, *options, "-o", str(beside), str(SOURCE), "-ldl"]
    done = subprocess.run(  # noqa: S603  the compiler of this machine, on our own file
        command, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotRecord(f"{MISSING}\n{done.stderr}")
    beside.replace(made)
    return made


def record(
    module: str, words: Sequence[str], *, folder: Path, book: Path, room: int | None = None
) -> Recording:
    """Run a module in a process of its own and return all it did in a folder.

    Args:
        module: a program under tests/.
        words: what it is told.
        folder: where what it does is recorded.
        book: the file to write the notes to, outside the folder.
        room: how many bytes the files of the folder may take before the disk is full.

    Raises:
        CannotRecord: it failed, or did what cannot be replayed.
    """
    place = folder.resolve()
    lie = tuple(_name(one, place) for one in sorted(place.rglob("*")) if one.is_dir())
    before = tuple(
        (one.stat().st_ino, _name(one, place), one.read_bytes()) for one in _files(place)
    )
    book.write_bytes(b"")
    seen = {"LD_PRELOAD": str(library()), RECORDED: str(place), RECORDING: str(book)}
    if room is not None:
        seen[ROOM] = str(room)
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(  # noqa: S603  our own program
        command, cwd=ROOT, env={**os.environ, **seen}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotRecord(f"{module} failed:\n{done.stderr[-4000:]}")
    after = {_name(one, place): one.read_bytes() for one in _files(place)}
    return Recording(before, tuple(_notes(book.read_bytes())), after, lie)


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _notes(raw: bytes) -> Iterator[Note]:
    at = 0
    while at < len(raw):
        what, file, where, size = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        body = raw[at : at + size]
        at += size
        if what == b"!":
            raise CannotRecord(f"{body.decode()} was used; the recorder cannot replay that")
        yield Note(what.decode(), file, where, body)
