# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Replay: whether the records are what the signed bundles say. An old page put back shows here.

A page of last week is a whole page: no look at the file can tell. But the records follow from the
bundles, so both would have to be put back together, and then the share says so. Rules, each with
a test:

* Every bundle of the log has the bytes its id stands for, every line of them is without a hole.
* The records made anew from the log are those that stand here, and so are the list of clients, the
  words they are found by and who works with whom.
* What colleagues said they have seen is what their bundles say.
* Every key this laptop was given is there.
* Nothing is changed: what was made anew is undone again, also when it is stopped in the middle.
* What follows from nothing cannot be checked: drafts, and the settings of this vault.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b

from desktop_app.casework.audience import AUDIENCES
from desktop_app.casework.words import _, ngettext
from storage import ledger
from storage.check import Finding, Look, look_at
from storage.derived import derived, seen
from storage.store import Store
from sync.history import rebuild
from sync.mending import holes, mend, spoilt
from sync.seat import ROSTER, Seat, circle_kind, seat_of

Told = Callable[[str], None]
Stopped = Callable[[], bool]


class _Undo(Exception):
    """Takes back what was made anew."""


def replay(store: Store, *, progress: Told = lambda _words: None) -> list[Finding]:
    """Compare a vault with its log; return what differs, nothing when all agrees.

    Args:
        store: open, and found whole by `storage.check`.
        progress: told in words what is compared.

    Raises:
        LaptopFull: there is no room to make the records anew beside those that stand.
    """
    found: list[Finding] = []
    for words, look in looks():
        progress(words)
        found += look_at(store, look)
    return found


def looks(stopped: Stopped = lambda: False) -> list[tuple[str, Look]]:
    """Return the parts of it, each with what to say while it is under way.

    Args:
        stopped: asked before every bundle; what was stopped has found nothing that counts.
    """
    return [
        (_("Comparing every bundle with its signature …"), _of_a_team(_log)),
        (
            _("Comparing every record with the bundles …"),
            _of_a_team(lambda store, seat: _records(store, seat, stopped)),
        ),
    ]


def _of_a_team(look: Callable[[Store, Seat], Iterator[Finding]]) -> Look:
    """Return what looks at a vault that belongs to a team; without one, nothing was signed."""

    def looked(store: Store) -> Iterator[Finding]:
        seat = seat_of(store)
        if seat is not None:
            yield from look(store, seat)

    return looked


def _log(store: Store, seat: Seat) -> Iterator[Finding]:
    if holes(store, seat) or spoilt(store, seat):
        yield Finding("log", _("The log misses bundles it should hold."))
    kinds = [circle_kind(audience) for audience in AUDIENCES]
    keys = {f"{kind}:{one.id.hex()}" for kind in kinds for one in ledger.documents(store, kind)}
    missing = sum(ledger.key(store, name) is None for name in keys)
    newest = ledger.newest(store, ROSTER)
    if missing or newest is None or newest.id != seat.chain.document.id:
        yield Finding("keys", _("Keys this laptop was given are missing."))


def _records(store: Store, seat: Seat, stopped: Stopped) -> Iterator[Finding]:
    def go_on() -> None:
        if stopped():
            raise _Undo

    differ = 0
    with suppress(_Undo), store.transaction():
        store.count_again()
        before = set()
        for row in _rows(store, seat):
            go_on()
            before.add(_hash(row))
        mend(store, seat, now_ms=0)  # a bundle that is not itself cannot be read
        rebuild(store, seat, before_each=go_on)
        new = 0
        for row in _rows(store, seat):
            go_on()
            known = _hash(row)
            new += known not in before
            before.discard(known)
        differ = max(new, len(before))
        raise _Undo
    store.put_together()  # what was made anew leaves no room taken
    if differ:
        words = ngettext(
            "%(n)d entry is not what the signed bundles say.",
            "%(n)d entries are not what the signed bundles say.",
            differ,
        )
        yield Finding("records", words % {"n": differ})


def _rows(store: Store, seat: Seat) -> Iterator[tuple[object, ...]]:
    """Yield all that follows from the log.

    What was seen before a fork was ruled on is told otherwise after it, so there it says nothing.
    """
    yield from derived(store)
    if not seat.roster.rulings:
        yield from seen(store)


def _hash(row: tuple[object, ...]) -> bytes:
    return blake2b(repr(row).encode(), digest_size=16).digest()
