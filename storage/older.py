# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older vault: a file, a page or a log of a vault put back, and how that is noticed here.

Encryption shows that a page was altered. It cannot show that a page, or all of them, are those of
last week: only what lies outside the vault can. That is the laptop's own bundles on the share
(`sync.rollback`), and here a mark beside the vault. Rules, each with a test:

* The mark says when something was last saved, after it is on the disk. So a kill or a power cut
  can only leave a mark that says too little, never one that says too much.
* It says nothing else, and is signed with a secret of the vault: nobody can forge a later one. A
  mark that is missing, damaged or another vault's tells nothing.
* Whoever puts the mark back together with the vault is not seen by it, only by the share.
* A vault found to be older is read-only: nothing is saved or sealed until its owner goes on. What
  is typed is still kept as a draft, and who looks at what is still kept for the audit.
* Going on is what a restored vault does: a new line of bundles, and all the team has is taken in.
* A vault that was restored on purpose is not called older.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from storage import custody
from storage.errors import VaultError, VaultOlder

if TYPE_CHECKING:
    from storage.store import Store

NAME = "vault.mark"
RESTORED = "restored"
"""Setting of a vault that was put back from a backup, until its next exchange: when, in ms."""
OLDER, WENT_ON = "older", "older.went_on"
"""Settings: how a vault was found to be older; and, once its owner went on, how it had been."""
_SIGNED = 24
_LAST_AT = (
    "SELECT max(last_at, coalesce((SELECT last_at FROM pending ORDER BY place DESC LIMIT 1), 0))"
    " FROM own"
)
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Older:
    """How a vault was found to be older than it should be.

    Attributes:
        feed: number of the line of bundles it wrote.
        seq: the last of its own bundles it knows.
        held_ms: when the newest of its own work in it was saved, in UTC milliseconds; 0 for none.
        known_ms: when the newest work was saved that it should hold.
    """

    feed: int
    seq: int
    held_ms: int
    known_ms: int


class Mark:
    """The file beside a vault that says when something was last saved in it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._key = b""
        self._file = -1

    def told(self, store: "Store") -> int:
        """Return what it says, in UTC milliseconds; 0 when it tells nothing."""
        try:
            raw = self._path.read_bytes()
        except OSError:
            return 0
        at = raw[:8]
        known = self._key_known(store) and raw == self._signed(at)
        return int.from_bytes(at, "big") if known else 0

    def note(self, store: "Store", at_ms: int) -> None:
        """Say that something was saved, once it is on the disk. Not flushed: see the rules."""
        if not self._key_known(store):
            return
        # A mark that cannot be written says too little, and that is all.
        with suppress(OSError):
            if self._file < 0:
                how = os.O_WRONLY | os.O_CREAT | _PLAIN
                self._file = os.open(self._path, how, 0o600)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, self._signed(at_ms.to_bytes(8, "big")))

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    __del__ = close

    def _key_known(self, store: "Store") -> bool:
        if not self._key:  # a laptop gets its secrets when it asks to join
            rows = store.rows("SELECT value FROM secret WHERE name = 'sign'")
            self._key = bytes(rows[0][0]) if rows else b""
        return bool(self._key)

    def _signed(self, at: bytes) -> bytes:
        return at + blake2b(at, digest_size=_SIGNED, key=self._key, person=b"tandem-mark").digest()


def last_at(store: "Store") -> int:
    """Return when something was last saved in a vault, in UTC milliseconds of its own clock."""
    return int(store.rows(_LAST_AT)[0][0])


def is_older(store: "Store", mark: Mark) -> bool:
    """Say whether a vault that was just opened is older than it should be, and keep that in it."""
    try:
        if store.get(OLDER) is not None:
            return True
        own = last_at(store)
        if store.get(RESTORED) is not None:
            mark.note(store, own)
            return False
        told = mark.told(store)
        if told > own:
            notice(store, known_ms=told)
    except VaultError:
        return False  # too damaged to tell; a check says so
    return told > own


def notice(store: "Store", *, known_ms: int) -> None:
    """Have a vault be read-only: work is known that it should hold and does not."""
    rows = store.rows(
        "SELECT number, head_seq,"
        " max(feed.last_at, coalesce((SELECT max(last_at) FROM pending), 0))"
        " FROM own JOIN feed ON feed.number = own.feed"
    )
    feed, seq, held_ms = rows[0] if rows else (0, 0, 0)
    store.put(OLDER, asdict(Older(feed, seq, held_ms, known_ms)))
    store.older = True


def refuse_older(store: "Store") -> None:
    """Refuse to write, seal or sign in a vault that was found to be older.

    Raises:
        VaultOlder: as it says.
    """
    if store.older:
        raise VaultOlder


def older(store: "Store") -> Older | None:
    """Return how a vault was found to be older; None when it was not."""
    return _kept(store, OLDER)


def went_on(store: "Store") -> Older | None:
    """Return how a vault had been found to be older before its owner went on."""
    return _kept(store, WENT_ON)


def go_on(store: "Store", *, now_ms: int) -> None:
    """Let a vault be written again: the next exchange goes on under a new line of bundles."""
    with store.transaction():
        if older(store) is None:  # an old page that only a check can show
            notice(store, known_ms=0)
        store.put(WENT_ON, store.get(OLDER))
        store.put(OLDER, None)
        store.put(RESTORED, now_ms)
    store.older = False
    store.mark(last_at(store))
    custody.note(store, "went_on", now_ms=now_ms)


def _kept(store: "Store", name: str) -> Older | None:
    value = store.get(name)
    if not isinstance(value, Mapping):
        return None
    return Older(**{name: int(str(number)) for name, number in value.items()})
