# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Backing up: every rule of storage/backup.py and copies.py."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import connection, custody, keyfile, ledger, reads, recovery, unlock
from storage.backup import (
    DAYS,
    RECOVERY,
    WEEKS,
    back_up,
    backups,
    finish,
    leave,
    take,
    to_keep,
    vault_of,
)
from storage.copies import mark
from storage.errors import NoRecovery, NotBackedUp, VaultDamaged, WrongRecovery
from storage.older import RESTORED
from storage.store import Draft, Store
from tests.logged import logged
from tests.storage.pen import OWN, START_MS, Pen, feed
from tests.storage.safe import DAY_MS, FAST, OLD, Kept, everything, files, opened


def test_a_backup_and_the_recovery_words_give_back_everything(kept: Kept) -> None:
    backup = kept.back_up()
    before = everything(kept.store)
    kept.store.close()
    shutil.rmtree(kept.folder)
    done = kept.restore(backup, kept.folder)
    assert done.kept is None
    store = opened(kept.folder)
    assert store.get(RESTORED) == START_MS + DAY_MS
    store.write("DELETE FROM value WHERE name = ?", (RESTORED,))
    assert [one.answers["how"] for one in logged(store)] == ["backup", "restored"]
    store.write("DELETE FROM value WHERE name = ?", (custody.HELD,))
    assert everything(store) == before
    assert [hit.client.answers["surname"] for hit in reads.search(store, "croft")] == ["Croft"]
    store.close()


def test_no_passphrase_opens_a_backup(kept: Kept) -> None:
    backup = kept.back_up()
    slots = keyfile.read(backup / "vault.keys").slots
    assert [one.kind for one in slots] == ["recovery", "own"]
    assert [one.passes for one in slots] == [0, 0]
    with pytest.raises(VaultDamaged):
        unlock.unlock(backup, OLD, floor=FAST)


def test_every_backup_has_a_key_of_its_own(kept: Kept) -> None:
    vaults = [kept.back_up(), kept.back_up(START_MS + DAY_MS), kept.folder]
    keys = {bytes(unlock.unlock_with_recovery(one, kept.paper)) for one in vaults}
    assert len(keys) == 3


def test_a_backup_has_a_neutral_name_and_says_nothing(kept: Kept) -> None:
    backup = kept.back_up()
    day = datetime.fromtimestamp(START_MS / 1000, UTC).date()
    assert backup.name == f"tandem-backup-{day}-{START_MS // 1000:08x}"
    assert sorted(files(backup)) == ["vault.db", "vault.keys"]
    assert not any(b"Kettle" in raw or b"Croft" in raw for raw in files(backup).values())
    assert [one.name for one in kept.to.iterdir()] == [backup.name]


def test_two_backups_in_one_second_have_two_names(kept: Kept) -> None:
    assert len({kept.back_up(), kept.back_up()}) == 2


def test_a_slot_file_that_names_another_recovery_key_is_not_believed(kept: Kept) -> None:
    theirs = recovery.new_seed()
    unlock.add_recovery(kept.folder, OLD, recovery.public_of(theirs), floor=FAST)
    backup = kept.back_up()
    with pytest.raises(WrongRecovery):
        unlock.unlock_with_recovery(backup, " ".join(recovery.words_of(theirs)))
    assert unlock.unlock_with_recovery(backup, kept.paper)


def test_without_a_recovery_key_no_backup_is_made(kept: Kept) -> None:
    with kept.store.transaction():
        ledger.drop_key(kept.store, RECOVERY)
    with pytest.raises(NoRecovery):
        kept.back_up()
    assert not kept.to.exists()


def test_a_backup_cannot_lie_in_its_own_vault(kept: Kept) -> None:
    with pytest.raises(NotBackedUp, match="own folder"):
        back_up(kept.store, kept.folder, kept.folder / "backups", now_ms=START_MS)
    assert not (kept.folder / "backups").exists()


