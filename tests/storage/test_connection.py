# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Opening and closing the encrypted file: every rule of storage/connection.py and places.py."""

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from storage import durable
from storage.connection import APPLICATION, settle
from storage.errors import (
    LaptopFull,
    LaptopRefuses,
    UnsafeBuild,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultMissing,
    VaultNewer,
)
from storage.schema import migrations
from storage.store import Store
from tests.storage.pen import Pen, opened

SENTINELS = ("Quillfeather", "Brambleholt", "kingfisherly")


# What is refused


def test_a_missing_file_is_refused_and_never_made(tmp_path: Path, secret: bytes) -> None:
    with pytest.raises(VaultMissing):
        opened(tmp_path, secret)
    with pytest.raises(VaultMissing):
        opened(tmp_path / "nowhere", secret)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [0, 1, 15])
def test_an_empty_or_tiny_file_is_refused_and_left_as_it_is(
    tmp_path: Path, secret: bytes, length: int
) -> None:
    (tmp_path / "vault.db").write_bytes(b"x" * length)
    with pytest.raises(VaultDamaged):
        opened(tmp_path, secret)
    assert (tmp_path / "vault.db").read_bytes() == b"x" * length
    assert [one.name for one in tmp_path.iterdir()] == ["vault.db"]


def test_an_unencrypted_file_is_refused(tmp_path: Path, secret: bytes) -> None:
    plain = sqlite3.connect(tmp_path / "vault.db")
    plain.execute("CREATE TABLE record (id)")
    plain.close()
    before = (tmp_path / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged):
        opened(tmp_path, secret)
    assert (tmp_path / "vault.db").read_bytes() == before


def test_another_key_opens_nothing_and_harms_nothing(closed: Path, secret: bytes) -> None:
    before = (closed / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged):
        opened(closed, os.urandom(32))
    assert (closed / "vault.db").read_bytes() == before
    opened(closed, secret).close()


def test_a_second_tandem_is_told_that_the_vault_is_in_use(
    store: Store, place: Path, secret: bytes
) -> None:
    with pytest.raises(VaultInUse, match="already open"):
        opened(place, secret)
    store.put("still", 1)
    store.close()
    again = opened(place, secret)
    assert again.get("still") == 1
    again.close()


def test_a_vault_of_a_newer_tandem_is_refused_and_left_as_it_is(
    store: Store, place: Path, secret: bytes
) -> None:
    store.rows(f"PRAGMA user_version = {len(migrations()) + 1}")
    store.close()
    before = (place / "vault.db").read_bytes()
    with pytest.raises(VaultNewer, match="newer Tandem"):
        opened(place, secret)
    assert (place / "vault.db").read_bytes() == before


def test_an_encrypted_file_of_another_program_is_refused(
    store: Store, place: Path, secret: bytes
) -> None:
    store.rows("PRAGMA application_id = 7")
    store.close()
    with pytest.raises(VaultDamaged):
        opened(place, secret)


def test_a_vault_whose_search_keeps_traces_is_refused(
    store: Store, place: Path, secret: bytes
) -> None:
    store.write("INSERT INTO words (words, rank) VALUES ('secure-delete', 0)")
    store.close()
    with pytest.raises(UnsafeBuild):
        opened(place, secret)


def test_a_database_that_cannot_be_settled_is_refused() -> None:
    in_memory = sqlcipher.connect(":memory:", isolation_level=None)
    with pytest.raises(UnsafeBuild):
        settle(in_memory)
    in_memory.close()


def test_a_vault_is_never_made_over_another(closed: Path, secret: bytes) -> None:
    before = (closed / "vault.db").read_bytes()
    with pytest.raises(LaptopRefuses):
        Store.create(closed, bytearray(32))
    assert (closed / "vault.db").read_bytes() == before
    opened(closed, secret).close()


def test_a_vault_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged):
        Store.create(tmp_path, bytearray(31))
    assert list(tmp_path.iterdir()) == []


def test_the_vaults_file_is_its_owners_alone(closed: Path) -> None:
    assert (closed / "vault.db").stat().st_mode & 0o077 == 0


# Settings


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("application_id", APPLICATION),
        ("user_version", len(migrations())),
    ],
)
def test_an_open_vault_has_every_setting_that_keeps_it_safe(
    closed: Path, secret: bytes, setting: str, expected: object
) -> None:
    again = opened(closed, secret)
    said = [row[0] for row in again.rows(f"PRAGMA {setting}")]
    assert said == [expected]
    again.close()


def test_an_open_vault_is_not_mapped_into_memory(store: Store) -> None:
    assert all(row[0] == 0 for row in store.rows("PRAGMA mmap_size"))


def test_the_cipher_is_there_and_new_enough(store: Store) -> None:
    assert store.rows("PRAGMA cipher_version")[0][0]
    assert sqlcipher.sqlite_version_info >= (3, 51, 3)
    compiled = {row[0] for row in store.rows("PRAGMA compile_options")}
    assert compiled & {"TEMP_STORE=2", "TEMP_STORE=3"}


def test_an_open_vault_loads_no_extensions(store: Store) -> None:
    with pytest.raises(VaultError):
        store.rows("SELECT load_extension('anything')")


def test_the_search_erases_what_is_taken_out(store: Store) -> None:
    assert store.rows("SELECT v FROM words_config WHERE k = 'secure-delete'") == [(1,)]


def test_every_page_is_signed_and_whole(store: Store) -> None:
    Pen(store).client("Croft")
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.rows("PRAGMA cipher_integrity_check") == []


# Closing


def test_a_closed_vault_is_one_file(pen: Pen, place: Path) -> None:
    pen.client("Croft")
    assert {one.name for one in place.iterdir()} > {"vault.db"}
    pen.store.close()
    assert [one.name for one in place.iterdir()] == ["vault.db"]


def test_closing_twice_is_told_in_plain_words(store: Store) -> None:
    store.close()
    with pytest.raises(VaultError):
        store.close()


def assert_nowhere(place: Path) -> None:
    for file in place.iterdir():
        raw = file.read_bytes()
        assert raw
        for word in SENTINELS:
            for said in (word, word.lower(), word.upper()):
                assert said.encode() not in raw
                assert said.encode("utf-16-le") not in raw


def test_no_word_of_a_record_is_in_any_file_of_the_vault_open_or_closed(
    pen: Pen, place: Path
) -> None:
    client = pen.client(SENTINELS[0], SENTINELS[1])
    pen.write("note", {"note": " ".join(SENTINELS) * 200}, client=client)
    assert_nowhere(place)
    pen.store.close()
    assert_nowhere(place)


# What is said


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, LaptopFull),
        (errno.EDQUOT, LaptopFull),
        (errno.EACCES, LaptopRefuses),
        (errno.EIO, LaptopRefuses),
    ],
)
def test_what_the_disk_says_is_told_in_plain_words(number: int, kind: type[VaultError]) -> None:
    error = OSError(number, "words of the system", "/somewhere/vault.db")
    told = durable.in_words(error)
    assert type(told) is kind
    assert "somewhere" not in str(told)


def test_every_kind_of_error_has_a_sentence_of_its_own() -> None:
    kinds: list[type[VaultError]] = [VaultError, *VaultError.__subclasses__()]
    said = [str(kind()) for kind in kinds]
    assert all(one.endswith(".") for one in said)
    assert len(set(said)) == len(kinds)
