# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Repairing: every rule of storage/repair.py, on vaults damaged page by page."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from storage import check, reads, unlock
from storage.errors import NotRepaired, VaultError, VaultInUse
from storage.older import RESTORED
from storage.repair import Repaired, repair
from storage.store import Store
from tests.logged import logged
from tests.storage.pen import START_MS, Pen
from tests.storage.safe import FAST, OLD, Kept, everything, files, opened

PAGE = 4096
CLIENTS, NOTES = 12, 300


@pytest.fixture
def full(kept: Kept) -> Kept:
    """A vault with a few hundred records, closed."""
    pen = Pen(kept.store, START_MS + 10**9, 100)
    clients = [pen.client(f"Name{n}", "Ann") for n in range(CLIENTS)]
    for n in range(NOTES):
        pen.write("note", {"note": f"{n} " + "x" * 200}, client=clients[n % CLIENTS])
    kept.store.put("big", "z" * 40 * PAGE)
    kept.store.write("DELETE FROM value WHERE name = 'big'")
    kept.store.close()
    key_of(kept.folder)  # settles its slot file
    return kept


def key_of(folder: Path) -> bytearray:
    return unlock.unlock(folder, OLD, floor=FAST)


def repaired(folder: Path) -> Repaired:
    return repair(folder, key_of(folder), now_ms=START_MS)


def damage(folder: Path, *pages: int) -> None:
    raw = bytearray((folder / "vault.db").read_bytes())
    for page in pages:
        raw[(page - 1) * PAGE + 300] ^= 1
    (folder / "vault.db").write_bytes(raw)


