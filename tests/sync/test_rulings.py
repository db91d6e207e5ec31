# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What only the coordinator can settle: a bundle lost for ever, a laptop that wrote twice."""

import shutil
from pathlib import Path

import pytest

from storage import ledger
from storage.errors import VaultOlder
from storage.older import go_on
from sync.admission import rule, waive
from sync.forks import forks
from sync.reasons import Reason
from sync.replay import replay
from sync.set_aside import told
from sync.wire import feed_number
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
    four.ann, clone = copied(four.ann, tmp_path / "clone")
    return clone


def copied(laptop: Laptop, to: Path) -> tuple[Laptop, Laptop]:
    """Return a laptop and a copy of it."""
    laptop.close()
    shutil.copytree(laptop.folder, to)
    return laptop.reopened(), Laptop(laptop.name, to, laptop.clock, fresh=False)


def rule_on_all(four: Four, share: HostileShare, *, turns: int = 6) -> None:
    """Let the coordinator rule on every fork he hears of."""
    for _turn in range(turns):
        four.grant.exchange(share)
        for fork in forks(four.grant.store):
            rule(
                four.grant.store,
                fork,
                keep=fork.one,
                now_ms=four.clock.later(),
                random=four.grant.dice.randbytes,
            )


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
        assert list(told(laptop.store)) == []
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


def test_what_goes_on_from_a_copy_of_a_copy_goes_out_on_its_branch(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    """Ann, a copy of her disk and a copy of the copy; each writes where no other sees it."""
    four.everybody_exchanges()
    clone, places = cloned(four, tmp_path), [share, HostileShare(), HostileShare()]
    for other in places[1:]:
        other.files = dict(share.files)
    visits = [sent(four.ann, places[0], "0")[0], sent(clone, places[1], "1")[0]]
    clone, second = copied(clone, tmp_path / "second")
    visits += [sent(clone, places[1], "2")[0], sent(second, places[2], "3")[0]]
    visits += [sent(second, places[2], "4")[0]]
    for other in places[1:]:
        share.files |= other.files
    rule_on_all(four, share)
    everybody = (*four, clone, second)
    for _ in range(2):
        for laptop in everybody:
            four.clock.later()
            laptop.exchange(share)
    assert forks(four.grant.store) == []
    for laptop in everybody:
        assert [laptop.answers(one)["place"] for one in visits] == list("01234"), laptop.name
        assert list(told(laptop.store)) == []
    clone.close()
    second.close()


def test_a_fork_found_behind_one_that_was_ruled_on_leaves_that_ruling_standing(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    """The later fork is seen first: what the earlier ruling kept keeps its place."""
    four.everybody_exchanges()
    clone, away, elsewhere = cloned(four, tmp_path), HostileShare(), HostileShare()
    elsewhere.files, away.files = dict(share.files), dict(share.files)
    visits = [sent(four.ann, elsewhere, "0")[0], sent(clone, share, "1")[0]]
    away.files = dict(share.files)
    clone, second = copied(clone, tmp_path / "second")
    visits += [sent(clone, share, "2")[0], sent(second, away, "3")[0]]
    share.files |= away.files
    rule_on_all(four, share)
    share.files |= elsewhere.files
    four.grant.exchange(share)
    (fork,) = forks(four.grant.store)
    rule(
        four.grant.store,
        fork,
        keep=fork.other,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    rule_on_all(four, share)
    everybody = (*four, clone, second)
    for _ in range(2):
        for laptop in everybody:
            four.clock.later()
            laptop.exchange(share)
    first, last = four.grant.seat.roster.rulings
    assert last.seq < first.seq
    assert last.kept != fork.other
    for laptop in everybody:
        assert [laptop.answers(one)["place"] for one in visits] == list("0123"), laptop.name
        assert list(told(laptop.store)) == []
    clone.close()
    second.close()


def half_lost(four: Four, share: HostileShare, tmp_path: Path) -> tuple[bytes, bytes, int]:
    """A copy of Ann's disk falls into the sea; of its two bundles only the second was read.

    Returns what Ann wrote, what came of the copy, and the number both were first written under.
    """
    four.everybody_exchanges()
    clone, away = cloned(four, tmp_path), HostileShare()
    away.files = dict(share.files)
    one, path = sent(four.ann, share, "from the laptop")
    _lost, lost_path = sent(clone, away, "lost")
    late, _path = sent(clone, away, "late")
    clone.close()
    away.drop(lost_path)
    share.files |= away.files
    return one, late, int(path.rpartition("/")[2][:10])


def goes_on(laptop: Laptop, share: HostileShare) -> bytes:
    """A laptop finds that its casebook is older, goes on, and writes before it exchanges."""
    with pytest.raises(VaultOlder):
        laptop.exchange_only(share)
    go_on(laptop.store, now_ms=laptop.now_ms)
    return laptop.save("visit", {"place": "after going on"})


@pytest.mark.parametrize("waived_first", [True, False])
@pytest.mark.parametrize("writes", [True, False])
def test_what_is_lost_is_waived_also_where_a_ruling_moves_what_follows_it(
    four: Four, share: HostileShare, tmp_path: Path, *, waived_first: bool, writes: bool
) -> None:
    one, late, seq = half_lost(four, share, tmp_path)
    own = ledger.own_feed(four.ann.store)
    written = [(goes_on(four.ann, share), "after going on")] if writes else []
    four.everybody_exchanges()

    def give_up() -> None:
        assert own is not None
        waive(
            four.grant.store,
            own.id,
            first=seq,
            last=seq,
            now_ms=four.clock.later(),
            random=four.grant.dice.randbytes,
        )

    if waived_first:
        give_up()
    rule_on_all(four, share)
    if not waived_first:
        give_up()
    four.everybody_exchanges()
    for laptop in four:
        laptop.exchange_only(share)  # nobody is told again that their casebook is older
        assert laptop.answers(one) == {"place": "from the laptop"}, laptop.name
        assert laptop.answers(late) == {"place": "late"}, laptop.name
        for visit, place in written:
            assert laptop.answers(visit) == {"place": place}, laptop.name
        assert list(told(laptop.store)) == []
        assert replay(laptop.store) == []


def test_who_has_to_fetch_a_branch_again_says_of_it_only_what_others_know(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    """An old page takes the first bundle of a branch: the one before it lies on another line."""
    _clone, _one, other = forked(four, share, tmp_path)
    _clone.close()
    rule_on_all(four, share)
    four.everybody_exchanges()
    store = four.shah.store
    (ruling,) = four.shah.seat.roster.rulings
    store.write("DELETE FROM bundle WHERE feed = ?", (feed_number(ruling.branch),))
    written = goes_on(four.shah, share)
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(other) == {"place": "from the clone"}, laptop.name
        assert laptop.answers(written) == {"place": "after going on"}, laptop.name
        assert list(told(laptop.store)) == []
        assert replay(laptop.store) == []
