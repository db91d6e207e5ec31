# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What somebody without the key can do to the files of a vault."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from storage.connection import DB
from storage.older import NAME as MARK

PAGE, IV, HMAC, SALT = 4_096, 16, 64, 16
CONTENT = PAGE - IV - HMAC
LOG = f"{DB}-wal"
TIMES = 200
FILE = (
    *("two pages swapped", "a page zeroed", "the last page cut off", "a page added"),
    *("a byte of the salt altered",),
)
"""Attacks that leave what never was: a look at the file must show them."""
ONCE_RIGHT = (
    *("an old page put back", "an old file put back", "an old file and its mark put back"),
    *("the open vault's log altered", "the open vault's log cut"),
    "the open vault's log removed",
)
"""Attacks that leave what once was right: nothing in the file itself can show them."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What was done, and the files of the vault after it."""

    what: str
    files: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Copies:
    """A vault at several moments.

    Attributes:
        old: its file as it was.
        new: its file as it is, closed.
        running: its file while it was open, with the same in it as `new`.
        log: the write-ahead log beside it then.
        mark: the mark beside it; `old_mark` as it was.
    """

    old: bytes
    new: bytes
    running: bytes
    log: bytes
    mark: bytes
    old_mark: bytes

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return len(self.new) // PAGE


def flips(copies: Copies, dice: random.Random, *, every: int) -> Iterator[Attack]:
    """Flip a bit in the content, the IV and the HMAC of every page."""
    for page in range(0, copies.pages, every):
        start = page * PAGE
        first = SALT if page == 0 else 0  # the salt stands where content does elsewhere
        for low, high in ((first, CONTENT), (CONTENT, CONTENT + IV), (CONTENT + IV, PAGE)):
            raw = bytearray(copies.new)
            raw[start + dice.randrange(low, high)] ^= 1 << dice.randrange(8)
            yield Attack(f"bit flipped in page {page + 1}, from byte {low} on", {DB: bytes(raw)})


def attacks(
    copies: Copies, dice: random.Random, *, every: int
) -> Iterator[tuple[str, Iterator[Attack]]]:
    """Yield every other kind of attack: its name and its tries."""
    times = max(1, TIMES // every)
    yield "two pages swapped", _swapped(copies, dice, times)
    yield "a page zeroed", _replaced(copies, bytes(len(copies.new)), every)
    yield "the last page cut off", iter([Attack("cut", {DB: copies.new[:-PAGE]})])
    added = copies.new + dice.randbytes(PAGE)
    yield "a page added", iter([Attack("added", {DB: added})])
    yield "a byte of the salt altered", _salted(copies, dice)
    yield "an old page put back", _replaced(copies, copies.old, every)
    yield "an old file put back", iter([Attack("old file", {DB: copies.old})])
    both = {DB: copies.old, MARK: copies.old_mark}
    yield "an old file and its mark put back", iter([Attack("old file and mark", both)])
    yield "the open vault's log altered", _log_altered(copies, dice, times)
    yield "the open vault's log cut", _log_cut(copies, dice, times)
    yield "the open vault's log removed", iter([Attack("no log", {DB: copies.running})])


def _swapped(copies: Copies, dice: random.Random, times: int) -> Iterator[Attack]:
    for _time in range(times):
        one, other = sorted(dice.sample(range(1, copies.pages), 2))
        pages = [copies.new[at * PAGE : (at + 1) * PAGE] for at in range(copies.pages)]
        pages[one], pages[other] = pages[other], pages[one]
        yield Attack(f"pages {one + 1} and {other + 1} swapped", {DB: b"".join(pages)})


def _replaced(copies: Copies, by: bytes, every: int) -> Iterator[Attack]:
    """Put each page of another file in the place of this one's, where they differ."""
    for start in range(0, min(len(by), len(copies.new)), PAGE * every):
        page = by[start : start + PAGE]
        if page != copies.new[start : start + PAGE]:
            raw = copies.new[:start] + page + copies.new[start + PAGE :]
            yield Attack(f"page {start // PAGE + 1} replaced", {DB: raw})


def _salted(copies: Copies, dice: random.Random) -> Iterator[Attack]:
    for at in range(SALT):
        raw = bytearray(copies.new)
        raw[at] ^= 1 << dice.randrange(8)
        yield Attack(f"byte {at} of the salt", {DB: bytes(raw)})


def _log_altered(copies: Copies, dice: random.Random, times: int) -> Iterator[Attack]:
    for _time in range(times):
        log = bytearray(copies.log)
        log[dice.randrange(len(log))] ^= 1 << dice.randrange(8)
        yield Attack("log altered", {DB: copies.running, LOG: bytes(log)})


def _log_cut(copies: Copies, dice: random.Random, times: int) -> Iterator[Attack]:
    for _time in range(times):
        log = copies.log[: dice.randrange(len(copies.log))]
        yield Attack("log cut", {DB: copies.running, LOG: log})
