# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Erasing: a decision, and how the log and the share lose the words it is about.

A decision is a record that travels in an ordinary bundle and takes effect wherever it arrives (see
`storage.erasing`). The words in the bundles themselves go when they are re-packed. Rules, each
with a test:

* Whoever decides about an audience erases its records, and nobody else.
* A laptop of theirs re-packs: it writes each section again in the same size without the words,
  says so signed inside the bundle, and announces the sections and the hashes of what stands there
  now. Header, id and chain stay as they were, so everybody can still verify everything.
* The others take the re-packed bundle from the share when it was announced, and never put the old
  one back over it. Of two re-packings of one section the greater (turn, hash) counts.
* A change to an erased record that its eraser had not seen is not taken in; its words go at the
  next re-pack, and its author is told.
* When words went, the vault's file is written afresh.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Edit, new_id
from desktop_app.casework.retention import DECIDED, REPACKED, RETENTION
from desktop_app.casework.words import _, ngettext
from storage import ledger, repacking
from storage.erasing import Announced
from storage.merging import Refusal
from storage.store import Saved, Store
from sync.bundle import Contents, Opened, open_outer, pack_again, read_section, replace_section
from sync.checks import where
from sync.order import Staged
from sync.reading import Reader
from sync.reasons import Reason, SetAside
from sync.sealing import seal_all
from sync.seals import Random, digest
from sync.seat import Seat, seated
from sync.wire import ERASED, Op

AT_ONCE = 500
"""So many sections at most are announced in one record."""
LOOKED_AT = 10
"""So many re-packed bundles are looked at on the share in every exchange."""
TOLD = "erasing.told"
"""Setting: how many of this laptop's own refused changes its person was told of."""
TURNED_AWAY = "erasing.turned_away"
"""Setting: how many changes were not their author's to make when this was last looked at."""
Failed = dict[str, tuple[Reason, str, bytes]]
"""What is set aside, by path: why, a detail, and the bytes."""
_LATER = frozenset({Reason.GAP.value, Reason.FUTURE.value})
_NOTHING = Op(ERASED, "erased", bytes(16), b"", 0, {})


def decides(seat: Seat) -> tuple[str, ...]:
    """Return the audiences whose records the person of this laptop keeps or erases."""
    roster, me = seat.roster, seat.me.device
    return tuple(one for one in DECIDED if roster.decides(me, one, roster.n))


def decide(store: Store, edits: Sequence[Edit], *, now_ms: int) -> Saved:
    """Save decisions to keep or erase, with what the audit says of them, all or nothing.

    Raises:
        NotAllowed: this laptop's person does not decide about these records.
        CaseworkError: as `Store.save`.
    """
    mine = decides(seated(store))
    if any(edit.audience not in (*mine, AUDIT) for edit in edits):
        raise NotAllowed(
            _(
                "Only the coordinator, or whoever leads the group, decides this. "
                "Nothing was changed."
            )
        )
    return store.save(edits, now_ms=now_ms)


def dispose(store: Store, seat: Seat, *, now_ms: int, random: Random) -> list[str]:
    """Take erased words out of the bundles this laptop may re-pack, and seal what says so.

    Inside a transaction of the caller, after everything else was sealed.

    Returns:
        What to tell this laptop's person.
    """
    settle(store, seat)
    if repack(store, seat, now_ms=now_ms, random=random):
        seal_all(store, seat, now_ms=now_ms, random=random)
    return tell(store, seat)


# Re-packing


def repack(store: Store, seat: Seat, *, now_ms: int, random: Random) -> bool:
    """Take the erased words out of what this laptop may re-pack, and announce it.

    What it announces is to be sealed afterwards.
    """
    hand = _Hand(store, seat, repacking.erased(store), random, decides(seat))
    awaited = {(feed, seq) for feed, seq, _some in repacking.to_replace(store)}
    said: list[Announced] = []
    for (feed, seq), audiences in repacking.stale(store).items():
        held = None if (feed, seq) in awaited else ledger.bundle(store, feed, seq)
        if held is None:
            continue
        opened = _open(seat, held.raw)
        again = hand.again(opened, audiences)
        if again:
            raw, some = again
            said += some
            repacking.put_raw(store, feed, seq, raw)
            ledger.put_outbox(store, where(seat, opened), raw)
            opened = _open(seat, raw)
        _forget_stale(hand, feed, seq, opened)
    said += hand.set_aside()
    for start in range(0, len(said), AT_ONCE):
        lines = [one.line() for one in said[start : start + AT_ONCE]]
        edit = Edit(REPACKED, new_id(now_ms, random(10)), b"", "partners", {"sections": [*lines]})
        store.save([edit], now_ms=now_ms)
    for one in said:
        repacking.replaced(store, one)
    return bool(said)


