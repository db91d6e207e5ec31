# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Healing: whoever holds a file the share has lost puts it back.

Rules, each with a test:

* A missing or altered bundle is sent again by any laptop that holds it, not only by its author,
  and even while it waits there itself.
* So are the lists of people and keys this laptop was given.
* What is put back is exactly what was there: the bytes as they first came.
* A bundle that others re-packed since is not put back over what they wrote.
* A large loss is mended in portions.
* What lies in a pack is not put back alone (see `shelf`).
"""

from collections.abc import Collection, Mapping

from desktop_app.casework.audience import AUDIENCES
from desktop_app.casework.words import _
from storage import ledger
from storage.store import Store
from sync import places
from sync.carry import Carried
from sync.erasing import superseded
from sync.reasons import Reason
from sync.rollback import note_lost
from sync.seat import RIVAL, ROSTER, Seat, circle_kind
from sync.shelf import put_back_packs

PORTION = 64 << 20
AT_ONCE = 500
_NEWS = frozenset(
    one.value for one in (Reason.GAP, Reason.FORK, Reason.FUTURE, Reason.AFTER_CUTOFF)
)


def document_paths(store: Store, seat: Seat) -> dict[str, bytes]:
    """Return where the lists of people and keys this laptop holds belong, and their bytes."""
    team, name_key = seat.chain.team, seat.roster.name_key
    found = {
        places.roster_path(team, one.n, one.id): one.raw
        for kind in (ROSTER, RIVAL)
        for one in ledger.documents(store, kind)
    }
    for audience in AUDIENCES:
        folder = places.circle_folder(team, name_key, audience)
        for one in ledger.documents(store, circle_kind(audience)):
            found[f"{folder}/{places.document_name(one.n, one.id)}"] = one.raw
    return found


def put_back(
    store: Store, seat: Seat, last: Carried, gone: Collection[str], *, stick: bool
) -> list[str]:
    """Put in the outbox what the share lost and is held here; return what to say of it.

    Args:
        store: the vault, in a transaction of the caller.
        seat: its seat.
        last: what the share held when it was last listed.
        gone: what was sent since: it may be missing from a listing that comes late.
        stick: whether it is not the team folder.
    """
    before = {path for path, _raw in ledger.outbox(store)} | set(gone)
    present = put_back_packs(store, seat, last)
    packs = {path for path, _raw in ledger.outbox(store)} - before
    put_back_bundles(store, seat, present, last.damaged)
    lost = {path for path, _raw in ledger.outbox(store)} - before - packs
    own = ledger.own_feed(store)
    mine = seat.feed_folder(own.id) if own else ""
    said = note_lost(store, lost, last.present, mine, stick=stick)
    if packs and not said and not stick:
        said = [_("Older work was missing from the team folder. It has been put back.")]
    return said


def put_back_documents(store: Store, seat: Seat, there: Collection[str]) -> int:
    """Put the missing lists in the outbox; return how many."""
    lost = {path: raw for path, raw in document_paths(store, seat).items() if path not in there}
    for path, raw in lost.items():
        ledger.put_outbox(store, path, raw)
    return len(lost)


def put_back_bundles(
    store: Store,
    seat: Seat,
    present: Mapping[str, frozenset[tuple[int, bytes]]],
    damaged: Collection[str],
) -> int:
    """Put the missing and altered bundles in the outbox; return how many."""
    feeds = ledger.feeds(store)
    folders = {number: seat.feed_folder(feed.id) for number, feed in feeds.items()}
    old = superseded(store)
    lost = [
        (number, seq)
        for (number, seq), id_of in sorted(ledger.bundle_ids(store).items())
        if (seq, id_of[:16]) not in present.get(folders[number], frozenset())
        or (
            (number, seq) not in old
            and f"{folders[number]}/{places.bundle_name(seq, id_of)}" in damaged
        )
    ]
    size = count = 0
    for start in range(0, len(lost), AT_ONCE):
        for held in ledger.bundles_of(store, lost[start : start + AT_ONCE]):
            path = f"{folders[held.feed]}/{places.bundle_name(held.seq, held.id)}"
            ledger.put_outbox(store, path, held.raw)
            size += len(held.raw)
            count += 1
        if size > PORTION:
            break
    for path, raw in waiting_here(store):
        folder, _slash, name = path.rpartition("/")
        there = places.numbered(name) in present.get(folder, frozenset())
        if not there or path in damaged:
            ledger.put_outbox(store, path, raw)
            count += 1
    return count


def waiting_here(store: Store) -> list[tuple[str, bytes]]:
    """Return what waits here and may be news to others.

    A gap they can fill, a fork, or work that came too late and the coordinator may never have seen.
    """
    return [
        (row.path, row.raw) for row in ledger.set_aside(store) if row.raw and row.reason in _NEWS
    ]
