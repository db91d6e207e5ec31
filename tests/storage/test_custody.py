# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done to a casebook as a whole stands in the audit, whoever does it and by whatever way.

Each way there is, is walked in tests/journeys/test_custody.py; here is what they share.
"""

import pytest

from storage import custody, entry, ledger, older, tries, unlock
from storage.errors import WrongPassphrase
from storage.store import Store
from tests.logged import logged
from tests.storage.pen import OWN, START_MS, feed
from tests.storage.safe import FAST, NEW, OLD, Kept


def hows(store: Store) -> list[str]:
    return [str(one.answers["how"]) for one in logged(store)]


def test_wrong_passphrases_are_written_when_the_right_person_next_opens(kept: Kept) -> None:
    kept.store.close()
    for n in range(3):
        with pytest.raises(WrongPassphrase):
            entry.enter(kept.folder, NEW, now_ms=START_MS + n * 60_000, floor=FAST)
    inside = entry.enter(kept.folder, OLD, now_ms=START_MS + 10 * 60_000, floor=FAST)
    (one,) = logged(inside.store)
    assert (one.form, one.answers["how"], one.answers["count"]) == ("upkeep", "wrong_words", 3)
    assert str(one.answers["since_at"]) < str(one.answers["happened_at"])
    inside.store.close()
    again = entry.enter(kept.folder, OLD, now_ms=START_MS + 20 * 60_000, floor=FAST)
    assert len(logged(again.store)) == 1
    again.store.close()


def test_what_was_tried_before_the_recovery_words_is_written_too(kept: Kept) -> None:
    kept.store.close()
    with pytest.raises(WrongPassphrase):
        entry.enter(kept.folder, NEW, now_ms=START_MS, floor=FAST)
    unlock.recover(kept.folder, kept.paper, NEW, now_ms=START_MS + 1, cost=FAST, floor=FAST)
    assert tries.wait_s(kept.folder, START_MS + 2) == 0, "whoever has the paper need not wait"
    inside = entry.enter(kept.folder, NEW, now_ms=START_MS + 2, floor=FAST)
    assert hows(inside.store) == ["wrong_words", "recovered"]
    assert tries.told(inside.tries) == ""
    assert not tries.read(kept.folder).recovered_ms
    inside.store.close()


def test_nobody_is_kept_from_a_safe_casebook_because_there_is_no_room_to_say_so(
    kept: Kept,
) -> None:
    store = kept.store
    store.rows(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0]}")
    while custody.note(store, "words_tried", now_ms=START_MS):
        pass
    made = kept.back_up()
    assert made.is_dir()
    assert "backup" not in hows(store)


def test_what_is_done_before_there_is_a_team_waits_until_there_is(kept: Kept) -> None:
    store = kept.store
    store.write("DELETE FROM pending")
    store.write("UPDATE own SET feed = NULL")
    kept.back_up()
    custody.note(store, "words_made", now_ms=START_MS)
    assert ledger.pending(store) == []
    store.write("UPDATE own SET feed = ?", (feed(OWN).number,))
    with store.transaction():
        custody.release(store, now_ms=START_MS + 1)
    assert hows(store) == ["backup", "words_made"]
    with store.transaction():
        custody.release(store, now_ms=START_MS + 2)
    assert len(logged(store)) == 2


def test_an_exchange_is_one_entry_however_often_it_took_something_in(kept: Kept) -> None:
    store = kept.store
    custody.note_brought(store, {"ann": 3}, now_ms=START_MS)
    custody.note_brought(store, {"ann": 2, "shah": 1}, now_ms=START_MS)
    custody.note_brought(store, {}, now_ms=START_MS + 60_000)
    custody.note_brought(store, {"shah": 4}, now_ms=START_MS + 120_000)
    with store.transaction():
        custody.release(store, now_ms=START_MS + 180_000)
    said = [(one.form, one.answers["count"], one.answers["people"]) for one in logged(store)]
    assert said == [("collection", 6, ["ann", "shah"]), ("collection", 4, ["shah"])]


def test_an_older_casebook_that_goes_on_is_written(kept: Kept) -> None:
    older.notice(kept.store, known_ms=START_MS)
    older.go_on(kept.store, now_ms=START_MS)
    assert hows(kept.store) == ["went_on"]
    assert len(custody.held(kept.store)) == 1, "until it goes on under another line"
