# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A laptop that was taken out is told so as long as it holds, and nobody else is."""

import pytest

from sync.carry import look
from sync.exchange import Exchange
from sync.places import root
from sync.reasons import Reason
from sync.shut_out import is_shut_out, shut_out_words
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop
from tests.sync.test_after_cutoff import take_out


@pytest.fixture
def share(four: Four) -> HostileShare:
    """Return the team's folder once Shah's laptop is out, and everybody has heard."""
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    take_out(four, four.shah)
    four.everybody_exchanges()
    return four.share


def says_so(laptop: Laptop) -> bool:
    return is_shut_out(laptop.store, laptop.seat)


def with_stick(laptop: Laptop, share: HostileShare) -> list[str]:
    """Look into a stick, as the window does; return what is told."""
    now_ms, random = laptop.now_ms, laptop.dice.randbytes
    going = Exchange(laptop.store, now_ms=now_ms, random=random, stick=True)
    going.seal(look(share, going.begin()))
    return going.notes


def newest_list(share: HostileShare) -> str:
    return max(share.of("/rosters/"))


def test_it_is_told_what_happened_what_is_safe_and_what_to_do(
    four: Four, share: HostileShare
) -> None:
    assert says_so(four.shah)
    (said,) = four.shah.exchange(share).notes
    assert said == shut_out_words()
    for words in ("seems to be out of the team", "is safe", "Please ask the coordinator"):
        assert words in said


def test_what_it_cannot_open_is_not_counted_besides(four: Four, share: HostileShare) -> None:
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    came = four.shah.exchange(share)
    assert any(one.reason is Reason.NO_KEY for one in came.aside)
    assert "set aside" not in came.words


def test_nobody_who_is_in_is_told_so(four: Four, share: HostileShare) -> None:
    for laptop in (four.grant, four.ann, four.bell):
        assert not says_so(laptop)
        assert shut_out_words() not in laptop.exchange(share).notes


def test_it_still_holds_after_a_lock_and_after_a_stick_that_does_not_show_it(
    four: Four, share: HostileShare
) -> None:
    four.shah.close()
    four.shah = four.shah.reopened()
    assert says_so(four.shah)
    assert shut_out_words() in with_stick(four.shah, HostileShare())
    assert says_so(four.shah)


def test_a_stick_can_show_it_first(four: Four) -> None:
    four.everybody_exchanges()
    take_out(four, four.shah)
    stick = HostileShare()
    four.grant.exchange(stick)
    assert not says_so(four.shah)
    assert shut_out_words() in with_stick(four.shah, stick)
    assert says_so(four.shah)


def test_what_was_only_put_there_is_no_longer_said_once_it_has_gone(four: Four) -> None:
    """Whoever can write into the folder can put a list for others there, and nothing more."""
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    share, team = four.share, four.shah.seat.chain.team
    newest = newest_list(share)
    name = newest.rpartition("/")[2]
    other = HostileShare()
    take_out(four, four.shah)
    four.grant.exchange(other)
    strange = other.files[newest_list(other)]
    path = f"{root(team)}/rosters/{'9' * len(name.split('-')[0])}-{name.split('-')[1]}"
    share.files[path] = strange
    four.shah.exchange(share)
    assert says_so(four.shah)
    share.drop(path)
    four.shah.exchange(share)
    assert not says_so(four.shah)
