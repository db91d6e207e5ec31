# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Bundles a member of the team could write and Tandem would not: each ends in a named reason."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from storage import ledger
from storage.errors import LaptopFull
from storage.store import Store
from sync import bundle, exchange, places, reading
from sync.bundle import seal
from sync.identity import genesis, new_identity
from sync.reading import DAMAGED, PARTLY, TOO_NEW
from sync.reasons import Reason
from sync.set_aside import told
from sync.wire import Header, Op, feed_id
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop

RECORD = b"R" * 16


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    return four.share


def write(laptop: Laptop, share: HostileShare, **changed: Any) -> str:
    """Put on the share what a changed Tandem on this laptop could write; return where."""
    seat, own = laptop.seat, ledger.own_feed(laptop.store)
    assert own is not None
    ops: list[Op] = changed.pop("ops", [])
    signing: bytes = changed.pop("signing", seat.me.signing)
    parts = seat.parts(laptop.dice.randbytes)
    now = laptop.now_ms
    parts["partners"] = replace(parts["partners"], first_at=now, ops=ops)
    whole = Header(
        v=1,
        kind=1,
        team=seat.chain.team,
        feed=own.id,
        seq=own.head_seq + 1,
        prev=own.head_id,
        genesis=None,
        roster_n=seat.roster.n,
        app_schema=1,
        min_reader=1,
        ts_first=now,
        ts_last=now,
        seen=[],
        secs=[],
    )
    whole = msgspec.structs.replace(whole, **changed)
    sealed = seal(
        whole,
        list(parts.values()),
        team_key=seat.team_key(),
        signing=signing,
        random=laptop.dice.randbytes,
    )
    path = seat.bundle_path(whole.feed, whole.seq, sealed.id)
    share.files[path] = sealed.raw
    return path


def reason_on(laptop: Laptop, share: HostileShare, path: str) -> Reason:
    laptop.exchange(share)
    return next(one.reason for one in told(laptop.store) if one.path == path)


def visit(**answers: Any) -> Op:
    return Op(0, "visit", RECORD, b"", 0, answers)


def test_another_laptops_signature_is_refused(four: Four, share: HostileShare) -> None:
    path = write(four.ann, share, signing=four.shah.seat.me.signing, ops=[visit(place="x")])
    assert reason_on(four.bell, share, path) is Reason.BAD_SIGNATURE


def test_a_laptop_nobody_admitted_is_refused(four: Four, share: HostileShare) -> None:
    stranger = new_identity(four.ann.dice.randbytes)
    began = genesis(stranger.device, four.ann.dice.randbytes)
    path = write(
        four.ann,
        share,
        signing=stranger.signing,
        feed=feed_id(four.ann.seat.chain.team, began),
        genesis=began,
        seq=1,
        prev=bytes(32),
    )
    assert reason_on(four.bell, share, path) is Reason.UNKNOWN_LAPTOP


def test_a_feed_that_did_not_begin_as_it_says_is_damaged(four: Four, share: HostileShare) -> None:
    began = genesis(four.ann.seat.me.device, four.ann.dice.randbytes)
    for changed in ({"genesis": began}, {"genesis": None}):
        path = write(four.ann, share, feed=b"F" * 16, seq=1, prev=bytes(32), **changed)
        assert reason_on(four.bell, share, path) is Reason.DAMAGED


def test_a_feed_nobody_has_seen_begin_waits(four: Four, share: HostileShare) -> None:
    path = write(four.ann, share, feed=b"F" * 16, seq=7)
    assert reason_on(four.bell, share, path) is Reason.GAP


def test_a_bundle_made_with_a_newer_roster_waits_for_it(four: Four, share: HostileShare) -> None:
    path = write(four.ann, share, roster_n=99, ops=[visit(place="x")])
    assert reason_on(four.bell, share, path) is Reason.GAP
    assert four.bell.answers(RECORD) == {}


def test_a_newer_format_is_kept_for_a_newer_tandem(four: Four, share: HostileShare) -> None:
    path = write(four.ann, share, v=2)
    assert reason_on(four.bell, share, path) is Reason.TOO_NEW


def state_of(laptop: Laptop, path: str) -> tuple[int, str]:
    seq = places.numbered(path.rpartition("/")[2])
    assert seq is not None
    found = [
        one for _row, one in ledger.bundles(laptop.store, limit=9_999) if one.id[:16] == seq[1]
    ]
    return found[0].state, found[0].unread


