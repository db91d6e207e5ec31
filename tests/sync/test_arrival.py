# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What became of what one sent: who has it, who has not, what it would wait for there."""

from sync.arrival import Arrival, NotYet, arrivals
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four


def newest(four: Four) -> Arrival:
    return arrivals(four.ann.store)[0]


def of(arrival: Arrival, laptop: str) -> NotYet:
    return next(one for one in arrival.not_yet if one.author.laptop == f"{laptop}'s laptop")


def test_nothing_sent_is_nothing_to_tell(four: Four) -> None:
    assert arrivals(four.ann.store) == []


def test_what_each_bundle_brought_is_counted(four: Four) -> None:
    four.everybody_exchanges()
    lee = four.ann.save("client", {"surname": "Croft"})
    four.ann.save("visit", {"place": "home"}, client=lee)
    four.ann.save("visit", {"place": "office"}, client=lee)
    four.ann.exchange(four.share)
    one = newest(four)
    assert one.items == {"client": 1, "visit": 2}
    assert {each.author.laptop for each in one.not_yet} == {
        "Grant's laptop",
        "Shah's laptop",
        "Bell's laptop",
    }
    assert not any(each.since for each in one.not_yet)


def test_once_everybody_has_it_nobody_is_left(four: Four) -> None:
    four.everybody_exchanges()
    four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges(3)
    brought = newest(four)
    assert not brought.not_yet
    assert len(brought.receipt.have) == 3


def test_who_shared_since_without_it_is_told_apart(four: Four) -> None:
    four.everybody_exchanges()
    assert isinstance(four.share, HostileShare)
    four.ann.save("visit", {"place": "home"})
    before = set(four.share.files)
    four.ann.exchange(four.share)
    fresh = {path: four.share.files.pop(path) for path in set(four.share.files) - before}
    four.clock.later()
    four.bell.save("visit", {"place": "clinic"})
    four.bell.exchange(four.share)
    four.share.files |= fresh
    four.ann.exchange(four.share)
    brought = newest(four)
    assert of(brought, "Bell").since
    assert of(brought, "Bell").heard_ms == four.bell.now_ms
    assert not of(brought, "Shah").since


def test_what_it_would_wait_for_there_is_named(four: Four) -> None:
    four.everybody_exchanges()
    four.bell.save("visit", {"place": "clinic"})
    four.bell.exchange(four.share)
    four.ann.exchange(four.share)  # she has the nurse's bundle; the others have not
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    brought = newest(four)
    ((author, seq),) = of(brought, "Shah").waits_for
    assert author.laptop == "Bell's laptop"
    assert seq > 1
    assert not of(brought, "Bell").waits_for
    four.shah.exchange(four.share)
    four.ann.exchange(four.share)
    brought = newest(four)
    assert [one.laptop for one in brought.receipt.have] == ["Shah's laptop"]
