# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is held here and lies on a stick too: whether the copies on it are any good.

Rules, each with a test:

* The newest are compared first, up to a portion; how many were not is counted.
* What was sealed again because of an erasure is as good, whoever has done it first.
* A stick that is pulled out meanwhile has not spoilt anything.
"""

from collections.abc import Iterator

from storage import delivery, ledger, parts
from storage.store import Store
from sync import places
from sync.bundle import open_outer
from sync.checks import signer
from sync.erasing import superseded
from sync.heal import waiting_here
from sync.reasons import SetAside
from sync.seat import NotInTeam, Seat, seat_of
from sync.share import Share
from sync.stick_loads import bundles_in, in_portions, is_there, parts_in
from sync.stick_survey import PORTION, Files, Survey
from sync.wire import LARGEST_FILE

Differing = list[tuple[str, bytes | None]]
"""Paths of files that are not as they are here, and what lies there; None: it cannot be read."""


class Copies:
    """Everything held here that lies on it too, a portion at a time.

    Attributes:
        total: how many files that is.
        left: how many of them were not yielded yet.
    """

    def __init__(self, store: Store, found: Survey) -> None:
        """Find out what lies on it.

        Raises:
            NotInTeam: there is nobody to carry anything for.
        """
        seat = seat_of(store)
        if seat is None:
            raise NotInTeam
        self._store, self._team, old = store, seat.chain.team, superseded(store)
        feeds = ledger.feeds(store)
        self._folders = {number: seat.feed_folder(one.id) for number, one in feeds.items()}
        self._bundles = [
            (number, seq)
            for number, seq, id_of in delivery.in_order(store)
            if (seq, id_of[:16]) in found.alone.get(self._folders[number], frozenset())
            and (number, seq) not in old
        ]
        self._waiting = [(path, raw) for path, raw in waiting_here(store) if is_there(found, path)]
        self._parts = sorted(parts.held(store) & found.parts)
        self.total = len(self._bundles) + len(self._waiting) + len(self._parts)
        self.left = self.total

    def portions(self) -> Iterator[Files]:
        """Yield files as they should be; each portion is read when it is asked for."""
        size = 0
        for some in in_portions(self._files()):
            self.left -= len(some)
            yield some
            size += sum(len(raw) for _path, raw in some)
            if size > PORTION:
                return

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield from bundles_in(self._store, self._folders, self._bundles[::-1])
        yield from self._waiting
        yield from parts_in(self._store, self._team, self._parts)


def differing(share: Share, some: Files) -> Differing:
    """Return which files are not as they should be, with what lies there.

    Raises:
        ShareUnreachable: it is not there, or was pulled out.
    """
    there = [(path, share.get(path, limit=LARGEST_FILE)) for path, _raw in some]
    found = [each for each, (_path, raw) in zip(there, some, strict=True) if each[1] != raw]
    if found:
        share.names("")  # or what was pulled out meanwhile would look like nothing but damage
    return found


def spoilt(store: Store, some: Differing) -> frozenset[str]:
    """Return which of the files that are not as they are here are no good.

    Raises:
        NotInTeam: there is nobody to carry anything for.
    """
    seat = seat_of(store)
    if seat is None:
        raise NotInTeam
    return frozenset(path for path, raw in some if not _is_sound(seat, path, raw))


def _is_sound(seat: Seat, path: str, raw: bytes | None) -> bool:
    if raw is None:
        return False
    name = path.rpartition("/")[2]
    if places.part_id(name):
        return not raw  # emptied: what it held was erased
    try:
        opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return False
    number = places.numbered(name)
    return number is not None and opened.id.startswith(number[1]) and bool(signer(seat, opened))
