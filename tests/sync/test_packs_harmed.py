# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Packs that are damaged, forged, too old for some or hold too much: nothing is lost by it."""

import shutil
from pathlib import Path

import pytest

from sync import packing, places, sealing, shelf
from sync.packing import Limits
from sync.packs import entry, pack_id, packed
from sync.replay import replay
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import DAY_MS, Four, Laptop, join_team
from tests.sync.packed import (
    FEW,
    alone,
    days_later,
    held_by,
    inside,
    newcomer,
    pack_up,
    work,
)
from tests.sync.test_erasing import erase
from tests.sync.words_left import words_on


@pytest.fixture
def share(four: Four, monkeypatch: pytest.MonkeyPatch) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    return four.share


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