def test_a_folder_that_cannot_be_written_is_told_in_words(kept: Kept) -> None:
    kept.to.write_text("a file in the way")
    with pytest.raises(NotBackedUp, match="Choose another folder"):
        kept.back_up()
    assert kept.to.read_text() == "a file in the way"


def test_it_says_what_it_does_and_can_be_stopped_at_every_step(kept: Kept) -> None:
    heard: list[str] = []
    backup = back_up(kept.store, kept.folder, kept.to, now_ms=START_MS, progress=heard.append)
    assert len(heard) == 8
    for stop in range(len(heard)):
        left = iter([False] * stop + [True])
        with pytest.raises(NotBackedUp, match="Stopped"):
            back_up(
                *(kept.store, kept.folder, kept.to),
                now_ms=START_MS + DAY_MS,
                cancelled=lambda left=left: next(left),  # type: ignore[misc]
            )
        assert list(kept.to.iterdir()) == [backup]


def test_an_older_backup_loses_its_name_before_any_of_it_is_removed(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kept.back_up()

    monkeypatch.setattr(shutil, "rmtree", lambda _path, **_how: None)  # the power goes
    second = kept.back_up(START_MS + 60_000)
    monkeypatch.undo()
    assert [one.folder for one in backups(kept.to)] == [second]
    left = kept.to / f"{first.name}.part"
    assert [one.name for one in left.iterdir()] == ["vault.keys"], "it still says whose it is"
    third = kept.back_up(START_MS + 120_000)
    assert list(kept.to.iterdir()) == [third]


def test_what_a_power_cut_left_of_a_backup_is_cleared_away_by_the_next(kept: Kept) -> None:
    first = kept.back_up()
    part = first.with_name("tandem-backup-2026-01-01-00000001.part")
    shutil.copytree(first, part)
    other = first.with_name("tandem-backup-2026-01-01-00000002.part")
    other.mkdir()
    kept.back_up()
    assert not part.exists()
    assert other.exists(), "it says not whose it is"


def test_a_copy_unlike_its_vault_does_not_count_and_is_removed(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = connection.copy_into

    def copy_then_lose_a_row(
        db: object, folder: Path, key: bytearray, *, glance: Callable[[], None]
    ) -> None:
        again = bytearray(key)
        real(db, folder, key, glance=glance)
        copy = Store(connection.connect(folder, again))
        copy.write("DELETE FROM sound WHERE place = (SELECT min(place) FROM sound)")
        copy.close()

    monkeypatch.setattr("storage.backup.copy_into", copy_then_lose_a_row)
    with pytest.raises(NotBackedUp, match="does not count"):
        kept.back_up()
    assert list(kept.to.iterdir()) == []


def test_a_vault_that_is_damaged_has_no_backup_that_counts(kept: Kept) -> None:
    kept.store.write("UPDATE record SET live = substr(live, 1, 9) WHERE form = 'note'")
    with pytest.raises(NotBackedUp, match="checked"):
        kept.back_up()
    assert list(kept.to.iterdir()) == []


def test_a_log_that_waits_for_bundles_is_backed_up_all_the_same(kept: Kept) -> None:
    with kept.store.transaction():
        ledger.put_feed(kept.store, feed(OWN, head_seq=3))
    assert kept.back_up().exists()


def test_a_backup_leaves_the_vault_as_it_was_but_for_its_own_entry(kept: Kept) -> None:
    before = everything(kept.store)
    kept.back_up()
    (entry,) = logged(kept.store)
    assert (entry.form, entry.answers["how"]) == ("upkeep", "backup")
    kept.store.write("DELETE FROM pending WHERE place = (SELECT max(place) FROM pending)")
    assert everything(kept.store) == before
    Pen(kept.store, START_MS + DAY_MS, 50).write("note", {"note": "still at work"})


# Which are kept


def named(day: date, second: int = 0) -> str:
    return f"tandem-backup-{day}-{second:08x}"


def test_older_backups_are_cleared_away_and_other_things_are_not(kept: Kept) -> None:
    first = kept.back_up()
    beside = ["letter.txt", "tandem-backup-2020-01-01-00000000"]
    (kept.to / beside[0]).write_text("mine")
    (kept.to / beside[1]).mkdir()
    for day in range(1, 40):
        shutil.copytree(first, kept.to / named(date(2026, 1, 1) + timedelta(day), day))
    last = kept.back_up(START_MS + DAY_MS)
    left = {one.name for one in kept.to.iterdir()}
    assert last.name in left
    assert set(beside) <= left
    assert len(left - set(beside)) <= DAYS + WEEKS


def test_another_vaults_backups_are_left_alone(kept: Kept) -> None:
    mine = kept.back_up()
    found = keyfile.read(mine / "vault.keys")
    for day in range(20):
        theirs = kept.to / named(date(2026, 1, 1) + timedelta(day))
        theirs.mkdir()
        keyfile.write(theirs, keyfile.KeyFile(found.tandem, 1, "ab" * 16, found.slots))
    kept.back_up(START_MS + DAY_MS)
    assert len(list(kept.to.iterdir())) == 22


def test_a_backup_just_made_is_kept_whatever_the_clock_says(kept: Kept) -> None:
    first = kept.back_up()
    for day in range(40):
        shutil.copytree(first, kept.to / named(date(2040, 1, 1) + timedelta(day)))
    assert kept.back_up(START_MS + DAY_MS).exists()


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 5)), max_size=60))
def test_the_newest_of_7_days_and_of_4_weeks_stay(made: list[tuple[int, int]]) -> None:
    start = date(2026, 1, 1)
    names = {named(start + timedelta(day), second) for day, second in made}
    stay = to_keep(names)
    assert stay <= names
    assert len(stay) <= DAYS + WEEKS
    days = sorted({day for day, _second in made}, reverse=True)[:DAYS]
    newest = {day: max(second for d, second in made if d == day) for day in days}
    assert {named(start + timedelta(day), newest[day]) for day in days} <= stay


