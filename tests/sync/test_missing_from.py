# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is missing from a folder: said of the team folder alone, and only of what it once held."""

from pathlib import Path

from storage import ledger
from sync.carry import carry, look, send
from sync.exchange import Exchange
from sync.outcome import Exchanged
from sync.share import FolderShare
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four


def test_a_stick_lacks_nothing_and_what_went_by_it_alone_is_not_missed(
    four: Four, tmp_path: Path
) -> None:
    four.everybody_exchanges()
    visit = four.ann.save("visit", {"place": "home"})
    assert _with_stick(four, tmp_path).notes == ()
    four.clock.later()
    assert four.ann.exchange_only(four.share).notes == ()
    four.bell.exchange_only(four.share)
    assert four.bell.answers(visit) == {"place": "home"}


def test_what_the_team_folder_held_and_lost_is_said(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange_only(four.share)
    four.ann.exchange_only(four.share)
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    lost = sorted(four.share.of(four.ann.seat.feed_folder(own.id)))[-2]
    four.share.drop(lost)
    outcome = four.ann.exchange_only(four.share)
    assert [note for note in outcome.notes if "It has been put back." in note]
    assert lost in four.share.files


def _with_stick(four: Four, stick: Path) -> Exchanged:
    """Let Ann's laptop exchange with a stick, as the window does."""
    now_ms, random = four.clock.later(), four.ann.dice.randbytes
    going = Exchange(four.ann.store, now_ms=now_ms, random=random, stick=True)
    share = FolderShare(stick)
    errand = going.seal(look(share, going.begin()))
    for _taken in going.take_in(carry(share, errand)):
        pass
    return going.outcome(*send(share, going.end()))
