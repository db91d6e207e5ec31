# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Signing in to a vault, and what is put in order while its key is at hand.

Rules, each with a test:

* After wrong words there is a wait; whoever signs in is told how often it was tried, and so is the
  audit. So is that the recovery words were used.
* The slots are those the vault names, and there is room kept for a full disk, from then on. Where
  that cannot be written now, nobody is kept out for it.
* The key is wiped.
"""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storage import ballast, custody, holders, tries
from storage.connection import was_left_open
from storage.cost import FLOOR, STANDARD, Cost
from storage.errors import LaptopFull, LaptopRefuses, VaultError, WrongPassphrase
from storage.secret import wipe
from storage.store import Store
from storage.tries import Tries
from storage.unlock import create_vault, unlock


@dataclass(frozen=True, slots=True)
class Entered:
    """A vault somebody has signed in to.

    Attributes:
        store: the vault, open.
        tries: the wrong passphrases before that.
        unclean: whether it had not been closed the last time.
    """

    store: Store
    tries: Tries
    unclean: bool = False


def create(folder: Path, passphrase: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR) -> Store:
    """Make a new vault and open it.

    Raises:
        VaultError: as for `create_vault` and `Store.create`.
    """
    key = create_vault(folder, passphrase, cost=cost, floor=floor)
    try:
        store = Store.create(folder, bytearray(key))
        holders.put_in_order(store, key)
    finally:
        wipe(key)
    return store


def enter(folder: Path, passphrase: str, *, now_ms: int, floor: Cost = FLOOR) -> Entered:
    """Sign in to a vault.

    Args:
        folder: the vault's folder.
        passphrase: as typed.
        now_ms: UTC milliseconds.
        floor: least work that is accepted; only tests lower it.

    Raises:
        TooSoon: wrong words were tried a moment ago.
        VaultError: as for `unlock` and `Store.open`.
    """
    key = at_the_door(folder, passphrase, now_ms=now_ms, floor=floor)
    unclean = was_left_open(folder)
    try:
        store = Store.open(folder, bytearray(key))
        with suppress(LaptopFull, LaptopRefuses):
            holders.put_in_order(store, key)
        with suppress(VaultError):
            store.find_people()
        ballast.lay(folder)
    finally:
        wipe(key)
    before = tries.read(folder)
    if _written(store, before, now_ms):
        tries.forget(folder)
    return Entered(store, before, unclean=unclean)


def at_the_door(folder: Path, passphrase: str, *, now_ms: int, floor: Cost = FLOOR) -> bytearray:
    """Return the key of a vault nobody has signed in to; wrong words are counted.

    Raises:
        TooSoon: wrong words were tried a moment ago.
        VaultError: as for `unlock`.
    """
    tries.refuse_too_soon(folder, now_ms)
    try:
        return unlock(folder, passphrase, floor=floor)
    except WrongPassphrase:
        tries.note(folder, now_ms)
        raise


def _written(store: Store, before: Tries, now_ms: int) -> bool:
    """Write into the audit what was tried at the door; say whether there was room for it."""
    wrong = before.count == 0 or custody.note(
        store, "wrong_words", now_ms=now_ms, count=before.count, since_ms=before.first_ms
    )
    used_ms = before.recovered_ms
    return wrong and (used_ms == 0 or custody.note(store, "recovered", now_ms=used_ms))