def test_what_counts_is_listed_newest_first_and_nothing_else_is(kept: Kept) -> None:
    older, newer = kept.back_up(), kept.back_up(START_MS + DAY_MS)
    (kept.to / "tandem-backup-2026-11-20-00000000").mkdir()
    (kept.to / f"{older.name}.part").mkdir()
    (kept.to / "letters").mkdir()
    name = vault_of(kept.folder)
    found = backups(kept.to, name)
    assert [one.folder for one in found] == [newer, older]
    assert [one.at_ms for one in found] == [START_MS + DAY_MS, START_MS]
    assert {one.size for one in found} == {(newer / "vault.db").stat().st_size}
    assert backups(kept.to, "another vault") == []
    assert [one.folder for one in backups(older)] == [older]
    assert backups(kept.to / "not there") == []


def test_a_vault_can_be_worked_in_while_its_copy_is_compared(kept: Kept) -> None:
    said: list[str] = []
    taken = take(kept.store, kept.folder, kept.to, now_ms=START_MS, step=said.append)
    assert backups(kept.to) == []
    Pen(kept.store).client("Hook", "Sam")
    made = finish(taken, step=said.append)
    assert [one.folder for one in backups(kept.to)] == [made]
    assert set(taken.key) == {0}
    kept.restore(made)
    store = opened(kept.folder.with_name("anew"))
    assert reads.search(store, "hook") == []
    assert reads.search(store, "croft")
    store.close()


def test_a_copy_that_is_left_leaves_nothing(kept: Kept) -> None:
    taken = take(kept.store, kept.folder, kept.to, now_ms=START_MS, step=lambda _words: None)
    leave(taken)
    assert list(kept.to.iterdir()) == []
    assert set(taken.key) == {0}


def test_newer_work_is_noticed_by_the_mark(kept: Kept) -> None:
    before = mark(kept.store)
    kept.store.put("read only", "this is no work")
    assert mark(kept.store) == before
    client = Pen(kept.store).client("Hook", "Sam")
    assert mark(kept.store) != before
    after = mark(kept.store)
    kept.store.keep_draft(Draft("note", client, b"", "ann", {"note": "begun"}, START_MS))
    assert mark(kept.store) != after
