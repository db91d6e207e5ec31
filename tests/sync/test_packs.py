# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is old lies in packs: fewer files, the same bundles, and nobody to be trusted for it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import ledger
from sync import carry, packing, packs, places, sealing, shelf
from sync.packing import Limits
from sync.packs import Entry, bundles_in, entry, pack_id, packed, read_index
from sync.reasons import SetAside
from sync.replay import replay
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import DAY_MS, Four, Laptop, join_team
from tests.sync.test_erasing import erase
from tests.sync.words_left import words_on

FEW = 6
"""For fewer files no pack is made in these tests."""


@pytest.fixture
def share(four: Four, monkeypatch: pytest.MonkeyPatch) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    return four.share


def days_later(four: Four, days: int = 31) -> None:
    four.clock.later(days * DAY_MS)


def work(four: Four, count: int = 8) -> list[bytes]:
    """Let Ann and Bell write so many visits each, every one in a bundle of its own; all have it."""
    visits = []
    for _ in range(count):
        visits += [one.save("visit", {"place": "home"}) for one in (four.ann, four.bell)]
        four.ann.exchange(four.share)
        four.bell.exchange(four.share)
    four.everybody_exchanges()
    return visits


def pack_up(four: Four) -> str:
    """Let a month pass and the coordinator's laptop pack; return the pack."""
    days_later(four)
    four.everybody_exchanges(3)
    (path,) = share_of(four).of(".pack")
    return path


