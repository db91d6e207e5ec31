# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Restoring: every rule of storage/restore.py."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import connection, keyfile, recovery, unlock
from storage.backup import RECOVERY
from storage.durable import finish_all, put_in_place
from storage.errors import (
    LaptopRefuses,
    NotRestored,
    VaultInUse,
    VaultMisplaced,
    WrongPassphrase,
    WrongRecovery,
)
from storage.restore import restore
from storage.store import Store
from tests.storage.pen import START_MS, Pen
from tests.storage.safe import FAST, NEW, OLD, Kept, files, opened


def test_the_backup_itself_is_not_written_to(kept: Kept) -> None:
    backup = kept.back_up()
    before = files(backup)
    for path in (*backup.iterdir(), backup):
        path.chmod(0o500 if path.is_dir() else 0o400)
    kept.restore(backup)
    assert files(backup) == before
    backup.chmod(0o700)


def test_a_restored_vault_has_a_key_of_its_own_and_the_recovery_words_still_open_it(
    kept: Kept,
) -> None:
    backup = kept.back_up()
    done = kept.restore(backup)
    key = unlock.unlock(done.folder, NEW, floor=FAST)
    assert key != unlock.unlock_with_recovery(backup, kept.paper)
    assert key == unlock.unlock_with_recovery(done.folder, kept.paper)
    with pytest.raises(WrongPassphrase):
        unlock.unlock(done.folder, OLD, floor=FAST)
    assert sorted(files(done.folder)) == ["vault.db", "vault.keys"]


def test_a_vault_that_was_there_is_kept_beside_byte_for_byte(kept: Kept) -> None:
    backup = kept.back_up()
    kept.store.close()
    (kept.folder / "vault.db").write_bytes(b"damaged" * 1000)
    before = files(kept.folder)
    done = kept.restore(backup, kept.folder)
    assert done.kept is not None
    assert done.kept.name.startswith("northside.before-")
    assert files(done.kept) == before
    opened(kept.folder).close()


def test_a_vault_that_is_open_is_not_pushed_aside(kept: Kept) -> None:
    backup = kept.back_up()
    with pytest.raises(VaultInUse):
        kept.restore(backup, kept.folder)
    assert [one.name for one in kept.folder.parent.iterdir()] == ["northside"]


def test_it_says_how_far_the_backup_goes_and_what_waited(kept: Kept) -> None:
    done = kept.restore(kept.back_up())
    assert done.newest_ms == Pen(kept.store).now_ms + 2 * 60_000
    assert done.waiting == 2


def test_a_vault_without_a_team_can_be_restored_too(kept: Kept) -> None:
    kept.store.write("UPDATE own SET feed = NULL")
    kept.store.write("DELETE FROM pending")
    done = kept.restore(kept.back_up())
    assert (done.newest_ms, done.waiting) == (0, 0)


def test_wrong_recovery_words_change_nothing(kept: Kept) -> None:
    backup = kept.back_up()
    kept.store.close()
    before = files(kept.folder)
    other = " ".join(recovery.words_of(recovery.new_seed()))
    with pytest.raises(WrongRecovery):
        kept.restore(backup, kept.folder, words=other)
    assert files(kept.folder) == before
    assert [one.name for one in kept.folder.parent.iterdir()] == ["northside"]


def test_a_damaged_backup_is_refused_wherever_it_is_damaged(kept: Kept) -> None:
    backup = kept.back_up()
    raw = (backup / "vault.db").read_bytes()
    for at in range(20, len(raw), 4096):
        (backup / "vault.db").write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        with pytest.raises(NotRestored, match="not whole"):
            kept.restore(backup)
    assert [one.name for one in kept.folder.parent.iterdir()] == ["northside"]


@pytest.mark.parametrize("cut", [0, 10, 4096, 8192])
def test_a_backup_cut_short_is_refused(kept: Kept, cut: int) -> None:
    backup = kept.back_up()
    raw = (backup / "vault.db").read_bytes()
    (backup / "vault.db").write_bytes(raw[:cut])
    with pytest.raises(NotRestored):
        kept.restore(backup)


