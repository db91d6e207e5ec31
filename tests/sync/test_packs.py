# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is old lies in packs: fewer files, the same bundles, and nobody to be trusted for it."""

from pathlib import Path

import pytest

from storage import ledger
from sync import carry, packing, packs, places
from sync.packing import Limits
from sync.packs import Entry, bundles_in, entry, packed, read_index
from sync.reasons import SetAside
from sync.replay import replay
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop
from tests.sync.packed import (
    FEW,
    alone,
    days_later,
    held_by,
    index_of,
    inside,
    newcomer,
    pack_up,
    work,
)


@pytest.fixture
def share(four: Four, monkeypatch: pytest.MonkeyPatch) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    return four.share


# --- what a pack is


def test_a_pack_holds_the_files_themselves_and_its_index_says_what_their_names_said(
    four: Four, share: HostileShare
) -> None:
    work(four)
    before = dict(share.files)
    path = pack_up(four)
    within = inside(four, path)
    assert len(within) >= 16
    assert {one: before[one] for one in within} == within
    for one in read_index(index_of(share.files[path])):
        raw = within[packs.path_of(places.root(four.grant.seat.chain.team), one)]
        assert one == Entry(one.folder, one.seq, one.start, len(raw), packs.file_hash(raw))


def test_the_same_bundles_make_the_same_pack() -> None:
    some = [(entry("x/" + "ab" * 16, n, bytes([n]) * 32, b"raw" * n), b"raw" * n) for n in (1, 2)]
    first, second = (packed([one for one, _ in some], [raw for _, raw in some]) for _ in "ab")
    assert first == second
    assert read_index(first.index) == [one for one, _ in some]
    assert dict(bundles_in("r", first.raw, first.index, read_index(first.index))) == {
        packs.path_of("r", one): raw for one, raw in some
    }


@pytest.mark.parametrize("raw", [b"", b"TANDEMP1", b"TANDEMP1\xff\xff\xff\xff", b"no pack at all."])
def test_what_is_no_index_is_none(raw: bytes) -> None:
    assert packs.index_size(raw) is None or packs.index_size(raw) != len(raw)
    with pytest.raises(SetAside):
        read_index(raw)


# --- when it is made, and what goes for it


def test_old_files_become_one_and_go_when_everybody_has_them(
    four: Four, share: HostileShare
) -> None:
    work(four)
    before = alone(four)
    path = pack_up(four)
    within = set(inside(four, path))
    assert not within & alone(four)
    assert within <= before
    for laptop in four:
        assert not [one for one in laptop.exchange(share).notes if "back" in one]
    assert not within & alone(four), "nobody puts back what lies in a pack"


def test_the_newest_of_each_line_stays_alone(four: Four, share: HostileShare) -> None:
    work(four)
    within = inside(four, pack_up(four))
    for laptop in four:
        own = ledger.own_feed(laptop.store)
        assert own is not None
        folder = laptop.seat.feed_folder(own.id)
        last = max(one for one in alone(four) if one.startswith(folder))
        assert last not in within


def test_nothing_is_packed_that_is_young_or_few(four: Four, share: HostileShare) -> None:
    work(four)
    days_later(four, 28)
    four.everybody_exchanges(3)
    assert not share.of(".pack")


def test_few_files_are_left_as_they_are(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LIMITS", Limits(least=10_000))
    work(four)
    days_later(four)
    four.everybody_exchanges(3)
    assert not share.of(".pack")


def test_what_one_laptop_lacks_is_packed_and_stays_until_it_has_it(
    four: Four, share: HostileShare
) -> None:
    visits = []
    for _ in range(FEW + 2):
        visits.append(four.ann.save("visit", {"place": "home"}))
        four.ann.exchange(share)
    days_later(four)
    for _ in range(3):
        for laptop in (four.grant, four.ann, four.bell):  # Shah is away
            four.clock.later(DAY_MS)
            laptop.exchange(share)
    (path,) = share.of(".pack")
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    folder = four.ann.seat.feed_folder(own.id)
    not_his = [one for one in inside(four, path) if one.startswith(folder)]
    assert set(not_his[-FEW:]) <= alone(four)
    four.everybody_exchanges(3)
    assert not set(not_his) & alone(four)
    assert all(four.shah.answers(one) for one in visits)


def test_it_is_looked_for_something_to_pack_once_a_day(four: Four, share: HostileShare) -> None:
    work(four)
    days_later(four)
    four.grant.exchange(share)
    first = share.of(".pack")
    visits = [four.grant.save("visit", {"place": str(n)}) for n in range(3)]
    four.clock.later(DAY_MS // 2)
    four.grant.exchange(share)
    assert len(first) == 1
    assert share.of(".pack") == first
    assert visits


def test_large_amounts_become_several_packs_in_the_order_they_were_delivered(
    four: Four,
    share: HostileShare,
    monkeypatch: pytest.MonkeyPatch,
    another: list[Laptop],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(packing, "LARGEST", 10_000)
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW, packs=2))
    visits = work(four)
    days_later(four)
    four.everybody_exchanges(3)
    paths = share.of(".pack")
    assert len(paths) > 2, "two at each exchange, without waiting for the next day"
    assert all(len(share.files[path]) < 11_000 for path in paths)
    monkeypatch.setattr(carry, "PORTION", 1)
    another.append(laptop := newcomer(four, tmp_path))
    assert all(laptop.answers(one) for one in visits)
    assert not ledger.set_aside(laptop.store)


# --- a new laptop


def test_a_new_laptop_reads_the_pack_and_holds_what_everybody_holds(
    four: Four, share: HostileShare, another: list[Laptop], tmp_path: Path
) -> None:
    visits = work(four)
    path = pack_up(four)
    later = four.bell.save("visit", {"place": "street"})
    four.everybody_exchanges()
    another.append(laptop := newcomer(four, tmp_path))
    for one in (*visits, later):
        assert laptop.answers(one) == four.ann.answers(one) != {}
    assert set(inside(four, path)) <= held_by(laptop)
    assert replay(laptop.store) == []
    assert not ledger.set_aside(laptop.store)
    assert laptop.exchange(share).arrived == ()


def test_a_bundle_in_a_pack_and_alone_is_one_bundle(
    four: Four, share: HostileShare, another: list[Laptop], tmp_path: Path
) -> None:
    visits = work(four)
    path = pack_up(four)
    share.files |= inside(four, path)
    raw = share.files[path]
    share.files[path.replace(f"{1:010d}-", f"{2:010d}-")] = raw
    another.append(laptop := newcomer(four, tmp_path))
    assert all(laptop.answers(one) for one in visits)
    assert replay(laptop.store) == []
    assert not ledger.set_aside(laptop.store)


def test_what_was_taken_in_so_far_is_not_read_again(
    four: Four,
    share: HostileShare,
    monkeypatch: pytest.MonkeyPatch,
    another: list[Laptop],
    tmp_path: Path,
) -> None:
    work(four)
    path = pack_up(four)
    another.append(laptop := newcomer(four, tmp_path))
    read: list[str] = []
    get = HostileShare.get

    def note(self: HostileShare, path: str, *, limit: int) -> bytes | None:
        read.append(path)
        return get(self, path, limit=limit)

    monkeypatch.setattr(HostileShare, "get", note)
    monkeypatch.setattr(carry, "is_whole", lambda _share, _path: True)
    laptop.exchange(share)
    assert path not in read
