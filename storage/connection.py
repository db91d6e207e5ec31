# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The encrypted file: how it is made and opened, and what must hold before anything is read.

Rules, each with a test:

* The key reaches SQLCipher as bytes, never inside SQL text, and is wiped on every path, so that no
  error, log or trace can show it.
* Opening never makes a file. A missing, empty or unencrypted file is refused.
* Every setting that keeps the file safe is made, read back, and compared at every opening.
* One Tandem at a time: a second one is told so at once.
* An error of the database leaves here in plain words, without its cause.

`cipher_memory_security` stays off, against the design notes: measured here it made an import of
100,000 changes six times slower (two system calls for every allocation). What it would protect is
protected otherwise: `set_key` leaves no copy of the key in memory, and locking ends the process.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from storage.durable import flush_file, flush_folder, in_words
from storage.errors import (
    LaptopFull,
    LaptopRefuses,
    UnsafeBuild,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultMissing,
)
from storage.schema import migrate
from storage.secret import KEY, wipe

DB = "vault.db"
APPLICATION = 0x54414E44
"""Marks the file as Tandem's ("TAND")."""
CACHE_KIB = 32 << 10
CHECKPOINT_PAGES = 1_000
AT_ONCE = 2_000
"""Pages copied between two glances: some megabytes, in some tens of milliseconds."""
_LOWEST_SQLITE = (3, 51, 3)
"""Older ones can lose committed work in write-ahead mode (SQLite's release notes of 3.51.3)."""
_PLAIN = b"SQLite format 3\0"
_WAIT_SECONDS = 0.2
_SETTINGS = (
    ("locking_mode = EXCLUSIVE", "locking_mode", "exclusive"),
    ("journal_mode = WAL", "journal_mode", "wal"),
    ("synchronous = FULL", "synchronous", 2),
    ("temp_store = MEMORY", "temp_store", 2),
    ("secure_delete = ON", "secure_delete", 1),
    ("foreign_keys = ON", "foreign_keys", 1),
    ("trusted_schema = OFF", "trusted_schema", 0),
    ("cell_size_check = ON", "cell_size_check", 1),
)