def test_a_copy_of_an_open_vault_is_not_taken_for_a_backup(kept: Kept, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(kept.folder, copy)
    with pytest.raises(NotRestored):
        kept.restore(copy)


def test_a_backup_without_its_files_is_told_in_words(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(NotRestored, match="no backup in this folder"):
        kept.restore(tmp_path)
    backup = kept.back_up()
    (backup / "vault.db").unlink()
    with pytest.raises(NotRestored):
        kept.restore(backup)
    (backup / "vault.keys").write_bytes(b"{}")
    with pytest.raises(NotRestored):
        kept.restore(backup)


def test_a_file_of_another_program_is_not_restored(kept: Kept) -> None:
    backup = kept.back_up()
    key = unlock.unlock_with_recovery(backup, kept.paper)
    other = Store(connection.connect(backup, bytearray(key)))
    other.rows("PRAGMA application_id = 1")
    other.close()
    with pytest.raises(NotRestored):
        kept.restore(backup)


def test_a_restore_can_be_stopped_at_every_step(kept: Kept) -> None:
    backup = kept.back_up()
    heard: list[str] = []
    where = kept.folder.with_name("anew")

    def run(cancelled: Callable[[], bool]) -> None:
        restore(
            backup,
            where,
            words=kept.paper,
            passphrase=NEW,
            now_ms=START_MS,
            cost=FAST,
            floor=FAST,
            progress=heard.append,
            cancelled=cancelled,
        )

    for stop in range(10):
        left = iter([False] * stop + [True])
        with pytest.raises(NotRestored, match="Stopped"):
            run(lambda left=left: next(left))  # type: ignore[misc]
        assert not where.exists()
    heard.clear()
    run(lambda: False)
    assert len(heard) == 10
    assert len(list(where.parent.iterdir())) == 2


def test_a_vault_is_not_restored_into_a_folder_that_others_copy(kept: Kept, tmp_path: Path) -> None:
    backup = kept.back_up()
    with pytest.raises(VaultMisplaced):
        kept.restore(backup, tmp_path / "Dropbox" / "vault")


def test_a_backup_made_before_the_recovery_key_was_kept_in_the_vault_opens_by_passphrase_alone(
    kept: Kept,
) -> None:
    kept.store.write("DELETE FROM secret WHERE name = ?", (RECOVERY,))
    kept.store.close()
    done = kept.restore(kept.folder)
    kinds = [one.kind for one in keyfile.read(done.folder / "vault.keys").slots]
    assert kinds == ["passphrase", "own"]


def test_if_the_new_vault_cannot_be_put_in_place_the_old_one_is(kept: Kept) -> None:
    kept.store.close()
    before = files(kept.folder)
    with pytest.raises(FileNotFoundError):
        put_in_place(kept.folder.with_name("missing"), kept.folder, now_ms=START_MS)
    assert files(kept.folder) == before
    with pytest.raises(FileNotFoundError):
        put_in_place(kept.folder / "missing", kept.folder / "nowhere", now_ms=START_MS)


def test_a_place_that_cannot_be_written_is_told_in_words(kept: Kept, tmp_path: Path) -> None:
    backup = kept.back_up()
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LaptopRefuses, match="would not let"):
        kept.restore(backup, tmp_path / "file" / "vault")


def test_a_vault_whose_place_was_being_taken_when_the_power_went_is_put_there(kept: Kept) -> None:
    """The old one had been moved aside, the new one not yet in: one of them must be found."""
    backup = kept.back_up()
    kept.store.close()
    done = kept.restore(backup, kept.folder)
    assert done.kept is not None
    ready = kept.folder.with_name(f".{kept.folder.name}.ready")
    kept.folder.rename(ready)
    opened(kept.folder).close()
    assert not ready.exists()
    kept.folder.rename(ready)
    finish_all(kept.folder.parent)
    assert sorted(one.name for one in kept.folder.parent.iterdir()) == [
        kept.folder.name,
        done.kept.name,
    ]


def test_what_was_ready_never_takes_the_place_of_a_vault_that_is_there(kept: Kept) -> None:
    before = files(kept.folder)
    ready = kept.folder.with_name(f".{kept.folder.name}.ready")
    ready.mkdir()
    finish_all(kept.folder.parent)
    assert files(kept.folder) == before


def test_what_a_power_cut_left_of_a_restore_is_cleared_away_by_the_next(kept: Kept) -> None:
    backup = kept.back_up()
    kept.store.close()
    place, name = kept.folder.parent, kept.folder.name
    for left in (f".{name}.before-0a1b2c3d", f".{name}.ready"):
        (place / left).mkdir()
        (place / left / "vault.db").write_bytes(b"half a vault")
    done = kept.restore(backup, kept.folder)
    assert done.kept is not None
    assert {one.name for one in place.iterdir()} == {name, done.kept.name}
