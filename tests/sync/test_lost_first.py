# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The first bundle of a line is lost for ever: the one that says whose line it is."""

import pytest

from storage import ledger, older
from sync.admission import waive
from sync.checks import written_by
from sync.replay import replay
from sync.set_aside import told
from sync.unsettled import missing
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four


@pytest.fixture
def share(four: Four) -> HostileShare:
    """Four who have told each other everything, and their share."""
    four.everybody_exchanges()
    assert isinstance(four.share, HostileShare)
    return four.share


def begun_anew(four: Four, share: HostileShare) -> tuple[bytes, bytes, str]:
    """Ann's laptop goes on under a new line, of which the first bundle is lost; then it is too."""
    four.ann.store.put(older.RESTORED, four.ann.now_ms)
    before = set(share.of(".bundle"))
    lost = four.ann.save("visit", {"place": "lost"})
    four.ann.exchange(share)
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    path = min(one for one in set(share.of(".bundle")) - before if "/0000000001-" in one)
    later = four.ann.save("visit", {"place": "later"})
    four.ann.exchange(share)
    return lost, later, path


def test_what_follows_the_first_bundle_of_a_line_comes_in_once_that_is_given_up(
    four: Four, share: HostileShare
) -> None:
    lost, later, path = begun_anew(four, share)
    raw, others = share.drop(path), (four.grant, four.shah, four.bell)
    for laptop in others:
        laptop.exchange(share)
        assert laptop.answers(later) == {}
    (one,) = missing(four.grant.store)
    assert (one.first, one.last, one.author.laptop) == (1, 1, "Ann's laptop")
    waive(
        four.grant.store,
        one.feed,
        first=1,
        last=1,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    for laptop in others:
        laptop.exchange(share)
        assert laptop.answers(later) == {"place": "later"}
        assert list(told(laptop.store)) == []
        assert replay(laptop.store) == []
    share.files[path] = raw
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(lost) == {"place": "lost"}
        assert replay(laptop.store) == []


def test_whose_line_it_is_is_what_the_signature_says(four: Four, share: HostileShare) -> None:
    _lost, _later, path = begun_anew(four, share)
    share.drop(path)
    four.grant.exchange(share)
    (one,) = missing(four.grant.store)
    assert written_by(four.grant.store, four.grant.seat, one.feed) == four.ann.seat.me.device
    assert written_by(four.grant.store, four.grant.seat, bytes(16)) == b""