def test_content_only_a_newer_tandem_reads_is_read_once_there_is_one(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(four.ann, share, min_reader=9, ops=[visit(place="x")])
    four.bell.exchange(share)
    assert state_of(four.bell, path) == (TOO_NEW, "partners audit")
    assert four.bell.answers(RECORD) == {}
    assert list(told(four.bell.store)) == []
    monkeypatch.setattr(exchange, "READER", 9)
    monkeypatch.setattr(reading, "READER", 9)
    four.bell.exchange(share)
    assert state_of(four.bell, path) == (PARTLY, "audit")
    assert four.bell.answers(RECORD) == {"place": "x"}


def test_a_kind_of_change_from_a_newer_tandem_counts_as_seen(
    four: Four, share: HostileShare
) -> None:
    newer = msgspec.structs.replace(visit(place="x"), kind=7)
    path = write(four.ann, share, ops=[newer])
    four.bell.exchange(share)
    assert state_of(four.bell, path)[0] == TOO_NEW


def test_a_section_that_cannot_be_read_stops_nothing(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = msgspec.msgpack.encode

    def nonsense(what: Any) -> bytes:
        return b"\xc1\xc1" if isinstance(what, list) else own(what)

    with monkeypatch.context() as patch:
        patch.setattr(bundle, "_encode", nonsense)
        path = write(four.ann, share, ops=[visit(place="x")])
    theirs = four.shah.save("visit", {"place": "station"})
    four.shah.exchange(share)
    four.bell.exchange(share)
    assert state_of(four.bell, path) == (DAMAGED, "partners audit")
    assert four.bell.answers(theirs) == {"place": "station"}


def test_what_makes_the_store_stumble_stops_nobody_else(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned = write(four.ann, share, ops=[visit(place="poison")])
    theirs = four.shah.save("visit", {"place": "station"})
    four.shah.exchange(share)
    apply_many = Store.apply_many

    def stumble(self: Store, batch: Any, *waits: Any) -> Any:
        if any(one.answers.get("place") == "poison" for some, *_more in batch for one in some):
            raise ValueError("a bug nobody knew of")
        return apply_many(self, batch, *waits)

    monkeypatch.setattr(Store, "apply_many", stumble)
    four.bell.exchange(share)
    assert four.bell.answers(theirs) == {"place": "station"}
    assert state_of(four.bell, poisoned)[0] == DAMAGED
    assert four.bell.answers(RECORD) == {}


def test_a_full_disk_is_said_and_nothing_is_set_aside_for_it(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)

    def full(self: Store, _batch: Any, *_waits: Any) -> Any:
        raise LaptopFull

    with monkeypatch.context() as patch:
        patch.setattr(Store, "apply_many", full)
        with pytest.raises(LaptopFull):
            four.bell.exchange(share)
    assert list(told(four.bell.store)) == []
    four.bell.exchange(share)
    assert four.bell.answers(mine) == {"place": "home"}


def test_a_clock_set_ahead_wins_nothing_inside_its_bundle(four: Four, share: HostileShare) -> None:
    ahead = msgspec.structs.replace(visit(place="x"), later=10**10)
    write(four.ann, share, ops=[ahead])
    four.bell.exchange(share)
    assert four.bell.record(RECORD).recorded_at == four.ann.now_ms


def test_what_a_laptop_has_no_key_for_is_noted_as_unread(four: Four, share: HostileShare) -> None:
    path = write(four.bell, share, ops=[])
    four.ann.exchange(share)
    four.bell.exchange(share)
    state, unread = state_of(four.ann, path)
    assert state == PARTLY
    assert unread.split() == ["health", "audit"]


def test_who_wrote_what_is_set_aside_is_named_when_it_is_sure(
    four: Four, share: HostileShare
) -> None:
    four.ann.skew_ms = 10**9
    sure = write(four.ann, share, ts_last=four.ann.now_ms + 10**9)
    other = "1" if sure.endswith("0.bundle") else "0"
    share.files[sure.replace(".bundle", "")[:-1] + f"{other}.bundle"] = b"TANDEM1\nnonsense"
    four.bell.exchange(share)
    named = {one.path: one.author for one in told(four.bell.store)}
    assert named[sure] is not None
    assert [author for path, author in named.items() if path != sure] == [None]
