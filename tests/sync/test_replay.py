# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Replay: that it sees what differs from the log, and leaves everything as it was."""

import pytest

from storage import ledger
from storage.errors import LaptopFull
from sync.admission import waive
from sync.replay import looks, replay
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four
from tests.sync.test_rollback import ANSWERS


def test_what_a_colleague_said_to_have_seen_is_compared_too(four: Four) -> None:
    four.bell.save("visit", {"place": "quay"})
    four.everybody_exchanges()
    four.everybody_exchanges()
    four.ann.store.write(
        "UPDATE seen SET seq = seq - 1 WHERE (feed, other) IN"
        " (SELECT feed, other FROM seen LIMIT 1)"
    )
    (finding,) = replay(four.ann.store)
    assert finding.what == "records"


def test_nothing_is_called_old_because_something_was_lost_and_waived(four: Four) -> None:
    """What went on without it keeps its place before what came later."""
    client = four.ann.save("client", {"surname": "Doe"})
    four.everybody_exchanges()
    share, own, store = four.share, ledger.own_feed(four.ann.store), four.grant.store
    assert isinstance(share, HostileShare)
    assert own is not None
    before = set(share.of(".bundle"))
    four.ann.save("visit", {"place": "lost"})
    four.ann.exchange(share)
    path = min(set(share.of(".bundle")) - before)
    four.ann.save("client", {"surname": "Dow"}, record=client)
    four.ann.exchange(share)
    raw, seq = share.drop(path), int(path.rpartition("/")[2][:10])
    now_ms, random = four.clock.later(), four.grant.dice.randbytes
    waive(store, own.id, first=seq, last=seq, now_ms=now_ms, random=random)
    four.grant.exchange(share)
    four.bell.save("client", {"surname": "Doh"}, record=client)
    four.bell.exchange(share)
    four.grant.exchange(share)
    assert len(four.grant.record(client).conflicts["surname"]) == 2
    assert replay(store) == []
    share.files[path] = raw  # and nor when it turns up after all
    four.grant.exchange(share)
    four.shah.save("client", {"surname": "Doe"}, record=client)
    four.everybody_exchanges()
    assert all(replay(laptop.store) == [] for laptop in four)


def test_a_replay_that_is_stopped_changes_nothing_and_leaves_no_room_taken(four: Four) -> None:
    four.bell.save("visit", {"place": "quay"})
    four.everybody_exchanges()
    store, left = four.ann.store, 12
    before = [store.rows(question) for question in ANSWERS]

    def stopped() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    for _words, look in looks(stopped):
        assert list(look(store)) == []
    assert left < 0
    assert [store.rows(question) for question in ANSWERS] == before
    assert (four.ann.folder / "vault.db-wal").stat().st_size == 0


def test_a_full_disk_is_no_damage(four: Four, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_any: object, **_more: object) -> None:
        raise LaptopFull

    monkeypatch.setattr("sync.replay.rebuild", full)
    with pytest.raises(LaptopFull):
        replay(four.ann.store)


def test_a_replay_changes_nothing(four: Four) -> None:
    four.ann.save("client", {"surname": "Lake"})
    before = [four.ann.store.rows(question) for question in ANSWERS]
    assert replay(four.ann.store) == []
    assert [four.ann.store.rows(question) for question in ANSWERS] == before


def test_a_missing_key_is_found(four: Four) -> None:
    name = next(iter(ledger.keys(four.ann.store, "audience:")))
    four.ann.store.write("DELETE FROM secret WHERE name = ?", (name,))
    assert "keys" in {one.what for one in replay(four.ann.store)}
