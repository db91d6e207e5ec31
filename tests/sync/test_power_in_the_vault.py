# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The power goes at every commit of an exchange: all that was saved is there, and is there once."""

import shutil

import pytest

from storage import ledger
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop
from tests.sync.power import lost_in_the_vault


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def test_power_lost_at_any_commit_of_an_exchange_loses_nothing(
    four: Four, share: HostileShare
) -> None:
    mine, theirs, cuts = list[bytes](), list[bytes](), list[int]()
    for moment in range(1, 60):
        mine.append(four.ann.save("visit", {"place": f"hers {moment}"}))
        theirs.append(four.bell.save("visit", {"place": f"his {moment}"}))
        four.bell.exchange(share)
        four.clock.later(DAY_MS // 8)
        disk = four.ann.folder.with_name(f"disk {moment}")
        if not lost_in_the_vault(four.ann, share, moment, disk):
            break
        cuts.append(moment)
        four.ann.close()
        shutil.rmtree(four.ann.folder)
        shutil.copytree(disk, four.ann.folder)
        four.ann = four.ann.reopened()
        assert four.ann.answers(mine[-1]) == {"place": f"hers {moment}"}
    assert len(cuts) > 15
    four.everybody_exchanges()
    for laptop in four:
        assert places(laptop, mine) == [f"hers {n + 1}" for n in range(len(mine))]
        assert places(laptop, theirs) == [f"his {n + 1}" for n in range(len(theirs))]
        assert not ledger.set_aside(laptop.store)
    feeds = {laptop.record(visit).created[0] for laptop in four for visit in mine}
    assert len(feeds) == 1  # losing power is no copy put back: it goes on in its own line


def places(laptop: Laptop, visits: list[bytes]) -> list[object]:
    assert all(len(laptop.record(visit).live) == 1 for visit in visits)
    return [laptop.answers(visit)["place"] for visit in visits]