def pages_of(folder: Path, table: str) -> list[int]:
    """Return the pages a table's rows lie on, going by which of them it cannot be read without."""
    whole = (folder / "vault.db").read_bytes()
    found = []
    for page in range(2, len(whole) // PAGE + 1):
        damage(folder, page)
        store = Store.open(folder, key_of(folder)) if can_open(folder) else None
        if store is not None:
            try:
                store.rows(f'SELECT * FROM "{table}" NOT INDEXED')  # noqa: S608
            except VaultError:
                found.append(page)
            store.db.close()
        (folder / "vault.db").write_bytes(whole)
    return found


def can_open(folder: Path) -> bool:
    try:
        Store.open(folder, key_of(folder)).db.close()
    except VaultError:
        return False
    return True


def test_what_is_whole_is_left_alone(full: Kept) -> None:
    before = files(full.folder)
    assert repaired(full.folder) == Repaired()
    assert files(full.folder) == before
    assert [one.name for one in full.folder.parent.iterdir()] == ["northside"]


def test_a_damaged_part_that_holds_nothing_is_cured_and_nothing_is_lost(full: Kept) -> None:
    store = opened(full.folder, OLD)
    before = everything(store)
    last = store.rows("PRAGMA page_count")[0][0]
    store.close()
    damage(full.folder, last - 1)
    found = files(full.folder)
    done = repaired(full.folder)
    assert done.kept is not None
    assert files(done.kept) == found
    assert done.lost == {}
    store = opened(full.folder, OLD)
    assert check.check(store) == []
    (entry,) = logged(store)
    assert (entry.answers["how"], entry.answers.get("count", 0)) == ("repaired", 0)
    store.write("DELETE FROM pending WHERE place = (SELECT max(place) FROM pending)")
    assert everything(store) == before
    store.close()


def test_what_can_be_read_is_saved_row_by_row_and_the_rest_is_counted(full: Kept) -> None:
    pages = pages_of(full.folder, "record")
    leaves = pages[len(pages) // 3], pages[-len(pages) // 3], pages[-1]
    damage(full.folder, *leaves)
    found = files(full.folder)
    done = repaired(full.folder)
    assert done.kept is not None
    assert files(done.kept) == found
    lost = done.lost.get("record")
    assert lost is not None
    assert 0 < lost < 80
    assert done.saved["record"] + lost == CLIENTS + NOTES + 2
    store = opened(full.folder, OLD)
    assert check.check(store) == []
    assert store.get(RESTORED) == START_MS
    held = reads.counts(store)
    assert sum(held.values()) == done.saved["record"]
    assert store.rows("SELECT count(*) FROM caseload") == [(held["client"],)]
    assert reads.search(store, "name")
    store.close()


def test_every_single_damaged_page_is_survived_or_refused_and_never_silent(full: Kept) -> None:
    whole = files(full.folder)
    count = len(whole["vault.db"]) // PAGE
    refused = 0
    for page in range(1, count + 1, 37):
        damage(full.folder, page)
        found = files(full.folder)
        try:
            done = repaired(full.folder)
        except NotRepaired:
            assert files(full.folder) == found
            (full.folder / "vault.db").write_bytes(whole["vault.db"])
            refused += 1
            continue
        assert done.kept is not None, page
        assert files(done.kept) == found
        store = opened(full.folder, OLD)
        assert [one for one in check.check(store) if one.what != "log"] == []
        store.close()
        (full.folder / "vault.db").write_bytes(whole["vault.db"])
    assert refused == 1, "the first page holds what the rest is read by"


def test_an_empty_vault_never_takes_the_place_of_a_damaged_one(full: Kept) -> None:
    before = files(full.folder)
    with pytest.raises(NotRepaired, match="nothing was changed"):
        repair(full.folder, bytearray(os.urandom(32)), now_ms=START_MS)
    assert files(full.folder) == before
    assert [one.name for one in full.folder.parent.iterdir()] == ["northside"]


def test_a_vault_that_is_open_is_not_repaired(kept: Kept) -> None:
    key = unlock.unlock(kept.folder, OLD, floor=FAST)
    with pytest.raises(VaultInUse):
        repair(kept.folder, key, now_ms=START_MS)
    assert not any(key), "wiped on every path"


def test_a_repair_can_be_stopped_at_every_step(full: Kept) -> None:
    pages = pages_of(full.folder, "record")
    damage(full.folder, pages[len(pages) // 2])
    found = files(full.folder)
    heard: list[str] = []

    def run(cancelled: Callable[[], bool]) -> Repaired:
        return repair(
            *(full.folder, key_of(full.folder)),
            now_ms=START_MS,
            progress=heard.append,
            cancelled=cancelled,
        )

    for stop in range(0, 30, 3):
        left = iter([False] * stop + [True])
        with pytest.raises((NotRepaired, StopIteration)):
            run(lambda left=left: next(left))  # type: ignore[misc]
        assert files(full.folder) == found
    assert run(lambda: False).kept is not None
    assert any("Saving row by row" in one for one in heard)


def test_a_table_whose_size_cannot_be_told_says_so(full: Kept) -> None:
    pages = pages_of(full.folder, "pending")
    damage(full.folder, pages[len(pages) // 2])
    done = repaired(full.folder)
    assert done.lost["pending"] is None
    assert done.saved["pending"] > NOTES // 2


def test_a_table_of_keys_is_read_from_both_ends(full: Kept) -> None:
    store = opened(full.folder, OLD)
    for n in range(400):
        store.put(f"name {n:03d}", "v" * 50)
    store.close()
    pages = pages_of(full.folder, "value")
    damage(full.folder, pages[len(pages) // 2])
    done = repaired(full.folder)
    assert 300 < done.saved["value"] < 400


def test_a_folder_that_cannot_be_written_beside_is_told_in_words(full: Kept) -> None:
    damage(full.folder, 3)
    key = key_of(full.folder)
    gone = full.folder.with_name("gone") / "vault"
    with pytest.raises(VaultError, match="would not let"):
        repair(gone, key, now_ms=START_MS)


def test_a_long_note_is_saved_whole_or_counted_as_lost(kept: Kept) -> None:
    """The last page of a long value comes back as zeros, without an error, when it was altered."""
    pen = Pen(kept.store, START_MS + 10**9, 100)
    long = "Let us in by the side door. " * 400
    told = {
        one: pen.answers(one)
        for one in (pen.write("note", {"note": f"{n}: {long}"}) for n in range(4))
    }
    kept.store.close()
    key_of(kept.folder)
    whole = (kept.folder / "vault.db").read_bytes()
    pages = told_by_nobody(kept.folder)
    assert pages
    for page in pages:
        (kept.folder / "vault.db").write_bytes(whole)
        damage(kept.folder, page)
        assert repaired(kept.folder).lost == {"record": 1}
        store = opened(kept.folder, OLD)
        left = {one.id: one.answers for one in store.records(list(told))}
        assert len(left) == len(told) - 1
        assert left.items() <= told.items()
        store.close()


def told_by_nobody(folder: Path) -> list[int]:
    """Return the pages of records that are read without an error though they were altered."""
    whole = (folder / "vault.db").read_bytes()
    found = []
    for page in range(2, len(whole) // PAGE + 1):
        damage(folder, page)
        if can_open(folder):
            store = Store.open(folder, key_of(folder))
            with suppress(sqlcipher.Error):
                store.db.execute("SELECT * FROM record NOT INDEXED").fetchall()
                if store.db.execute("PRAGMA cipher_status").fetchone()[0] != "1":
                    found.append(page)
            store.db.close()
        (folder / "vault.db").write_bytes(whole)
    return found
