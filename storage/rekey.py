# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new key for a vault, on the suspicion that somebody has seen the old one.

Rules, each with a test:

* Before anything is written anew the vault is looked through; a damaged one is left as it is.
* While it is written, the slots hold both keys: wherever the power goes, the passphrase and the
  recovery words open it, with the old key or the new one.
* It counts only after it was closed, opened again with the new key, and compared.
* Then the old key opens nothing any more: its slots are gone, and the vault has another pair of its
  own, because whoever had the old key could read the last one.
* What was copied before stays as it was: earlier backups open with the recovery words, and an old
  copy of the vault with the old key.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_app.casework.words import _
from storage import connection, custody, holders, keyfile
from storage.check import check
from storage.copies import Step, extent
from storage.cost import FLOOR, STANDARD, Cost
from storage.errors import NotRekeyed, VaultDamaged, VaultError
from storage.keyfile import KeyFile
from storage.secret import KEY, wipe
from storage.store import Store
from storage.unlock import entered, passphrase_slot, write_slots

REKEYED = "rekeyed"
"""Setting of a vault that was given a new key: when, in UTC milliseconds."""


def rekey(
    store: Store,
    passphrase: str,
    *,
    now_ms: int,
    cost: Cost = STANDARD,
    floor: Cost = FLOOR,
    progress: Step = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Encrypt an open vault anew with a new key. It stays open.

    Args:
        store: the vault, used by nobody else meanwhile.
        passphrase: as typed; it stays the same.
        now_ms: UTC milliseconds.
        cost: work of one guess at the passphrase from now on.
        floor: least work that is accepted; only tests lower it.
        progress: told in words what is done.
        cancelled: asked before each step, up to the one that writes.

    Raises:
        WrongPassphrase: these are not the words; nothing was changed.
        NotRekeyed: why, in words; the vault opens as before.
        VaultDamaged: what was written is not what was there; both keys stand in the slots.
    """
    folder = store.folder
    if folder is None:
        raise NotRekeyed

    def step(words: str) -> None:
        if cancelled():
            raise NotRekeyed(_("Stopped. The casebook has the key it had, and opens as before."))
        progress(words)

    step(_("Trying the passphrase …"))
    found, old = entered(folder, passphrase, floor=floor)
    new, turn = bytearray(os.urandom(KEY)), found.turn + 1
    try:
        _refuse_damaged(store, step)
        step(_("Writing the casebook anew …"))
        words = passphrase_slot(new, found.vault, passphrase, cost=cost, floor=floor, turn=turn)
        paper = holders.paper_slots(store, new, found.vault, turn=turn)
        write_slots(folder, found.vault, [*found.slots, words, *paper])
        _turn(store, folder, found, old=old, new=new)
        holders.new_pair(store)
        own = holders.own_slot(store, new, found.vault, turn=turn)
        write_slots(folder, found.vault, [words, *paper, own])
        keyfile.settle(folder)
        store.put(REKEYED, now_ms)
        custody.note(store, "rekeyed", now_ms=now_ms)
    finally:
        wipe(old)
        wipe(new)


def _refuse_damaged(store: Store, step: Step) -> None:
    if any(one.what != "log" for one in check(store, progress=step)):
        raise NotRekeyed(
            _(
                "Something in this casebook is damaged, so it was given no new key. Have it "
                "repaired first."
            )
        )


def _turn(store: Store, folder: Path, found: KeyFile, *, old: bytearray, new: bytearray) -> None:
    """Write the vault with the new key, open it again and compare; else leave it with the old."""
    expected = extent(store)
    with suppress(VaultError):  # why is not told by the driver; which key opens it, is tried
        connection.turn_to(store.db, bytearray(new))
    store.db.close()
    try:
        store.db = connection.connect(folder, bytearray(new))
    except VaultDamaged:
        store.db = connection.connect(folder, bytearray(old))
        write_slots(folder, found.vault, found.slots)
        raise NotRekeyed from None
    if extent(store) != expected or any(one.what != "log" for one in check(store)):
        raise VaultDamaged