def make(folder: Path, key: bytearray) -> None:
    """Make a new, empty store in a folder. The key is wiped.

    Raises:
        VaultError: there is one already, or it could not be made.
    """
    path, beside = folder / DB, folder / (DB + ".new")
    try:
        if path.exists():
            raise LaptopRefuses
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with plainly():
            db = _keyed(beside, key)
            db.execute(f"PRAGMA application_id = {APPLICATION}")
            settle(db)
            migrate(db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.close()
        beside.replace(path)
        flush_folder(folder)
    except OSError as error:
        raise in_words(error) from None
    finally:
        wipe(key)
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def connect(folder: Path, key: bytearray) -> Any:
    """Open the store in a folder. The key is wiped.

    Raises:
        VaultMissing: there is none.
        VaultDamaged: it is empty, unencrypted, not Tandem's, or another key's.
        VaultInUse: another Tandem has it open.
        VaultNewer: a newer Tandem wrote it.
        UnsafeBuild: a setting that keeps it safe could not be made.
    """
    try:
        refuse_plain(folder / DB)
        with plainly():
            db = _keyed(folder / DB, key)
            try:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")  # before the first read, or it shares
                db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
                if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                    raise VaultDamaged
                settle(db)
                migrate(db)
                _assert_erasing(db)
            except BaseException:
                db.close()
                raise
            return db
    finally:
        wipe(key)


def copy_into(
    db: Any, folder: Path, key: bytearray, *, glance: Callable[[], None] = lambda: None
) -> None:
    """Copy an open store, as it is at this moment, into a new file under another key. It is wiped.

    Nobody writes meanwhile, for the store has one connection and it is in use here: a copy in
    many steps would begin again whenever somebody wrote, and might never end.

    Args:
        db: the open store.
        folder: where the copy is to lie.
        key: its key.
        glance: called every few megabytes; may raise to stop.

    Raises:
        VaultError: it could not be copied; a part of it may lie there.
    """
    path = folder / DB
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with plainly():
            copy = _keyed(path, key)
            try:
                db.backup(copy, pages=AT_ONCE, progress=lambda *_pages: glance())
            finally:
                copy.close()
        flush_file(path)
        flush_folder(folder)
    except OSError as error:
        raise in_words(error) from None
    finally:
        wipe(key)


def opens(folder: Path, key: bytearray) -> bool:
    """Say whether a key opens the closed store in a folder. The key is left to the caller.

    Raises:
        VaultError: it cannot be told, such as when it is in use.
    """
    try:
        connect(folder, bytearray(key)).close()
    except VaultDamaged:
        return False
    return True


def turn_to(db: Any, key: bytearray) -> None:
    """Encrypt an open store anew, all of it or nothing, with another key. The key is wiped.

    Raises:
        VaultError: it could not be done. Which key opens it now must be tried.
    """
    literal = _literal(key)
    try:
        with plainly():
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.reset_key(literal)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        wipe(literal)
        wipe(key)


def peek(folder: Path, key: bytearray) -> Any:
    """Open a closed store to read it, without a byte being written beside it. The key is wiped.

    Raises:
        VaultMissing: there is none.
        VaultDamaged: it is not a store, it is another key's, or a part of it was left behind.
    """
    try:
        refuse_plain(folder / DB)
        if (folder / f"{DB}-wal").exists():  # a copy of an open vault: its newest work lies there
            raise VaultDamaged
        with plainly():
            db = _keyed(folder / DB, key, mode="ro&immutable=1")
            try:
                if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                    raise VaultDamaged
            except BaseException:
                db.close()
                raise
            return db
    finally:
        wipe(key)


def reach(folder: Path, key: bytearray) -> Any:
    """Open what may be damaged, for reading as far as it goes. The key is wiped.

    Only what it takes to read is set, because every other setting reads pages.
    """
    try:
        with plainly():
            db = _keyed(folder / DB, key)
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            return db
    finally:
        wipe(key)


def refuse_in_use(folder: Path) -> None:
    """Refuse a vault that another Tandem has open, without its key and without a trace.

    Raises:
        VaultInUse: as it says.
    """
    try:
        with plainly():
            db = _keyed(folder / DB, bytearray(os.urandom(KEY)), mode="ro")
            try:
                db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                db.close()
    except VaultInUse:
        raise
    except VaultError:
        return


def was_left_open(folder: Path) -> bool:
    """Say whether a closed store was never closed: its laptop lost power, or Tandem was ended."""
    return (folder / f"{DB}-wal").exists()


def refuse_plain(path: Path) -> None:
    """Refuse a file that is missing, empty or not encrypted."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_PLAIN))
    except FileNotFoundError:
        raise VaultMissing from None
    except OSError as error:
        raise in_words(error) from None
    if len(head) < len(_PLAIN) or head == _PLAIN:
        raise VaultDamaged


def settle(db: Any) -> None:
    """Make every setting, and see that each was made."""
    version = sqlcipher.sqlite_version_info
    compiled = {row[0] for row in db.execute("PRAGMA compile_options")}
    cipher = db.execute("PRAGMA cipher_version").fetchone()
    safe = version >= _LOWEST_SQLITE and bool(cipher) and bool(cipher[0])
    safe = safe and not compiled.isdisjoint({"TEMP_STORE=2", "TEMP_STORE=3"})
    db.enable_load_extension(False)  # noqa: FBT003  the driver takes no keyword here
    for setting, name, expected in _SETTINGS:
        db.execute(f"PRAGMA {setting}")
        safe = safe and db.execute(f"PRAGMA {name}").fetchone()[0] == expected
    mapped = db.execute("PRAGMA mmap_size = 0").fetchone()
    if not safe or (mapped is not None and mapped[0] != 0):
        raise UnsafeBuild
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the database says into a sentence, and keep its own words out of it."""
    try:
        yield
    except sqlcipher.Error as error:
        raise _in_words(str(error)) from None


def _in_words(said: str) -> VaultError:
    if "full" in said:
        return LaptopFull()
    if "locked" in said or "busy" in said:
        return VaultInUse()
    if "not a database" in said or "malformed" in said or "no such table" in said:
        return VaultDamaged()
    if "readonly" in said or "unable to open" in said or "disk I/O" in said:
        return LaptopRefuses()
    return VaultError()


def _keyed(path: Path, key: bytearray, *, mode: str = "rw") -> Any:
    """Return a connection that holds the key and has read nothing yet."""
    if len(key) != KEY:
        raise VaultDamaged
    db = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_WAIT_SECONDS,
        cached_statements=256,
    )
    literal = _literal(key)
    try:
        db.execute("PRAGMA cipher_log_level = NONE")
        db.set_key(literal)
    finally:
        wipe(literal)
    return db


def _literal(key: bytearray) -> bytearray:
    """Return a raw key as SQLCipher reads it, without leaving its letters anywhere else."""
    digits = b"0123456789abcdef"
    literal = bytearray(b"x'")
    for byte in key:
        literal.append(digits[byte >> 4])
        literal.append(digits[byte & 15])
    literal += b"'"
    return literal


def _assert_erasing(db: Any) -> None:
    """See that a word taken out of the search index leaves no trace in it."""
    row = db.execute("SELECT v FROM words_config WHERE k = 'secure-delete'").fetchone()
    if row is None or row[0] != 1:
        raise UnsafeBuild
