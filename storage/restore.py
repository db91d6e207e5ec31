# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Restoring: a vault made anew from nothing but a backup and the recovery words.

Rules, each with a test:

* No vault need be there, whole or damaged. One that is there is kept beside, under another name;
  nothing is written over and nothing is removed.
* The backup is read and never written to. The new vault has a key and a passphrase of its own.
* It counts only after it was opened and compared with the backup (`copies`).
* It is marked: the next exchange goes on under a new line of bundles, because the numbers of the
  old one may have been used since the backup was made.
* What is told at the end is how far the backup goes: own work that is newer and was never shared
  is missing.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.words import _
from storage import audit, custody, holders, keyfile, ledger, places
from storage.connection import connect, copy_into, peek, refuse_in_use
from storage.copies import Step, counts, extent
from storage.durable import beside, flush_file, in_words, put_in_place
from storage.errors import NotRestored, VaultDamaged, VaultMissing
from storage.older import OLDER, RESTORED, WENT_ON
from storage.store import Store
from storage.strength import see_it_is_strong
from storage.unlock import (
    FLOOR,
    KEY,
    STANDARD,
    Cost,
    passphrase_slot,
    unlock_with_recovery,
    wipe,
    write_slots,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of restoring.

    Attributes:
        folder: where the vault now lies.
        kept: where the one that was there before now lies; None when there was none.
        newest_ms: when the newest of this laptop's own work in it was recorded, in UTC
            milliseconds; 0 when it holds none.
        waiting: how many of its own changes were not shared when the backup was made.
    """

    folder: Path
    kept: Path | None
    newest_ms: int
    waiting: int


def restore(
    backup: Path,
    to: Path,
    *,
    words: str,
    passphrase: str,
    now_ms: int,
    cost: Cost = STANDARD,
    floor: Cost = FLOOR,
    progress: Step = lambda _words: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Restored:
    """Make a vault from a backup.

    Args:
        backup: the backup's own folder.
        to: where the vault is to lie.
        words: the recovery words, as typed.
        passphrase: what is to open the vault from now on.
        now_ms: UTC milliseconds.
        cost: work of one guess at the passphrase.
        floor: least work that is accepted; only tests lower it.
        progress: told in words what is done.
        cancelled: asked before each step.

    Raises:
        WrongRecovery: these are not its recovery words.
        WeakPassphrase: the new passphrase could be guessed.
        NotRestored: why, in words; everything is as it was.
        VaultMisplaced: a vault cannot lie there.
        VaultInUse: the vault that lies there is open.
        VaultError: in one of its other kinds; everything is as it was.
    """

    def step(said: str) -> None:
        if cancelled():
            raise NotRestored(_("Stopped. Nothing was put back; everything is as it was."))
        progress(said)

    see_it_is_strong(passphrase)
    places.refuse_unsuitable(to)
    refuse_in_use(to)
    step(_("Opening the backup …"))
    old, new = _key_of(backup, words), bytearray(os.urandom(KEY))
    part = beside(to)
    try:
        part.mkdir(parents=True, mode=0o700)
        _copied(backup, old, part, new, step=step)
        step(_("Giving it the new passphrase …"))
        name = keyfile.read(backup / keyfile.NAME).vault
        slot = passphrase_slot(new, name, passphrase, cost=cost, floor=floor)
        newest_ms, waiting, others = _marked(part, new, name, now_ms)
        write_slots(part, name, [slot, *others])
        return Restored(to, put_in_place(part, to, now_ms=now_ms), newest_ms, waiting)
    except OSError as error:
        raise in_words(error) from None
    finally:
        wipe(old)
        wipe(new)
        shutil.rmtree(part, ignore_errors=True)


def _key_of(backup: Path, words: str) -> bytearray:
    try:
        return unlock_with_recovery(backup, words)
    except VaultMissing:
        raise NotRestored(
            _("There is no backup in this folder: choose the one whose name begins tandem-backup.")
        ) from None
    except VaultDamaged:
        raise NotRestored from None


def _copied(backup: Path, old: bytearray, part: Path, new: bytearray, *, step: Step) -> None:
    """Copy a backup into a folder, and see that the copy counts."""
    step(_("Copying the backup …"))
    try:
        store = Store(peek(backup, bytearray(old)))
        try:
            expected = extent(store)
            copy_into(store.db, part, bytearray(new))
        finally:
            store.db.close()
        whole = counts(part, new, expected, step=step)
    except (VaultDamaged, VaultMissing):
        whole = False
    if not whole:
        raise NotRestored


def _marked(
    part: Path, key: bytearray, vault: str, now_ms: int
) -> tuple[int, int, list[keyfile.Slot]]:
    """Mark a vault as restored.

    Returns when its newest own work is from, how much waits, and its slots besides the passphrase.
    """
    store = Store(connect(part, bytearray(key)))
    try:
        store.put(RESTORED, now_ms)
        for said_before in (OLDER, WENT_ON):
            if store.get(said_before) is not None:
                store.put(said_before, None)
        own, waiting = ledger.own_feed(store), ledger.pending(store)
        told = [own.last_at] if own else []
        told += [one.at for _seq, changes in waiting for one in changes if one.audience != AUDIT]
        others = holders.sealed_slots(store, key, vault)
        waits = audit.to_share(store)
        custody.note(store, "restored", now_ms=now_ms)
        return max(told, default=0), waits, others
    finally:
        store.close()
        flush_file(part / "vault.db")
