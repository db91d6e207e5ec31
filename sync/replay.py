# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Replay: whether the records are what the signed bundles say. An old page put back shows here.

A page of last week is a whole page: no look at the file can tell. But the records follow from the
bundles, so both would have to be put back together, and then the share says so. Rules, each with
a test:

* Every bundle of the log has the bytes its id stands for, every line of them is without a hole.
* The records made anew from the log are those that stand here, and so are the list of clients, the
  words they are found by and who works with whom.
* Every key this laptop was given is there.
* Nothing is changed: what was made anew is undone again.
* What follows from nothing cannot be checked: drafts, and the settings of this vault.
"""

from collections.abc import Callable, Iterator
from hashlib import blake2b

from desktop_app.casework.audience import AUDIENCES
from desktop_app.casework.words import _, ngettext
from storage import ledger
from storage.check import Finding
from storage.derived import derived
from storage.errors import VaultError
from storage.store import Store
from sync.history import rebuild
from sync.mending import holes, mend, spoilt
from sync.seat import ROSTER, Seat, circle_kind, seat_of

Told = Callable[[str], None]


class _Undo(Exception):
    """Takes back what was made anew."""


def replay(store: Store, *, progress: Told = lambda _words: None) -> list[Finding]:
    """Compare a vault with its log; return what differs, nothing when all agrees.

    Args:
        store: open, and found whole by `storage.check`.
        progress: told in words what is compared.
    """
    seat = seat_of(store)
    if seat is None:
        return []
    found: list[Finding] = []
    for words, look in (
        (_("Comparing every bundle with its signature …"), _log),
        (_("Comparing every record with the bundles …"), _records),
    ):
        progress(words)
        try:
            found += look(store, seat)
        except VaultError as error:
            found.append(Finding("structure", str(error)))
    return found


def _log(store: Store, seat: Seat) -> Iterator[Finding]:
    if holes(store, seat) or spoilt(store, seat):
        yield Finding("log", _("The log misses bundles it should hold."))
    kinds = [circle_kind(audience) for audience in AUDIENCES]
    keys = {f"{kind}:{one.id.hex()}" for kind in kinds for one in ledger.documents(store, kind)}
    missing = sum(ledger.key(store, name) is None for name in keys)
    newest = ledger.newest(store, ROSTER)
    if missing or newest is None or newest.id != seat.chain.document.id:
        yield Finding("keys", _("Keys this laptop was given are missing."))


def _records(store: Store, seat: Seat) -> Iterator[Finding]:
    differ = 0
    try:
        with store.transaction():
            store.count_again()
            before = {_hash(row) for row in derived(store)}
            mend(store, seat, now_ms=0)  # a bundle that is not itself cannot be read
            rebuild(store, seat)
            new = 0
            for row in derived(store):
                known = _hash(row)
                new += known not in before
                before.discard(known)
            differ = max(new, len(before))
            raise _Undo
    except _Undo:
        pass
    if differ:
        words = ngettext(
            "%(n)d entry is not what the signed bundles say.",
            "%(n)d entries are not what the signed bundles say.",
            differ,
        )
        yield Finding("records", words % {"n": differ})


def _hash(row: tuple[object, ...]) -> bytes:
    return blake2b(repr(row).encode(), digest_size=16).digest()
