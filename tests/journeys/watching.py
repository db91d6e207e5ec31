# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Looking from outside at what a process holds in memory, has open, and leaves on the disk."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_STRIDE = 1 << 24


@dataclass
class Watched:
    """A run of tests/journeys/whole_run.py, and where it was told its home is."""

    process: "subprocess.Popen[bytes]"
    home: Path

    def until(self, word: str) -> list[str]:
        """Read what it says until it says a word; return all the lines."""
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line.decode().strip())
            if lines[-1] == word:
                return lines
        raise AssertionError(lines)

    def go_on(self, words: str = "") -> None:
        """Tell it something, or only to go on."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{words}\n".encode())
        self.process.stdin.flush()

    def counted(self, sought: Mapping[str, bytes]) -> dict[str, int]:
        """Return how often each of some things stands in its memory."""
        memory = Path(f"/proc/{self.process.pid}/mem")
        found = dict.fromkeys(sought, 0)
        longest = max(map(len, sought.values()))
        with memory.open("rb", buffering=0) as file:
            for part in _parts(self.process.pid, file.fileno(), longest):
                for name, one in sought.items():
                    found[name] += part.count(one)
        return found

    def core_bytes(self) -> str:
        """Return how large a dump of its memory may be."""
        limits = Path(f"/proc/{self.process.pid}/limits").read_text(encoding="utf-8")
        return next(line.split()[4] for line in limits.splitlines() if line.startswith("Max core"))

    def sockets(self) -> list[str]:
        """Return every socket it has open."""
        return [what for _file, what in self._open() if what.startswith("socket:")]

    def deleted(self) -> Iterator[bytes]:
        """Yield what stands in files it has open that nobody can see any more."""
        yield from (file.read_bytes() for file, what in self._open() if what.endswith("(deleted)"))

    def _open(self) -> list[tuple[Path, str]]:
        folder = Path(f"/proc/{self.process.pid}/fd")
        return [(one, str(one.readlink())) for one in folder.iterdir()]


@contextmanager
def watched(what: str, place: Path, home: Path) -> Iterator[Watched]:
    """Run a life of the program with a home and a folder for passing files of its own."""
    temporary = home / "tmp"
    temporary.mkdir(parents=True)
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME")
    settings = {name: str(home) for name in names} | {"TMPDIR": str(temporary)}
    settings |= {"QT_QPA_PLATFORM": "offscreen", "PATH": os.environ["PATH"]}
    settings["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "tests.journeys.whole_run", what, str(place)]
    with subprocess.Popen(  # noqa: S603  our own program
        command, cwd=ROOT, env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        try:
            yield Watched(process, home)
        finally:
            process.kill()


def spelled(words: str) -> dict[str, bytes]:
    """Return some words in every way a program may spell them."""
    ways = {"utf-8": "utf-8", "wide": "utf-16-le", "widest": "utf-32-le"}
    return {f"{words} ({name})": words.encode(way) for name, way in ways.items()}


def files_with(sought: Iterable[bytes], place: Path) -> list[str]:
    """Return the files below a folder in which any of some things stands, names included."""
    wanted = list(sought)
    return [
        path.relative_to(place).as_posix()
        for path in sorted(place.rglob("*"))
        if any(one in os.fsencode(path.name) for one in wanted)
        or (path.is_file() and any(one in path.read_bytes() for one in wanted))
    ]


def _parts(pid: int, file: int, overlap: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines()
    for line in maps:
        match = re.match(r"([0-9a-f]+)-([0-9a-f]+) r", line)
        if match is None or line.endswith(("[vvar]", "[vsyscall]", "[vvar_vclock]")):
            continue
        at, end = (int(one, 16) for one in match.groups())
        while at < end:
            try:
                part = os.pread(file, min(_STRIDE, end - at), at)
            except OSError:  # a part that cannot be read by anybody
                break
            if not part:
                break
            yield part
            at += len(part) if at + len(part) >= end else max(1, len(part) - overlap)
