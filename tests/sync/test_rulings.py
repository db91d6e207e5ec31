# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What only the coordinator can settle: a bundle lost for ever, a laptop that wrote twice."""

import shutil
from pathlib import Path

import pytest

from storage import ledger
from sync.admission import rule, waive
from sync.exchange import asides
from sync.forks import forks
from sync.reasons import Reason
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def sent(laptop: Laptop, share: HostileShare, place: str) -> tuple[bytes, str]:
    before = set(share.of(".bundle"))
    visit = laptop.save("visit", {"place": place})
    laptop.exchange(share)
    return visit, min(set(share.of(".bundle")) - before)


# --- lost for ever


def lost_for_ever(four: Four, share: HostileShare) -> tuple[bytes, bytes, int]:
    """Ann's laptop falls into the sea after one of its bundles was lost and the next was not."""
    lost, path = sent(four.ann, share, "lost")
    later, _path = sent(four.ann, share, "later")
    share.drop(path)
    for laptop in (four.grant, four.shah, four.bell):
        laptop.exchange(share)
        assert laptop.answers(later) == {}
    return lost, later, int(path.rpartition("/")[2][:10])


def test_who_waits_for_what_is_lost_goes_on_once_it_is_waived(
    four: Four, share: HostileShare
) -> None:
    lost, later, seq = lost_for_ever(four, share)
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    waive(
        four.grant.store,
        own.id,
        first=seq,
        last=seq,
        now_ms=four.grant.now_ms,
        random=four.grant.dice.randbytes,
    )
    for laptop in (four.grant, four.shah, four.bell):
        laptop.exchange(share)
        assert laptop.answers(later) == {"place": "later"}
        assert laptop.answers(lost) == {}
        assert ledger.set_aside(laptop.store) == []


def test_what_was_waived_and_turns_up_after_all_is_taken_in(
    four: Four, share: HostileShare
) -> None:
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    before = set(share.of(".bundle"))
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.ann.exchange(share)
    path = min(set(share.of(".bundle")) - before)
    four.ann.save("client", {"family_name": "Doherty"}, record=client)
    four.ann.exchange(share)
    held, seq = share.drop(path), int(path.rpartition("/")[2][:10])
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    waive(
        four.grant.store,
        own.id,
        first=seq,
        last=seq,
        now_ms=four.grant.now_ms,
        random=four.grant.dice.randbytes,
    )
    for laptop in (four.grant, four.bell):
        laptop.exchange(share)
        assert laptop.answers(client)["family_name"] == "Doherty"
    share.files[path] = held
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(client)["family_name"] == "Doherty"
        assert not laptop.record(client).conflicts
        assert (own.number, seq) in ledger.bundle_ids(laptop.store)


# --- two versions of one bundle


def cloned(four: Four, tmp_path: Path) -> Laptop:
    """Copy Ann's vault to a second disk, as somebody does who means well."""
    four.ann.close()
    shutil.copytree(four.ann.folder, tmp_path / "clone")
    four.ann = four.ann.reopened()
    return Laptop("Ann", tmp_path / "clone", four.clock, fresh=False)


def forked(four: Four, share: HostileShare, tmp_path: Path) -> tuple[Laptop, bytes, bytes]:
    """Both disks write, and neither can see the share when the other does."""
    four.everybody_exchanges()
    clone = cloned(four, tmp_path)
    away = HostileShare()
    away.files = dict(share.files)
    one, _path = sent(four.ann, share, "from the laptop")
    other, _path = sent(clone, away, "from the clone")
    four.bell.exchange(away)
    four.grant.exchange(share)
    share.files |= away.files
    return clone, one, other


def test_a_laptop_that_wrote_twice_is_frozen_and_the_others_go_on(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    clone, one, other = forked(four, share, tmp_path)
    theirs, _path = sent(four.shah, share, "station")
    for laptop in (four.grant, four.bell):
        outcome = laptop.exchange(share)
        assert Reason.FORK in {aside.reason for aside in outcome.aside}
        assert laptop.answers(theirs) == {"place": "station"}
    assert four.grant.answers(one)
    assert not four.grant.answers(other)
    assert four.bell.answers(other)
    assert not four.bell.answers(one)
    (fork,) = forks(four.grant.store)
    assert fork.author.words == "Ann Lowe on Ann's laptop"
    clone.close()


@pytest.mark.parametrize("keep_held", [True, False], ids=["keep the one held", "keep the other"])
def test_a_ruling_loses_nothing_whichever_is_kept(
    four: Four, share: HostileShare, tmp_path: Path, *, keep_held: bool
) -> None:
    clone, one, other = forked(four, share, tmp_path)
    four.grant.exchange(share)
    (fork,) = forks(four.grant.store)
    rule(
        four.grant.store,
        fork,
        keep=fork.one if keep_held else fork.other,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    late = clone.save("visit", {"place": "typed on the clone"})
    four.grant.exchange(share)
    four.clock.later()
    clone.exchange(share)
    after = four.ann.save("visit", {"place": "after"})
    four.everybody_exchanges()
    clone.exchange(share)
    four.everybody_exchanges()
    clone.exchange(share)
    for laptop in (*four, clone):
        assert laptop.answers(one) == {"place": "from the laptop"}, laptop.name
        assert laptop.answers(other) == {"place": "from the clone"}, laptop.name
        assert laptop.answers(late) == {"place": "typed on the clone"}, laptop.name
        assert laptop.answers(after) == {"place": "after"}, laptop.name
        assert list(asides(laptop.store)) == []
    assert forks(four.grant.store) == []
    clone.close()


def test_whoever_had_seen_one_version_had_seen_that_one(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    client = four.ann.save("client", {"family_name": "Doe"})
    four.everybody_exchanges()
    clone = cloned(four, tmp_path)
    away = HostileShare()
    away.files = dict(share.files)
    four.ann.save("client", {"family_name": "Dow"}, record=client)
    four.ann.exchange(share)
    clone.save("client", {"family_name": "Doh"}, record=client)
    clone.exchange(away)
    four.bell.exchange(away)
    four.bell.save("client", {"family_name": "Doherty"}, record=client)
    four.bell.exchange(away)
    share.files |= away.files
    four.grant.exchange(share)
    (fork,) = forks(four.grant.store)
    rule(
        four.grant.store,
        fork,
        keep=fork.one,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    for _ in range(2):
        four.everybody_exchanges()
        clone.exchange(share)
    for laptop in (*four, clone):
        conflict = laptop.record(client).conflicts["family_name"]
        assert {live.answers["family_name"] for live in conflict} == {"Dow", "Doherty"}
    clone.close()