@dataclass(slots=True)
class _Hand:
    """Takes erased words out of bundles; `mine` are the audiences this laptop may do it for."""

    store: Store
    seat: Seat
    erased: dict[str, set[bytes]]
    random: Random
    mine: tuple[str, ...]

    def again(
        self, opened: Opened, audiences: Iterable[str]
    ) -> tuple[bytes, list[Announced]] | None:
        """Return a bundle without the erased words, and what is to be announced of it."""
        bodies: dict[int, bytes] = {}
        for index, entry in enumerate(opened.header.secs):
            if entry.audience in audiences and entry.audience in self.mine:
                found = self.without_erased(opened, index)
                if found is not None:
                    with suppress(SetAside):  # it did not fit: what is there stays stale
                        bodies[index] = replace_section(opened, index, *found, random=self.random)
        if not bodies:
            return None
        seat = self.seat
        packed = pack_again(
            opened,
            bodies,
            team_key=seat.team_key(),
            device=seat.me.device,
            signing=seat.me.signing,
            roster_n=seat.roster.n,
            random=self.random,
        )
        new = _open(seat, packed.raw)
        said = [_said(new, one.place) for one in new.replaced if one.place in bodies]
        return packed.raw, said

    def set_aside(self) -> list[Announced]:
        """Re-pack what is set aside whole; what is waiting its turn is re-packed when it comes."""
        said: list[Announced] = []
        for row in ledger.set_aside(self.store) if self.erased else ():
            if not row.raw or row.reason in _LATER:
                continue
            try:
                again = self.again(_open(self.seat, row.raw), self.erased)
            except SetAside:
                continue
            if again:
                raw, some = again
                said += some
                ledger.put_set_aside(self.store, replace(row, raw=raw))
                ledger.put_outbox(self.store, row.path, raw)
        return said

    def holds(self, raw: bytes) -> bool:
        """Say whether this laptop can read words of erased records in a file."""
        try:
            opened = _open(self.seat, raw)
        except SetAside:
            return False
        return any(self.without_erased(opened, index) for index in range(len(opened.sections)))

    def without_erased(self, opened: Opened, index: int) -> tuple[bytes, Contents] | None:
        """Return the key and the changes of a section without the erased; None without any."""
        key = self.seat.key_for(opened, index)
        gone = self.erased.get(opened.header.secs[index].audience, set())
        if key is None or not gone:
            return None
        try:
            contents = read_section(opened, index, key)
        except SetAside:
            return None  # it was never readable; nothing of it was ever shown
        if not any(op.record in gone and op.kind != ERASED for op in contents.ops):
            return None
        ops = [
            msgspec.structs.replace(_NOTHING, later=op.later) if op.record in gone else op
            for op in contents.ops
        ]
        return key, Contents(contents.first_at, ops)


def without_words(store: Store, seat: Seat, failed: Failed) -> Failed:
    """Return what is set aside without the bytes of files that hold words of erased records.

    They are read again from the share, where they are re-packed. What is taken in when its turn
    comes is left: it loses its words then.
    """
    hand = _Hand(store, seat, repacking.erased(store) if failed else {}, _no_dice, ())
    if not hand.erased:
        return failed
    return {
        path: (reason, detail, b"" if reason.value not in _LATER and hand.holds(raw) else raw)
        for path, (reason, detail, raw) in failed.items()
    }


# Taking what others re-packed


def wanted(store: Store, seat: Seat) -> tuple[str, ...]:
    """Return the bundles to fetch again: a replacement was announced and is not here yet."""
    held = ledger.bundles_of(
        store, [(feed, seq) for feed, seq, _some in repacking.to_replace(store)]
    )
    feeds = ledger.feeds(store)
    return tuple(seat.bundle_path(feeds[one.feed].id, one.seq, one.id) for one in held)


def adopt(store: Store, seat: Seat, one: Staged) -> None:
    """Keep a bundle of the log as it was re-packed, when that was announced."""
    number, seq = one.number, one.header.seq
    held = ledger.bundle(store, number, seq)
    if held is None or held.raw == one.raw:
        return
    before = {said.place: said.rank for said in _open(seat, held.raw).replaced}
    newer = [said for said in one.opened.replaced if said.rank > before.get(said.place, (0, b""))]
    older = [place for place in before if not one.opened.replacement(place)]
    known = all(repacking.is_announced(store, _said(one.opened, said.place)) for said in newer)
    if not newer or older or not known:
        return
    with store.transaction():
        repacking.put_raw(store, number, seq, one.raw)
        _settle(store, seat, number, seq, one.opened)


