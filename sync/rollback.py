# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rollback: an older vault or an older share put back, and how an exchange notices.

What a laptop has acknowledged lies on the share, signed by itself: each of its bundles names the
one before, the newest bundle it had seen of everybody, and the list of people it went by. Rules,
each with a test:

* A bundle this laptop signed and does not know, or knows by another id, says that its vault is an
  earlier state of itself. Nothing is sealed any more: its numbers may be used up.
* Headers are compared by their ids, which stay when a bundle's content is erased.
* What others laid into its folder, or wrote of it, says nothing.
* A share that lacks the end of what it once held was put back itself. All that is held here is
  sent again, and that is said; nothing else follows from it.
* Only what the team folder is known to have held can be missing from it. A stick may lack anything,
  and what went by a stick alone has not been in the folder yet: neither is worth a word.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from desktop_app.casework.forms import forms
from desktop_app.casework.records import Json
from desktop_app.casework.words import _, ngettext
from storage import ledger, older
from storage.store import Store
from sync import places
from sync.bundle import Opened, open_outer, verify
from sync.history import read_own
from sync.identity import RESTORED
from sync.mending import holes, mend
from sync.reasons import SetAside
from sync.seals import Random
from sync.seat import Seat, leave_feed

Present = Mapping[str, frozenset[tuple[int, bytes]]]
HAD = "sync.folder_had"
"""Setting inside the vault: the greatest number of a bundle the team folder was seen to hold, by
folder of a feed."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """A record of this laptop's own work that the team had and the older vault did not.

    Attributes:
        record: its id.
        form: its form's title, or its name where a newer Tandem wrote it.
        at_ms: when it was last written, in UTC milliseconds.
    """

    record: bytes
    form: str
    at_ms: int


def is_older(store: Store, seat: Seat, raws: Iterable[bytes]) -> bool:
    """Say whether a vault is older than what it had sent, and have it read-only if so.

    Args:
        store: the vault, in a transaction of the caller.
        seat: its seat.
        raws: what lies in its own folder under names it does not know.
    """
    own = ledger.own_feed(store)
    if own is None:
        return False
    opened = (_opened(seat, raw) for raw in raws)
    mine = [one for one in opened if one is not None and _is_news(store, seat, own, one)]
    if not mine and not holes(store, seat):
        return False
    older.notice(store, known_ms=max((one.header.ts_last for one in mine), default=0))
    return True


def went_on(store: Store, seat: Seat, *, now_ms: int, random: Random) -> list[str]:
    """Begin a new feed where a vault was put back, or its owner went on; return what to say of it.

    Inside a transaction of the caller, who makes the records anew when something is said.
    """
    own = ledger.own_feed(store)
    if own is None or store.get(older.RESTORED) is None:
        return []
    store.put(older.RESTORED, None)
    mend(store, seat, now_ms=now_ms)
    leave_feed(store, seat, own, why=RESTORED, before=own.id, random=random)
    if older.went_on(store) is None:
        return [_("This casebook was put back from a backup. What was shared since is taken in.")]
    return [_("This laptop goes on from an older casebook. What it had shared is taken in.")]


def came_back(store: Store, seat: Seat) -> list[CameBack]:
    """Return the own records the team had and the vault did not when its owner went on."""
    was = older.went_on(store)
    if was is None:
        return []
    newest: dict[bytes, CameBack] = {}
    for change in read_own(store, seat, was.feed, after_seq=was.seq):
        form = forms().get(change.form)
        title = _(form.title) if form else change.form
        newest[change.record] = CameBack(change.record, title, change.at)
    return sorted(newest.values(), key=lambda one: (one.at_ms, one.record))


def note_lost(
    store: Store, lost: Collection[str], present: Present, own: str, *, stick: bool
) -> list[str]:
    """Return what to say of bundles that are put back; keep in mind what the team folder holds.

    Args:
        store: the vault, in a transaction of the caller.
        lost: paths of what is put back.
        present: per folder of a feed, what is there.
        own: this laptop's own folder.
        stick: whether it is not the team folder.
    """
    if stick:
        return []
    kept = store.get(HAD)
    found = kept.items() if isinstance(kept, dict) else ()
    had = {folder: n for folder, n in found if isinstance(n, int)}
    were = [path for path in lost if _number(path) <= had.get(path.rpartition("/")[0], 0)]
    newest = {folder: max(seq for seq, _id in some) for folder, some in present.items() if some}
    now: dict[str, Json] = {
        one: max(newest.get(one, 0), had.get(one, 0)) for one in {*newest, *had}
    }
    if now != had:
        store.put(HAD, now)
    said = about_lost(were, present, own)
    return [said] if said else []


def about_lost(lost: Collection[str], present: Present, own: str) -> str:
    """Return what to say of bundles the team folder has lost; empty for none.

    Args:
        lost: their paths.
        present: per folder of a feed, what is there.
        own: this laptop's own folder.
    """
    if not lost or not present:
        return ""
    if _went_back(lost, present, own):
        return _(
            "The team folder is an older copy of itself: it lacked work this laptop had "
            "sent or taken in. All of that has been sent again; nothing is lost. If nobody put it "
            "back on purpose, tell your coordinator."
        )
    return ngettext(
        "%(n)d bundle was missing from the team folder. It has been put back.",
        "%(n)d bundles were missing from the team folder. They have been put back.",
        len(lost),
    ) % {"n": len(lost)}


def _went_back(lost: Collection[str], present: Present, own: str) -> bool:
    """Say whether what is lost is the newest of everybody's, this laptop's among it."""
    first: dict[str, int] = {}
    for path in lost:
        folder, number = path.rpartition("/")[0], _number(path)
        if number:
            first[folder] = min(number, first.get(folder, number))
    ends = (
        all(seq < first[folder] for seq, _id in present.get(folder, frozenset()))
        for folder in first
    )
    return own in first and bool(present.get(own)) and all(ends)


def _number(path: str) -> int:
    """Return the number of a bundle by where it lies; 0 for what is none."""
    found = places.numbered(path.rpartition("/")[2])
    return found[0] if found else 0


def _opened(seat: Seat, raw: bytes) -> Opened | None:
    try:
        return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
    except SetAside:
        return None


def _is_news(store: Store, seat: Seat, own: ledger.Feed, opened: Opened) -> bool:
    """Say whether this laptop signed a bundle of its present feed and does not know it."""
    if opened.header.feed != own.id:
        return False
    held = ledger.bundle(store, own.number, opened.header.seq)
    if held is not None and held.id == opened.id:
        return False
    try:
        verify(opened, seat.me.public.sign, seat.trusted)
    except SetAside:
        return False
    return True
