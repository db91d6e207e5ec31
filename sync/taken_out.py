# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Laptops that are out of the team: which, whose, and since when, read from the signed lists.

Rules, each with a test:

* It follows from the lists of people this laptop went by; that somebody was told is all that is
  kept of it.
* Of a laptop that was out before this one joined it is not known here since when: that is not said.
* Whoever signed the list that took it out is not told what they did themselves.
"""

from bisect import bisect_left
from dataclasses import dataclass

from storage import ledger
from storage.ledger import Document
from storage.store import Store
from sync.envelope import Signed, disclose
from sync.outcome import Author, author_of
from sync.roster import PURPOSE, Laptop, Roster, read_roster
from sync.seat import ROSTER, Seat, roster_about

READ = "taken_out.read"
"""Setting inside the vault: the number of the list up to which its owner has read who is out."""


@dataclass(frozen=True, slots=True)
class Out:
    """A laptop that is out of the team.

    Attributes:
        author: whose it was, and what it is called.
        at_ms: when the list that took it out was signed, UTC milliseconds; 0 where that is not
            known here.
        left: whether its owner left the team as well.
        by_me: whether this laptop signed that list.
    """

    author: Author
    at_ms: int
    left: bool
    by_me: bool


def taken_out(store: Store, held: Seat, *, after: int = 0) -> list[Out]:
    """Return the laptops that are out, the latest first.

    Args:
        store: the vault.
        held: this laptop's seat.
        after: since which list it is asked for; of what was out by then the time is not said.
    """
    gone = [one for one in held.roster.devices if not one.active]
    if not gone:
        return []
    lists = _Lists(held, [one for one in ledger.documents(store, ROSTER) if one.n >= after])
    found = (_out(held, lists, one) for one in gone)
    return sorted(found, key=lambda one: (-one.at_ms, one.author.words))


def unread(store: Store, held: Seat) -> list[Out]:
    """Return the laptops taken out since its owner last read who is out."""
    kept = store.get(READ)
    after = kept if isinstance(kept, int) else 0
    if after >= held.roster.n:
        return []
    found = taken_out(store, held, after=after)
    return [one for one in found if one.at_ms and not one.by_me]


def have_read(store: Store, held: Seat) -> None:
    """Keep that its owner has read who is out by now."""
    store.put(READ, held.roster.n)


class _Lists:
    """Lists of people in their order, each opened when it is first asked for."""

    def __init__(self, held: Seat, kept: list[Document]) -> None:
        self.held, self.kept = held, kept
        self._opened: dict[int, tuple[Signed, Roster] | None] = {}

    def at(self, index: int) -> tuple[Signed, Roster] | None:
        """Return a list, signed and read; None where this laptop cannot open it."""
        if index not in self._opened:
            about = roster_about(self.held.chain.team)
            document = disclose(self.kept[index].raw, about, self.held.me)
            self._opened[index] = (document, read_roster(document)) if document else None
        return self._opened[index]

    def is_out(self, index: int, laptop: Laptop) -> bool:
        """Say whether a laptop is out by a list."""
        found = self.at(index)
        device = found[1].device(laptop.id) if found else None
        return device is not None and not device.active


def _out(held: Seat, lists: _Lists, laptop: Laptop) -> Out:
    """Look for the first list by which a laptop is out; nobody comes back under the same keys."""
    person = held.roster.person(laptop.person)
    author, left = author_of(held.team, laptop.id), person is None or not person.active
    at = bisect_left(range(len(lists.kept)), x=True, key=lambda n: lists.is_out(n, laptop))
    found = lists.at(at) if 0 < at < len(lists.kept) else None
    if found is None:
        return Out(author, 0, left, by_me=False)
    document, roster = found
    return Out(author, roster.ts, left, by_me=held.me.public.sign in document.signers(PURPOSE))
