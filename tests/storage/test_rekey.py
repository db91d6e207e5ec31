# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new key on suspicion: every rule of storage/rekey.py, with the power cut at any moment."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import holders, keyfile, ledger, recovery, unlock
from storage.backup import back_up
from storage.check import check
from storage.connection import connect, opens
from storage.errors import NotRekeyed, VaultDamaged, WrongPassphrase, WrongRecovery
from storage.rekey import REKEYED, rekey
from storage.restore import restore
from storage.store import Store
from tests.logged import logged
from tests.soak.disk import cuts, replayed
from tests.soak.figures import quick_scratch
from tests.soak.recorder import ROOT, record
from tests.soak.rekey import (
    KILLED,
    caught,
    recorded,
    worked_in,
    wrong_after,
    wrong_after_cuts,
)
from tests.storage.pen import START_MS, Pen
from tests.storage.safe import FAST, NEW, OLD, Kept, everything, opened
from tests.storage.test_unlock import room_for

CUTS, CONTROL, KILLS = 40, 10, 6


def again(store: Store, words: str = OLD) -> None:
    rekey(store, words, now_ms=START_MS, cost=FAST, floor=FAST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a vault with some work in it, sealed to a team's paper."""
    return worked_in(tmp_path / "vaults" / "northside")


def test_only_the_new_key_opens_it_and_the_words_are_the_same(kept: Kept) -> None:
    before = everything(kept.store)
    old = unlock.unlock(kept.folder, OLD, floor=FAST)
    again(kept.store)
    assert not kept.store.db.in_transaction
    assert kept.store.get(REKEYED) == START_MS
    kept.store.close()
    new = unlock.unlock(kept.folder, OLD, floor=FAST)
    assert new != old
    assert not opens(kept.folder, old)
    assert unlock.unlock_with_recovery(kept.folder, kept.paper) == new
    kept.store = Store.open(kept.folder, new)
    after = everything(kept.store)
    assert [one.answers["how"] for one in logged(kept.store)] == ["rekeyed"]
    after["pending"].pop()
    for table in before.keys() - {"secret", "value"}:
        assert after[table] == before[table], table
    assert not check(kept.store)


def test_it_stays_open_and_one_can_go_on_working(kept: Kept) -> None:
    again(kept.store)
    Pen(kept.store, START_MS + 10, 90).write("note", {"note": "still at work"})
    again(kept.store)
    kept.store.close()
    store = opened(kept.folder, OLD)
    assert any(one.kind == "own" for one in keyfile.read(kept.folder / keyfile.NAME).slots)
    store.close()


def test_what_an_earlier_copy_of_the_vault_holds_opens_nothing_of_the_new(kept: Kept) -> None:
    spied = ledger.key(kept.store, "own-slot")
    assert spied is not None
    again(kept.store)
    found = keyfile.read(kept.folder / keyfile.NAME)
    vault = bytes.fromhex(found.vault)
    for slot in found.slots:
        if slot.kind == "own":
            assert recovery.open_with(bytearray(spied), vault, bytes.fromhex(slot.sealed)) is None
    assert not (kept.folder / keyfile.BEFORE).exists()


def test_backups_of_before_open_with_the_words_on_paper_and_not_with_the_vault(
    kept: Kept, tmp_path: Path
) -> None:
    before = back_up(kept.store, kept.folder, kept.to, now_ms=START_MS)
    assert holders.open_backup(kept.store, keyfile.read(before / keyfile.NAME))
    again(kept.store)
    with pytest.raises(WrongRecovery, match="recovery words only"):
        holders.open_backup(kept.store, keyfile.read(before / keyfile.NAME))
    done = restore(
        before,
        tmp_path / "anew",
        words=kept.paper,
        passphrase=NEW,
        now_ms=START_MS,
        cost=FAST,
        floor=FAST,
    )
    opened(done.folder).close()


def test_wrong_words_change_nothing(kept: Kept) -> None:
    before = (kept.folder / keyfile.NAME).read_bytes()
    with pytest.raises(WrongPassphrase):
        again(kept.store, NEW)
    assert (kept.folder / keyfile.NAME).read_bytes() == before


def test_it_can_be_stopped_until_it_is_written(kept: Kept) -> None:
    old, told = unlock.unlock(kept.folder, OLD, floor=FAST), list[str]()
    with pytest.raises(NotRekeyed, match="opens as before"):
        rekey(
            kept.store,
            OLD,
            now_ms=START_MS,
            cost=FAST,
            floor=FAST,
            progress=told.append,
            cancelled=lambda: len(told) > 3,
        )
    assert told
    assert all(one.endswith("…") for one in told)
    kept.store.close()
    assert opens(kept.folder, old)


def test_a_damaged_vault_is_left_as_it_is(folder: Path) -> None:
    raw = bytearray((folder / "vault.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / "vault.db").write_bytes(raw)
    store = opened(folder, OLD)
    with pytest.raises(NotRekeyed, match="damaged"):
        again(store)
    store.db.close()


def test_what_cannot_be_written_leaves_it_with_the_old_key_and_open(folder: Path) -> None:
    old = unlock.unlock(folder, OLD, floor=FAST)
    store = opened(folder, OLD)
    size = (folder / "vault.db").stat().st_size
    with pytest.raises(NotRekeyed, match="opens as before"), room_for(size // 2):
        again(store)
    assert store.rows("SELECT count(*) FROM record")[0][0] == 40
    again(store)
    store.close()
    assert not opens(folder, old)
    opened(folder, OLD).close()


@pytest.mark.skipif(sys.platform != "linux", reason="room is taken by the loader of Linux")
def test_a_full_disk_is_said_and_leaves_it_with_the_old_key(folder: Path, tmp_path: Path) -> None:
    old = unlock.unlock(folder, OLD, floor=FAST)
    room = sum(one.stat().st_size for one in folder.iterdir()) + (150 << 10)
    book = tmp_path / "notes"
    done = record("tests.soak.rekeying", [str(folder)], folder=folder, book=book, room=room)
    said = [json.loads(one.body) for one in done.notes if one.what == "M"]
    assert ["free space" in one.get("refused", "") for one in said] == [False, True] * 2
    assert opens(folder, old)
    assert wrong_after(folder, 1) == []


@pytest.mark.skipif(sys.platform != "linux", reason="calls are recorded by the loader of Linux")
def test_wherever_the_power_goes_one_key_opens_it_and_everything_is_there(
    folder: Path, tmp_path: Path
) -> None:
    done = recorded(folder, tmp_path / "notes")
    assert replayed(done) == done.after, "the simulator missed something"
    some = list(cuts(done, seed="rekey", count=CUTS, killed=KILLED))
    with quick_scratch() as quick:
        assert not any(wrong_after_cuts(some, quick / "cut"))
        slots = [one.files[keyfile.NAME] for one in some]
        assert len(set(slots)) > 1, "the cuts fell into the middle of it"
        assert caught(done, quick / "cut", count=CONTROL) >= CONTROL // 2


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_process_killed_at_any_moment_leaves_a_vault_that_opens(
    folder: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes"
    command = [sys.executable, "-m", "tests.soak.rekeying"]
    ended = 0
    for number in range(KILLS):
        place = tmp_path / f"copy {number}"
        shutil.copytree(folder, place)
        notes.write_bytes(b"")
        process = subprocess.Popen(  # noqa: S603  our own program
            [*command, str(place)], cwd=ROOT, env={**os.environ, "TANDEM_RECORDING": str(notes)}
        )
        began, until = time.monotonic(), 0.01 * number
        while not notes.stat().st_size and process.poll() is None:
            pass
        began = time.monotonic()
        while time.monotonic() - began < until and process.poll() is None:
            pass
        process.send_signal(signal.SIGKILL)
        ended += process.wait() == -signal.SIGKILL
        assert wrong_after(place, 0) == []
    assert ended > KILLS // 2


def test_two_keys_neither_of_which_opens_it_are_damage(folder: Path) -> None:
    found = keyfile.read(folder / keyfile.NAME)
    other = unlock.passphrase_slot(
        bytearray(range(32)), found.vault, OLD, cost=FAST, floor=FAST, turn=1
    )
    keyfile.write(
        folder, keyfile.KeyFile(found.tandem, found.version, found.vault, [*found.slots, other])
    )
    key = unlock.unlock(folder, OLD, floor=FAST)
    connect(folder, key).close()
    keyfile.write(
        folder, keyfile.KeyFile(found.tandem, found.version, found.vault, [*found.slots, other])
    )
    (folder / "vault.db").write_bytes(b"damaged" * 999)
    with pytest.raises(VaultDamaged):
        unlock.unlock(folder, OLD, floor=FAST)
    assert len(keyfile.read(folder / keyfile.NAME).slots) == len(found.slots) + 1
