# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A disk that loses power: how a folder may lie there after a cut at any moment of a recording.

What holds, and what does not:

* What was written to a file before it was flushed is there. What came after may be there or not,
  each write by itself, in any order, and torn: a disk keeps sectors of 512 bytes, not writes.
* A file may not have grown though something was written beyond its end, or have grown by zeros.
* Names are made, moved and removed in order, as the journal of every file system here keeps them;
  but how many of those since their folder was last flushed, nobody knows. So a removed file may be
  back, and a renamed one have its old name. Flushing a folder flushes what came before in the
  journal too.
* Flushing a file does not flush the folder it lies in.

Everything comes from a seed: the same recording and the same seed give the same cuts.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.soak.recorder import Note, Recording

SECTOR = 512
# How likely a write outlives the cut, by cut: a cache that wrote nothing, little, half, most, all.
MOODS = (0.0, 0.15, 0.5, 0.85, 1.0)
TORN, GROWN = 0.5, 0.25


@dataclass(slots=True, eq=False)
class Written:
    """A file: what is on the disk for certain, and what was done to it since."""

    certain: bytearray = field(default_factory=bytearray)
    since: list[Note] = field(default_factory=list)

    def flush(self) -> None:
        """Make certain what was done."""
        for one in self.since:
            _do(self.certain, one)
        self.since.clear()

    def after_a_cut(self, dice: random.Random) -> bytes:
        """Return what may be in it."""
        found, mood = bytearray(self.certain), dice.choice(MOODS)
        for one in self.since:
            if dice.random() < mood:
                _do(found, one)
            elif one.what == "W":
                _half_do(found, one, dice)
        return bytes(found)


@dataclass(frozen=True, slots=True)
class Cut:
    """A moment without power.

    Attributes:
        number: which cut of its seed it is.
        at: after so many notes.
        files: what lies in the folder, by name.
        folders: the folders in it.
        marks: what the process had said by then.
    """

    number: int
    at: int
    files: dict[str, bytes]
    folders: tuple[str, ...]
    marks: tuple[bytes, ...]


class Disk:
    """A folder on a disk: what is certain, and what only the machine's memory knows."""

    def __init__(self, recording: Recording) -> None:
        self._files = {number: Written(bytearray(raw)) for number, _name, raw in recording.before}
        files = {name: self._files[number] for number, name, _raw in recording.before}
        self._names: dict[str, Written | None] = {**dict.fromkeys(recording.folders), **files}
        self._since: list[tuple[str, str, Written | None]] = []

    def take(self, note: Note) -> None:
        """Let one thing happen."""
        if note.what in "WT":
            self._files[note.file].since.append(note)
        elif note.what == "S":
            self._files[note.file].flush()
        elif note.what == "C":
            made = self._files[note.file] = Written()
            self._since.append(("C", note.body.decode(), made))
        elif note.what in "URKX":
            self._since.append((note.what, note.body.decode(), None))
        elif note.what == "D":
            self._flush(note.body.decode())

    def cut(self, dice: random.Random) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Return the files and folders as they may lie there if the power goes now."""
        names = self._named(dice.randint(0, len(self._since)))
        lie = sorted(names.items())
        files = {name: one.after_a_cut(dice) for name, one in lie if one is not None}
        return files, tuple(name for name, one in lie if one is None)

    def in_memory(self) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """Return them as every program sees them while there is power: after a kill, too."""
        found = {}
        lie = sorted(self._named(len(self._since)).items())
        for name, file in lie:
            if file is None:
                continue
            whole = bytearray(file.certain)
            for one in file.since:
                _do(whole, one)
            found[name] = bytes(whole)
        return found, tuple(name for name, one in lie if one is None)

    def _flush(self, folder: str) -> None:
        """Make certain what was done to the names in a folder, and all before it."""
        upto = max((at + 1 for at, one in enumerate(self._since) if folder in _in(one)), default=0)
        self._names = self._named(upto)
        del self._since[:upto]

    def _named(self, count: int) -> dict[str, Written | None]:
        """Return the names when so many of the changes to them are on the disk; None: a folder."""
        names = dict(self._names)
        for what, name, made in self._since[:count]:
            if what in "CK":
                names[name] = made
            elif what in "UX":
                del names[name]
            else:
                old, new = name.split("\n")
                for one in [one for one in names if one == old or one.startswith(f"{old}/")]:
                    names[new + one[len(old) :]] = names.pop(one)
        return names


def _in(change: tuple[str, str, Written | None]) -> set[str]:
    """Return the folders whose names a change is about."""
    return {name.rpartition("/")[0] for name in change[1].split("\n")}


def cuts(
    recording: Recording, *, seed: str, count: int, killed: float = 0.0, since: int = 0
) -> Iterator[Cut]:
    """Yield the folder after so many cuts at random moments, the earliest first.

    Args:
        recording: of what was done.
        seed: where the chance comes from.
        count: how many.
        killed: how many of them, as a share, end the process and not the power: nothing is lost.
        since: the first moment, as a number of notes.
    """
    chance = random.Random(seed)  # noqa: S311  chance, not secrecy
    moments = sorted(chance.randint(since, len(recording.notes)) for _number in range(count))
    disk, at, marks = Disk(recording), 0, list[bytes]()
    for number, moment in enumerate(moments):
        for note in recording.notes[at:moment]:
            disk.take(note)
            if note.what == "M":
                marks.append(note.body)
        at = moment
        dice = random.Random(f"{seed} {number}")  # noqa: S311
        kill = bool(killed) and dice.random() < killed
        files, folders = disk.in_memory() if kill else disk.cut(dice)
        yield Cut(number, moment, files, folders, tuple(marks))


def replayed(recording: Recording) -> dict[str, bytes]:
    """Return the files as the notes leave them when the power stays on."""
    disk = Disk(recording)
    for note in recording.notes:
        disk.take(note)
    return disk.in_memory()[0]


def _do(file: bytearray, note: Note) -> None:
    if note.what == "T":
        del file[note.at :]
        file.extend(bytes(note.at - len(file)))
    else:
        _put(file, note.at, note.body)


def _half_do(file: bytearray, note: Note, dice: random.Random) -> None:
    """Let some sectors of a write reach the disk, or only its length, or nothing."""
    end = note.at + len(note.body)
    if len(note.body) > 1 and dice.random() < TORN:
        start = note.at
        while start < end:
            stop = min(end, (start // SECTOR + 1) * SECTOR)
            if dice.random() < 0.5:
                _put(file, start, note.body[start - note.at : stop - note.at])
            start = stop
    elif end > len(file) and dice.random() < GROWN:
        file.extend(bytes(end - len(file)))


def _put(file: bytearray, at: int, body: bytes) -> None:
    if at > len(file):
        file.extend(bytes(at - len(file)))
    file[at : at + len(body)] = body
