# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older vault: every rule of storage/older.py, with the files of real vaults put back."""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.records import Edit
from storage import ledger
from storage.errors import (
    LaptopFull,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultOlder,
    WrongPassphrase,
)
from storage.older import NAME, RESTORED, go_on, last_at, older, went_on
from storage.store import Draft, Store
from tests.storage.pen import OWN, START_MS, Pen, feed

KEY = bytes(range(32))


class Desk:
    """A laptop in a team, with one vault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        store = Store.create(folder, bytearray(KEY))
        with store.transaction():
            ledger.put_key(store, "sign", bytes(32))
            ledger.use_feed(store, feed(OWN), author="ann")
        store.close()

    def opened(self) -> Store:
        return Store.open(self.folder, bytearray(KEY))

    def worked(self, place: str) -> None:
        """Open the vault, save something, and close it."""
        at = self.newest
        store = self.opened()
        Pen(store, now_ms=at + 60_000).write("visit", {"place": place})
        store.close()

    @property
    def newest(self) -> int:
        store = self.opened()
        at = last_at(store)
        store.close()
        return max(at, START_MS)

    def files(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.folder.iterdir()}

    def lay(self, files: dict[str, bytes]) -> None:
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for name, raw in files.items():
            (self.folder / name).write_bytes(raw)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "vault")
    made.worked("first")
    return made


def running(desk: Desk, places: int = 3) -> dict[str, bytes]:
    """Return the files as they lie while the vault is open, with several saves in the log."""
    store = desk.opened()
    pen = Pen(store, now_ms=START_MS + 3_600_000)
    for number in range(places):
        pen.write("visit", {"place": f"running {number}"})
    files = desk.files()
    store.close()
    return files


def test_a_vault_that_is_as_it_was_left_is_not_called_older(desk: Desk) -> None:
    for place in ("second", "third"):
        desk.worked(place)
        store = desk.opened()
        assert not store.older
        store.close()


def test_an_old_file_put_back_is_seen_at_once_and_nothing_can_be_saved(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    first = desk.newest
    desk.worked("lost")
    last = desk.newest
    (desk.folder / "vault.db").write_bytes(old)
    store = desk.opened()
    assert store.older
    with pytest.raises(VaultOlder):
        Pen(store).write("visit", {"place": "refused"})
    assert store.rows("SELECT count(*) FROM record") == [(1,)]
    was = older(store)
    assert was is not None
    assert (was.held_ms, was.known_ms) == (first, last)
    store.close()


def test_who_looks_at_what_is_kept_in_it_and_sent_once_its_owner_goes_on(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    desk.worked("lost")
    (desk.folder / "vault.db").write_bytes(old)
    store = desk.opened()
    looked = Edit("consultation", bytes(16), b"", AUDIT, {})
    store.save([looked], now_ms=START_MS + 60_000_000)
    assert ledger.pending_count(store) == 2
    note = Edit("note", bytes(15) + b"1", b"", "partners", {"note": "refused"})
    with pytest.raises(VaultOlder):
        store.save([looked, note], now_ms=START_MS + 60_000_000)
    assert ledger.pending_count(store) == 2
    store.close()


def test_it_stays_so_until_its_owner_goes_on(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    desk.worked("lost")
    (desk.folder / "vault.db").write_bytes(old)
    desk.opened().close()
    (desk.folder / NAME).unlink()  # what told it is not needed any more
    store = desk.opened()
    assert store.older
    go_on(store, now_ms=START_MS)
    assert store.get(RESTORED) == START_MS
    assert older(store) is None
    assert went_on(store) is not None
    Pen(store).write("visit", {"place": "written on"})
    store.close()
    store = desk.opened()
    assert not store.older
    store.close()


def test_what_is_typed_in_it_is_kept_as_a_draft(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    desk.worked("lost")
    (desk.folder / "vault.db").write_bytes(old)
    store = desk.opened()
    typed = Draft("visit", b"", b"", "ann", {"place": "typed"}, START_MS)
    store.keep_draft(typed)
    store.close()
    store = desk.opened()
    assert store.older
    assert store.drafts() == [typed]
    store.close()


@pytest.mark.parametrize(
    "harm",
    [
        lambda _log: None,
        lambda log: log[: len(log) // 2],
        lambda log: log[: len(log) - 1],
        lambda log: log[:100] + bytes([log[100] ^ 1]) + log[101:],
        lambda log: log[:-200] + bytes([log[-200] ^ 1]) + log[-199:],
    ],
    ids=["removed", "cut", "cut by a byte", "altered at its start", "altered at its end"],
)
def test_a_log_taken_away_cut_or_altered_is_seen_at_once(
    desk: Desk, harm: Callable[[bytes], bytes | None]
) -> None:
    files = running(desk)
    log = harm(files.pop("vault.db-wal"))
    desk.lay(files | ({"vault.db-wal": log} if log is not None else {}))
    store = desk.opened()
    assert store.older
    store.close()


def test_a_log_that_is_whole_is_not(desk: Desk) -> None:
    desk.lay(running(desk))
    store = desk.opened()
    assert not store.older
    assert store.rows("SELECT count(*) FROM record") == [(4,)]
    store.close()


def test_a_draft_that_was_said_to_be_safe_is_missed_too(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    store = desk.opened()
    store.keep_draft(Draft("visit", b"", b"", "ann", {"place": "typed"}, START_MS + 7_200_000))
    store.close()
    (desk.folder / "vault.db").write_bytes(old)
    store = desk.opened()
    assert store.older
    store.close()


def fail_after(pen: Pen) -> None:
    with pen.store.transaction():
        pen.write("visit", {"place": "inside something that fails"})
        raise ZeroDivisionError


def test_what_was_under_way_when_the_power_went_is_not_missed(desk: Desk, tmp_path: Path) -> None:
    store = desk.opened()
    pen = Pen(store, now_ms=START_MS + 3_600_000)
    pen.write("visit", {"place": "saved"})
    with pytest.raises(ZeroDivisionError):
        fail_after(pen)
    shutil.copytree(desk.folder, tmp_path / "after")
    store.close()
    store = Store.open(tmp_path / "after", bytearray(KEY))
    assert not store.older
    store.close()


@pytest.mark.parametrize("at", [0, 7, 8, 31])
def test_a_mark_that_was_altered_tells_nothing(desk: Desk, at: int) -> None:
    raw = bytearray((desk.folder / NAME).read_bytes())
    raw[at] ^= 1
    (desk.folder / NAME).write_bytes(bytes(raw))
    store = desk.opened()
    assert not store.older
    store.close()


def test_a_mark_that_is_missing_short_or_another_vaults_tells_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "other")
    store = other.opened()
    with store.transaction():
        ledger.put_key(store, "sign", os.urandom(32))
    store.close()
    other.worked("much later")
    theirs = (other.folder / NAME).read_bytes()
    for raw in (None, b"", b"short", theirs):
        (desk.folder / NAME).unlink()
        if raw is not None:
            (desk.folder / NAME).write_bytes(raw)
        store = desk.opened()
        assert not store.older
        Pen(store, now_ms=START_MS + 9_000_000).write("visit", {"place": "on"})
        store.close()


def test_whoever_puts_the_mark_back_too_is_not_seen_by_it(desk: Desk) -> None:
    old = desk.files()
    desk.worked("lost")
    desk.lay(old)
    store = desk.opened()
    assert not store.older
    store.close()


def test_the_mark_says_when_and_nothing_else(desk: Desk) -> None:
    raw = (desk.folder / NAME).read_bytes()
    assert len(raw) == 32
    assert int.from_bytes(raw[:8], "big") == desk.newest


def test_a_vault_restored_on_purpose_is_not_called_older(desk: Desk) -> None:
    old = desk.files()["vault.db"]
    desk.worked("lost")
    (desk.folder / "vault.db").write_bytes(old)
    (desk.folder / NAME).rename(desk.folder / "kept")
    store = desk.opened()
    store.put(RESTORED, START_MS)
    store.close()
    (desk.folder / "kept").rename(desk.folder / NAME)
    for _time in range(2):
        store = desk.opened()
        assert not store.older
        store.write("DELETE FROM value WHERE name = ?", (RESTORED,))
        store.close()


def test_a_folder_that_takes_no_mark_hinders_nobody(desk: Desk) -> None:
    (desk.folder / NAME).unlink()
    (desk.folder / NAME).mkdir()
    desk.worked("second")
    store = desk.opened()
    assert store.rows("SELECT count(*) FROM record") == [(2,)]
    store.close()


def test_two_hundred_sudden_ends_are_never_called_older(desk: Desk, tmp_path: Path) -> None:
    dice = random.Random("ends")  # noqa: S311
    store = desk.opened()
    pen = Pen(store, now_ms=START_MS + 3_600_000)
    for number in range(200):
        if dice.random() < 0.7:
            pen.write("visit", {"place": f"{number} " * dice.randint(1, 400)})
        else:
            pen.now_ms += 1_000
            store.keep_draft(Draft("visit", b"", b"", "ann", {"n": number}, pen.now_ms))
        if number % 25 == 24:
            store.rows("PRAGMA wal_checkpoint(PASSIVE)")
        ended = tmp_path / f"ended {number}"
        shutil.copytree(desk.folder, ended)
        after = Store.open(ended, bytearray(KEY))
        assert not after.older
        after.close()
        shutil.rmtree(ended)
    store.close()


def test_five_troubles_have_five_sentences() -> None:
    kinds: list[type[VaultError]] = [
        *(WrongPassphrase, VaultDamaged, VaultOlder, VaultInUse, LaptopFull)
    ]
    said = {kind.usual() for kind in kinds}
    assert len(said) == 5
    assert "older than your team has seen" in VaultOlder.usual()
