# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A share in memory that does what real shares, administrators and attackers do.

It keeps the promises of `sync.share.Share` until a test tells it not to: files are dropped,
repeated, cut short, altered or put back to an old state, listings come late and in any order, the
folder fills up, goes read-only or away, does not tell "A" from "a", and tells names in capitals.
The power may go at any step of a write (`cut_at`).
"""

import random
from collections.abc import Iterator, Sequence

from sync.share import ShareUnreachable


class PowerCut(BaseException):
    """The laptop lost power at this step; nothing after it happened."""


class HostileShare:
    """A share that is up to something. Chaos comes from a seed: a run can be repeated."""

    def __init__(self, seed: int = 0) -> None:
        self.files: dict[str, bytes] = {}
        self.hidden: set[str] = set()
        self.away = False
        self.full = False
        self.read_only = False
        self.folds_case = False
        self.lists_in_capitals = False
        self.lists_in_any_order = False
        self.lists_late = False
        self.steps = 0
        self.cut_at: int | None = None
        self.writes: list[str] = []
        self.tidied_at = 0.0
        self.dice = random.Random(seed)  # noqa: S311  the same on every run

    # --- what sharing asks of it

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, perhaps late, perhaps in no order, perhaps twice."""
        self._step()
        begin = len(folder) + 1 if folder else 0
        found = {path[begin:].split("/")[0] for path in self._within(folder)}
        names = sorted(name.upper() if self.lists_in_capitals else name for name in found)
        if self.lists_in_any_order:
            self.dice.shuffle(names)
            names += names[:2]
        return names

    def get(self, path: str, *, limit: int) -> bytes | None:
        """Return a file as it now is."""
        self._step()
        found = self.files.get(self._folded(path))
        return None if found is None else found[: limit + 1]

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write files in the steps a real share takes: temporary, half, whole, renamed, read."""
        self._step()
        return [path for path, raw in files if self._put(path, raw)]

    def _put(self, path: str, raw: bytes) -> bool:
        if self.get(path, limit=len(raw)) == raw:
            return True
        temporary = f"{path.rpartition('/')[0]}/.{self.steps:032x}.tmp"
        if self.full or self.read_only:
            return False
        self.files[temporary] = raw[: len(raw) // 2]
        self._step()
        self.files[temporary] = raw
        self._step()
        del self.files[temporary]
        self.files[self._folded(path)] = raw
        self.writes.append(path)
        if self.lists_late:
            self.hidden.add(self._folded(path))
        self._step()
        return True

    def remove(self, paths: Sequence[str]) -> None:
        """Take files away, one step each; a read-only share keeps them."""
        for path in paths:
            self._step()
            if not self.read_only:
                self.files.pop(self._folded(path), None)

    def tidy(self, folder: str, *, now_s: float) -> None:
        """Clear away temporary files."""
        self.tidied_at = now_s
        for path in list(self._within(folder)):
            if path.endswith(".tmp"):
                del self.files[path]

    # --- what it gets up to

    def settle(self) -> None:
        """Stop being late, full, read-only or away."""
        self.hidden.clear()
        self.away = self.full = self.read_only = self.lists_late = False
        self.cut_at = None

    def of(self, part: str) -> list[str]:
        """Return the paths that contain a part, sorted."""
        return sorted(path for path in self.files if part in path)

    def drop(self, path: str) -> bytes:
        """Lose a file."""
        return self.files.pop(path)

    def cut_short(self, path: str) -> None:
        """Lose the end of a file."""
        self.files[path] = self.files[path][: self.dice.randrange(len(self.files[path]))]

    def flip(self, path: str) -> None:
        """Alter one bit of a file."""
        raw = bytearray(self.files[path])
        raw[self.dice.randrange(len(raw))] ^= 1 << self.dice.randrange(8)
        self.files[path] = bytes(raw)

    def copy(self, path: str, to: str) -> None:
        """Put a file where it does not belong."""
        self.files[to] = self.files[path]

    # --- how it does it

    def _within(self, folder: str) -> Iterator[str]:
        start = self._folded(folder) + "/" if folder else ""
        return (path for path in self.files if path.startswith(start) and path not in self.hidden)

    def _folded(self, path: str) -> str:
        return path.lower() if self.folds_case else path

    def _step(self) -> None:
        if self.away:
            raise ShareUnreachable
        self.steps += 1
        if self.cut_at is not None and self.steps >= self.cut_at:
            self.cut_at = None
            raise PowerCut