def share_of(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def index_of(raw: bytes) -> bytes:
    return raw[: packs.index_size(raw)]


def alone(four: Four) -> set[str]:
    return set(share_of(four).of(".bundle"))


def inside(four: Four, path: str) -> dict[str, bytes]:
    raw = share_of(four).files[path]
    index = index_of(raw)
    return dict(bundles_in(places.root(four.grant.seat.chain.team), raw, index, read_index(index)))


def newcomer(four: Four, folder: Path, name: str = "Ann again") -> Laptop:
    """Give Ann a further laptop; it has exchanged."""
    laptop = Laptop(name, folder / name, four.clock)
    join_team(four.grant, laptop, four.share, four.ann.seat.person)
    return laptop


@pytest.fixture
def another(four: Four, share: HostileShare, tmp_path: Path) -> Iterator[list[Laptop]]:
    """Close, in the end, whatever further laptops a test made."""
    made: list[Laptop] = []
    yield made
    for one in made:
        one.close()


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


def held_by(laptop: Laptop) -> set[str]:
    feeds = ledger.feeds(laptop.store)
    return {
        laptop.seat.bundle_path(feeds[number].id, seq, id_)
        for (number, seq), id_ in ledger.bundle_ids(laptop.store).items()
    }


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


# --- what may happen to a pack


@pytest.mark.parametrize("harm", ["flip", "cut_short", "drop"])
def test_a_pack_that_is_damaged_or_gone_is_put_back_by_whoever_holds_it(
    four: Four, share: HostileShare, harm: str, another: list[Laptop], tmp_path: Path
) -> None:
    visits = work(four)
    path = pack_up(four)
    whole = share.files[path]
    getattr(share, harm)(path)
    another.append(laptop := newcomer(four, tmp_path))
    for _ in range(6):
        for one in (*four, laptop):
            four.clock.later(DAY_MS)
            one.exchange(share)
    assert all(laptop.answers(one) for one in visits)
    assert replay(laptop.store) == []
    assert share.files[path] == whole


def test_where_nobody_can_make_a_pack_again_its_bundles_are_put_back_alone(
    four: Four, share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(four)
    path = pack_up(four)
    within = inside(four, path)
    share.drop(path)
    monkeypatch.setattr(shelf.Shelf, "remade", lambda _self, _path: None)
    four.shah.exchange(share)
    assert set(within) <= alone(four)


def test_a_pack_that_lies_about_a_bundle_is_left_alone_and_the_bundle_is_healed(
    four: Four, share: HostileShare, another: list[Laptop], tmp_path: Path
) -> None:
    """It goes by the names of real bundles and holds other bytes; the real ones are taken away."""
    visits = work(four)
    team = four.grant.seat.chain.team
    real = [path for path in sorted(alone(four)) if path in held_by(four.ann)]
    forged = []
    for path in real:
        seq, start = places.numbered(path.rpartition("/")[2]) or (0, b"")
        wrong = share.files[real[0]]
        forged.append((entry(path.rpartition("/")[0], seq, start, wrong), wrong))
    made = packed([one for one, _ in forged], [raw for _, raw in forged])
    path = places.pack_path(team, 1, pack_id(made.index))
    share.files[path] = made.raw
    lost = {one: share.drop(one) for one in real[:-2]}
    another.append(laptop := newcomer(four, tmp_path))
    for _ in range(3):
        for one in (*four, laptop):
            four.clock.later(DAY_MS)
            one.exchange(share)
    assert {one: share.files.get(one) for one in lost} == lost
    assert all(laptop.answers(one) for one in visits)
    assert replay(laptop.store) == []


@pytest.mark.parametrize("raw", [b"", b"rubbish" * 9, b"TANDEMP1" + b"\x09\0\0\0" + b"x" * 99])
def test_what_only_has_the_name_of_a_pack_stops_nothing(
    four: Four, share: HostileShare, raw: bytes
) -> None:
    share.files[places.pack_path(four.grant.seat.chain.team, 1, b"p" * 16)] = raw
    visit = four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    assert all(laptop.answers(visit) == {"place": "home"} for laptop in four)


def test_a_stick_gets_the_pack_and_not_a_thousand_files(four: Four, share: HostileShare) -> None:
    work(four)
    path = pack_up(four)
    stick = HostileShare()
    four.shah.exchange(stick)
    assert stick.files[path] == share.files[path]
    assert not set(inside(four, path)) & set(stick.files)


def test_the_power_may_go_at_any_step_of_packing_and_clearing(
    four: Four, share: HostileShare
) -> None:
    work(four)
    days_later(four)
    before = {path: share.files[path] for path in alone(four)}
    everybody = (four.ann, four.shah, four.bell)
    for laptop in everybody:
        laptop.exchange(share)
    step = 1
    while True:
        four.clock.later(DAY_MS)
        for laptop in everybody:
            laptop.exchange(share)
        share.steps, share.cut_at = 0, step
        try:
            four.grant.exchange(share)
        except PowerCut:
            four.grant.close()
            four.grant = four.grant.reopened()
            step += 23
            on_share = set(share.files)
            for path in share.of(".pack"):
                on_share |= set(inside(four, path))
            assert set(before) <= on_share
            continue
        break
    assert share.of(".pack")


def test_an_old_vault_put_back_finds_its_own_later_work(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    shah = four.shah
    shah.close()
    shutil.copytree(shah.folder, tmp_path / "old")
    four.shah = shah.reopened()
    mine = four.shah.save("visit", {"place": "station"})
    work(four)
    pack_up(four)
    four.shah.close()
    shutil.rmtree(shah.folder)
    shutil.copytree(tmp_path / "old", shah.folder)
    four.shah = shah.reopened()
    outcome = four.shah.exchange(share)
    assert [one for one in outcome.notes if "older casebook" in one]
    assert four.shah.answers(mine) == {"place": "station"}


# --- erasing


def test_words_that_were_erased_leave_the_packs_too(four: Four, share: HostileShare) -> None:
    word = "Quillfeather"
    client = four.ann.save("client", {"surname": word})
    work(four)
    path = pack_up(four)
    assert path in words_on(share, [word], four)
    within = set(inside(four, path))
    erase(four.grant, client, client=client)
    four.everybody_exchanges(3)
    assert words_on(share, [word], four) == set()
    (new,) = share.of(".pack")
    assert new != path
    left = within - set(inside(four, new))
    assert len(left) == 1, "the one without its words stays a file of its own"
    assert left <= alone(four)
    quiet = set(share.files)
    four.everybody_exchanges()
    assert not [one for one in set(share.files) - quiet if ".pack" in one]


# --- older Tandems


class BeforePacks(HostileShare):
    """A share as a Tandem sees it that knows no packs."""

    def __init__(self, share: HostileShare) -> None:
        super().__init__()
        self.files = share.files

    def names(self, folder: str) -> list[str]:
        return [] if folder.endswith("/packs") else super().names(folder)


def exchange_as_before(laptop: Laptop, share: HostileShare) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SCHEMA", 1)
        laptop.exchange(BeforePacks(share))


def test_while_an_older_tandem_is_in_the_team_every_file_stays(
    four: Four, share: HostileShare
) -> None:
    work(four)
    before = alone(four)
    exchange_as_before(four.shah, share)
    days_later(four)
    for _ in range(3):
        for laptop in four:
            four.clock.later(2 * DAY_MS)
            if laptop is four.shah:
                exchange_as_before(laptop, share)
            else:
                laptop.exchange(share)
    assert share.of(".pack"), "a newer laptop still reads it"
    assert before <= alone(four)
    four.everybody_exchanges(3)
    assert not before <= alone(four), "once it is as new as the others, they go"


def test_an_older_tandem_that_comes_later_is_given_every_file_again(
    four: Four, share: HostileShare, another: list[Laptop], tmp_path: Path
) -> None:
    visits = work(four)
    within = set(inside(four, pack_up(four)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "SCHEMA", 1)
        laptop = Laptop("Ann again", tmp_path / "again", four.clock)
        another.append(laptop)
        join_team(four.grant, laptop, BeforePacks(share), four.ann.seat.person)
    assert not within & alone(four)
    for _ in range(3):
        four.everybody_exchanges(1)
        four.clock.later(DAY_MS)
        exchange_as_before(laptop, share)
    assert within <= alone(four)
    assert all(laptop.answers(one) for one in visits)
    for _ in range(3):
        four.clock.later(DAY_MS)
        laptop.exchange(share)  # it is newer now
        four.everybody_exchanges(1)
    assert not within & alone(four)