def settle(store: Store, seat: Seat) -> None:
    """Note which announced replacements the log already holds."""
    for feed, seq, _some in repacking.to_replace(store):
        held = ledger.bundle(store, feed, seq)
        if held is not None:
            opened = _open(seat, held.raw)
            if opened.replaced:
                _settle(store, seat, feed, seq, opened)


def _settle(store: Store, seat: Seat, feed: int, seq: int, opened: Opened) -> None:
    ranks = {said.place: said.rank for said in opened.replaced}
    for number, n, some in repacking.to_replace(store):
        for one in some if (number, n) == (feed, seq) else ():
            if (one.turn, one.hash) <= ranks.get(one.place, (0, b"")):
                repacking.replaced(store, one)
    _forget_stale(_Hand(store, seat, repacking.erased(store), _no_dice, ()), feed, seq, opened)


def _forget_stale(hand: _Hand, feed: int, seq: int, opened: Opened) -> None:
    """Note for which audiences a bundle of the log holds no erased words any more."""
    for index, entry in enumerate(opened.header.secs):
        if not hand.without_erased(opened, index):
            repacking.no_longer_stale(hand.store, feed, seq, entry.audience)


def superseded(store: Store) -> set[tuple[int, int]]:
    """Return the bundles of the log that must not be put back over what is on the share."""
    return {
        *repacking.stale(store),
        *((feed, seq) for feed, seq, _some in repacking.to_replace(store)),
    }


def looked_at(store: Store) -> list[tuple[int, int]]:
    """Return a few re-packed bundles to look at on the share: nobody may put the words back."""
    return repacking.some_replaced(store, LOOKED_AT)


# Telling


def tell(store: Store, seat: Seat) -> list[str]:
    """Return what to tell this laptop's person, once."""
    return [*_lost(store, seat), *_not_followed(store, seat)]


def _not_followed(store: Store, seat: Seat) -> list[str]:
    """Say, to those who decide, whose decision to erase was not followed."""
    rows = [one for one in ledger.refused(store) if one.reason == Reason.NO_PERMISSION.value]
    before = store.get(TURNED_AWAY)
    if len(rows) == before or not rows:
        return []
    store.put(TURNED_AWAY, len(rows))
    feeds, people = ledger.feeds(store), set[str]()
    for held in ledger.bundles_of(store, [(one.feed, one.seq) for one in rows]):
        laptop = seat.roster.device(feeds[held.feed].device)
        person = laptop.person if laptop else ""
        device, opened = feeds[held.feed].device, _open(seat, held.raw)
        reading = Reader(seat).read(Staged("", held.raw, opened, device, person, held.feed))
        if any(change.form == RETENTION for change in reading.refused):
            people.add(seat.team.name_of(person))
    return [
        _("%(who)s decided about records somebody else decides about. Nothing was erased.")
        % {"who": name}
        for name in sorted(people)
        if decides(seat)
    ]


def _lost(store: Store, seat: Seat) -> list[str]:
    """Say which of this person's own changes were not taken in, for their record was erased."""
    feeds = ledger.feeds(store)
    mine = {number for number, feed in feeds.items() if feed.device == seat.me.device}
    count = sum(
        1
        for one in ledger.refused(store)
        if one.feed in mine and one.reason == Refusal.ERASED.value
    )
    before = store.get(TOLD)
    new = count - (before if isinstance(before, int) else 0)
    if new <= 0:
        return []
    store.put(TOLD, count)
    return [
        ngettext(
            "%(n)d change you made was not kept: its record had been erased. If it still matters, "
            "ask whoever decided, or write it down again as something new.",
            "%(n)d changes you made were not kept: their records had been erased. If they still "
            "matter, ask whoever decided, or write them down again as something new.",
            new,
        )
        % {"n": new}
    ]


def _said(opened: Opened, place: int) -> Announced:
    said = opened.replacement(place)
    turn = said.turn if said else 0
    return Announced(opened.id, place, turn, digest(b"tandem-section", opened.sections[place]))


def _open(seat: Seat, raw: bytes) -> Opened:
    return open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)


def _no_dice(_size: int) -> bytes:
    raise AssertionError  # nothing is written where this is passed
