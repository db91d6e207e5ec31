# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A fresh vault for each test, with a key and a feed of its own."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from storage import ledger
from storage.errors import VaultError
from storage.store import Store
from tests.storage.pen import OWN, Pen, feed
from tests.storage.safe import Kept, kept_in


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give the folder the vault lies in."""
    folder = tmp_path / "vaults" / "northside"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def secret() -> bytes:
    """Give the vault's key; the store wipes the copies it is handed."""
    return os.urandom(32)


@pytest.fixture
def bare(place: Path, secret: bytes) -> Iterator[Store]:
    """Give a fresh store that has not joined a team."""
    made = Store.create(place, bytearray(secret))
    yield made
    with suppress(VaultError):  # a test may have closed it
        made.close()


@pytest.fixture
def store(bare: Store) -> Store:
    """Give a fresh store with a feed of its own."""
    with bare.transaction():
        ledger.use_feed(bare, feed(OWN), author="ann")
    return bare


@pytest.fixture
def pen(store: Store) -> Pen:
    """Give what writes into the store."""
    return Pen(store)


@pytest.fixture
def closed(store: Store, place: Path) -> Path:
    """Give the folder of a vault that is closed."""
    store.close()
    return place


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Give a vault with a recovery key, something in it, and a folder for its backups."""
    with kept_in(tmp_path) as made:
        yield made
