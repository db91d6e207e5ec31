# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in: waits after wrong words, what is told of them, slots put in order, room kept."""

import json
import sys
from pathlib import Path

import pytest

from storage import ballast, entry, keyfile, tries
from storage.check import check
from storage.durable import TRIES
from storage.entry import Entered
from storage.errors import LaptopFull, TooSoon, VaultDamaged, VaultInUse, WrongPassphrase
from storage.store import Draft
from tests.soak.recorder import record
from tests.storage.pen import START_MS
from tests.storage.safe import FAST, NEW, OLD

SECOND = 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of a vault that is closed."""
    made = tmp_path / "vaults" / "northside"
    entry.create(made, OLD, cost=FAST, floor=FAST).close()
    return made


def enter(folder: Path, words: str = OLD, at_ms: int = START_MS) -> Entered:
    return entry.enter(folder, words, now_ms=at_ms, floor=FAST)


def fail(folder: Path, at_ms: int) -> None:
    with pytest.raises(WrongPassphrase):
        enter(folder, NEW, at_ms)


def test_each_wrong_try_doubles_the_wait_up_to_a_minute(folder: Path) -> None:
    at, waits = START_MS, []
    for _again in range(9):
        fail(folder, at)
        waits.append(tries.wait_s(folder, at))
        with pytest.raises(TooSoon, match=str(waits[-1])):
            enter(folder, OLD, at)
        at += waits[-1] * SECOND
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    enter(folder, OLD, at).store.close()


def test_the_right_words_wait_too_or_the_wait_would_tell_nothing(folder: Path) -> None:
    fail(folder, START_MS)
    with pytest.raises(TooSoon):
        enter(folder, OLD, START_MS + 500)
    assert tries.read(folder).count == 1, "what was not tried is not counted"


def test_whoever_signs_in_is_told_and_then_it_is_forgotten(folder: Path) -> None:
    for again in range(3):
        fail(folder, START_MS + again * 100 * SECOND)
    entered = enter(folder, OLD, START_MS + 900 * SECOND)
    entered.store.close()
    assert entered.tries.count == 3
    assert (entered.tries.first_ms, entered.tries.last_ms) == (START_MS, START_MS + 200 * SECOND)
    assert tries.told(entered.tries).startswith("3 wrong passphrases were tried since")
    again_in = enter(folder, OLD, START_MS + 900 * SECOND)
    again_in.store.close()
    assert tries.told(again_in.tries) == ""


def test_a_clock_put_back_makes_no_wait_longer(folder: Path) -> None:
    fail(folder, START_MS)
    assert tries.wait_s(folder, START_MS - 10**9) == 1


@pytest.mark.parametrize("raw", [b"", b"[", b'{"count": -4}', b"\xff" * 3000])
def test_a_count_that_cannot_be_read_keeps_nobody_out(folder: Path, raw: bytes) -> None:
    (folder / TRIES).write_bytes(raw)
    entered = enter(folder)
    entered.store.close()
    assert tries.told(entered.tries) == ""


def test_nothing_that_was_typed_is_kept(folder: Path) -> None:
    fail(folder, START_MS)
    raw = b"".join(one.read_bytes() for one in folder.iterdir())
    assert not any(word.encode() in raw for word in NEW.split())


def test_damage_and_a_vault_in_use_are_no_wrong_tries(folder: Path) -> None:
    entered = enter(folder)
    with pytest.raises(VaultInUse):
        enter(folder)
    entered.store.close()
    (folder / "vault.db").write_bytes(b"damaged" * 999)
    with pytest.raises(VaultDamaged):
        enter(folder)
    assert tries.read(folder).count == 0


def test_a_vault_of_before_gets_its_own_slot_when_somebody_signs_in(folder: Path) -> None:
    found = keyfile.read(folder / keyfile.NAME)
    keyfile.write(
        folder, keyfile.KeyFile(found.tandem, found.version, found.vault, found.slots[:1])
    )
    enter(folder).store.close()
    assert [one.kind for one in keyfile.read(folder / keyfile.NAME).slots] == ["passphrase", "own"]


# A full disk


def test_room_is_kept_from_the_first_sign_in_and_laid_again(folder: Path) -> None:
    enter(folder).store.close()
    path = folder / ballast.NAME
    assert path.stat().st_size == ballast.SIZE
    assert path.stat().st_blocks * 512 >= ballast.SIZE, "it takes up the room it stands for"
    before = path.stat().st_mtime_ns
    enter(folder).store.close()
    assert path.stat().st_mtime_ns == before
    assert ballast.free(folder)
    assert not ballast.free(folder)
    enter(folder).store.close()
    assert path.exists()


def draft(words: str) -> Draft:
    return Draft("note", b"c" * 16, b"", "ann", {"note": words}, START_MS)


@pytest.mark.skipif(sys.platform != "linux", reason="room is taken by the loader of Linux")
def test_on_a_full_disk_a_draft_is_kept_and_the_vault_is_closed(
    folder: Path, tmp_path: Path
) -> None:
    enter(folder).store.close()
    room = sum(one.stat().st_size for one in folder.iterdir()) + (100 << 10)
    done = record("tests.soak.filled", [str(folder)], folder=folder, book=tmp_path / "n", room=room)
    said = [json.loads(one.body) for one in done.notes if one.what == "M"]
    assert said == [{"full": True, "ballast": True}, {"kept": True, "ballast": False}]
    assert ballast.NAME not in done.after
    store = enter(folder).store
    assert [len(str(one.answers["note"])) for one in store.drafts()] == [200_000]
    assert not check(store)
    store.close()


def test_the_room_is_given_back_only_for_what_must_not_fail(folder: Path) -> None:
    store = enter(folder).store
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LaptopFull, match="All that was saved before is safe"):
        store.put("much", "x" * 500_000)
    assert (folder / ballast.NAME).exists()
    with pytest.raises(LaptopFull):
        store.keep_draft(draft("x" * 500_000))
    assert not (folder / ballast.NAME).exists(), "it was tried again with the room given back"
    store.rows(f"PRAGMA max_page_count = {pages * 100}")
    store.keep_draft(draft("x" * 500_000))
    store.close()
