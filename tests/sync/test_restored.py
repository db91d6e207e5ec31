# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A vault that was put back from a backup goes on in the team, and uses no number twice."""

from pathlib import Path

import pytest

from desktop_app.casework.errors import NotAllowed
from storage import ledger, recovery, unlock
from storage.backup import RECOVERY, back_up
from storage.older import RESTORED
from storage.restore import restore
from storage.store import Store
from storage.unlock import Cost, recovery_slot, write_slots
from sync.acts import see_it_can_be_signed
from sync.admission import take_out_laptop
from sync.identity import RESTORED as WHY
from sync.seat import genesis_of
from tests.sync.laptops import Four

FAST = Cost(1, 8192)
NEW = "velvet harbour pencil orchid summit"


class Safe:
    """Ann's laptop, with a recovery key and a stick for backups."""

    def __init__(self, four: Four, place: Path) -> None:
        self.four, self.place = four, place
        seed = recovery.new_seed()
        self.words = " ".join(recovery.words_of(seed))
        public = recovery.public_of(seed)
        # These laptops have a key and no passphrase: any key will do in the slot file.
        slot = recovery_slot(bytearray(32), "ab" * 16, public)
        write_slots(four.ann.folder, "ab" * 16, [slot])
        with four.ann.store.transaction():
            ledger.put_key(four.ann.store, RECOVERY, public)

    def back_up(self) -> Path:
        ann = self.four.ann
        return back_up(ann.store, ann.folder, self.place / "stick", now_ms=ann.now_ms)

    def put_back(self, backup: Path) -> None:
        ann = self.four.ann
        ann.close()
        restore(
            backup,
            ann.folder,
            words=self.words,
            passphrase=NEW,
            now_ms=self.four.clock.later(),
            cost=FAST,
            floor=FAST,
        )
        ann.store = Store.open(ann.folder, unlock.unlock(ann.folder, NEW, floor=FAST))


@pytest.fixture
def safe(four: Four, tmp_path: Path) -> Safe:
    return Safe(four, tmp_path)


def test_a_restored_vault_goes_on_under_a_new_feed_though_the_share_knows_no_more(
    four: Four, safe: Safe
) -> None:
    before = ledger.own_feed(four.ann.store)
    safe.put_back(safe.back_up())
    visit = four.ann.save("visit", {"place": "typed after restoring, before sharing"})
    said = four.ann.exchange(four.share)
    own = ledger.own_feed(four.ann.store)
    assert before is not None
    assert own is not None
    assert own.id != before.id
    began = genesis_of(four.ann.store, own.id)
    assert began is not None
    assert (began.why, began.before) == (WHY, before.id)
    assert any("put back from a backup" in note for note in said.notes)
    assert four.ann.store.get(RESTORED) is None
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(visit) == {"place": "typed after restoring, before sharing"}


def test_it_goes_on_under_that_feed_and_begins_no_third(four: Four, safe: Safe) -> None:
    safe.put_back(safe.back_up())
    four.ann.exchange(four.share)
    own = ledger.own_feed(four.ann.store)
    four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    again = ledger.own_feed(four.ann.store)
    assert own is not None
    assert again is not None
    assert again.id == own.id


def test_what_was_shared_since_the_backup_comes_back_and_waiting_work_is_not_doubled(
    four: Four, safe: Safe
) -> None:
    waiting = four.ann.save("visit", {"place": "waits in the backup"})
    backup = safe.back_up()
    shared = four.ann.save("visit", {"place": "shared since"})
    four.everybody_exchanges()
    lost = four.ann.save("visit", {"place": "never shared"})
    safe.put_back(backup)
    four.everybody_exchanges(3)
    for laptop in four:
        assert laptop.answers(waiting) == {"place": "waits in the backup"}
        assert laptop.answers(shared) == {"place": "shared since"}
        assert laptop.answers(lost) == {}
        assert not laptop.record(waiting).conflicts
    assert all(not laptop.exchange(four.share).aside for laptop in four)


def test_a_coordinator_signs_nothing_in_a_restored_vault_before_sharing(four: Four) -> None:
    """Or a second list of one number would be there, and two keepers would have to decide."""
    grant, nurse = four.grant, four.bell.seat.me.device
    grant.store.put(RESTORED, grant.now_ms)
    before = grant.seat.roster.n
    with pytest.raises(NotAllowed, match="Share first"):
        take_out_laptop(grant.store, nurse, now_ms=grant.now_ms, random=grant.dice.randbytes)
    with pytest.raises(NotAllowed, match="Share first"):
        see_it_can_be_signed(grant.store)
    assert grant.seat.roster.n == before
    grant.exchange(four.share)
    take_out_laptop(grant.store, nurse, now_ms=grant.now_ms, random=grant.dice.randbytes)
    assert grant.seat.roster.n == before + 1
