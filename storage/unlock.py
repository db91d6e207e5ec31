# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Passphrases: the words that open a vault, and how they are turned into its key.

A vault is encrypted with 32 random bytes, its key. The key lies beside it in `vault.keys`, locked
with a second key that Argon2id makes from the passphrase. Rules, each with a test:

* Changing the passphrase rewrites the slot; the vault's own file does not change by a byte. So does
  recovering: the recovery key's words open the vault, and it is given a new passphrase.
* Every number a slot names is authenticated with the key it holds: none can be lowered unnoticed.
* Less work than the floor is refused, more than the ceiling too: a planted slot file can neither
  make guessing cheap nor hang the laptop.
* A wrong passphrase, a damaged file, a newer one and too little memory each have their own words.
* A passphrase that could be guessed is not taken when one is changed or given after recovering.
* Capitals, double spaces and look-alike letters of other keyboards make no difference.
* Keys are handed over in bytearrays, and what is not handed over is wiped. No key and no
  passphrase stands in an exception.
* While a vault gets a new key (`rekey`) both keys stand in the slots, and the one that opens it is
  taken; after that the other's slots are gone.
* The slot file is replaced in one step. The previous one is kept until the new one has opened the
  vault once, then it is removed, because it still holds the old passphrase.

Argon2id takes half a second and a quarter of a gigabyte on purpose: call these from a thread that
nobody waits for.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # writes into our own bytearrays

from desktop_app.casework.words import _
from storage import connection, keyfile, recovery, tries
from storage.cost import CEILING, FLOOR, STANDARD, Cost, stretch
from storage.durable import finish
from storage.errors import (
    LaptopRefuses,
    NoRecovery,
    VaultDamaged,
    VaultMissing,
    WrongPassphrase,
    WrongRecovery,
)
from storage.keyfile import BEFORE, NAME, PASSPHRASE, RECOVERY, TEAM, KeyFile, Slot
from storage.secret import KEY, wipe, word_list
from storage.strength import see_it_is_strong

__all__ = ["CEILING", "FLOOR", "KEY", "STANDARD", "Cost", "wipe"]

_SALT, _NONCE, _TAG = 16, 24, 16
Random = Callable[[int], bytes]
Keys = dict[int, bytearray]
"""The keys some words open, by their turn: one, unless the vault was getting a new one."""


def generate(words: int = 5, *, random: Random = os.urandom) -> str:
    """Make up a passphrase; every word is equally likely."""
    listed = word_list()
    fair = 0x10000 - 0x10000 % len(listed)
    chosen: list[str] = []
    while len(chosen) < words:
        number = int.from_bytes(random(2), "big")
        if number < fair:
            chosen.append(listed[number % len(listed)])
    return " ".join(chosen)


def create_vault(
    folder: Path, passphrase: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR
) -> bytearray:
    """Make the slot file of a new vault and return the new vault's key.

    Args:
        folder: an empty or missing folder.
        passphrase: as typed.
        cost: work of one guess.
        floor: least work that is accepted; only tests, which have nothing to hide, lower it.

    Raises:
        LaptopRefuses: a vault is there already, or the folder cannot be written.
        NotEnoughMemory: as it says.
        LaptopFull: as it says.
    """
    if (folder / NAME).exists() or (folder / BEFORE).exists():
        raise LaptopRefuses(_("There is a casebook in this folder already. Nothing was changed."))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        raise LaptopRefuses from None
    key, vault = bytearray(os.urandom(KEY)), os.urandom(16).hex()
    slot = passphrase_slot(key, vault, passphrase, cost=cost, floor=floor)
    write_slots(folder, vault, [slot])
    return key


def unlock(folder: Path, passphrase: str, *, floor: Cost = FLOOR) -> bytearray:
    """Return a vault's key, which the caller wipes or hands to `Store.open`.

    Args:
        folder: the vault's folder.
        passphrase: as typed.
        floor: least work that is accepted; only tests lower it.

    Raises:
        WrongPassphrase: these are not the words.
        VaultMissing: there is no vault.
        VaultDamaged: its slot file is incomplete, altered, or asks for too little or too much.
        VaultNewer: a newer Tandem wrote it.
        NotEnoughMemory: as it says.
    """
    _found, key = entered(folder, passphrase, floor=floor)
    keyfile.settle(folder)
    return key


def entered(folder: Path, passphrase: str, *, floor: Cost = FLOOR) -> tuple[KeyFile, bytearray]:
    """Return a vault's slots and its key.

    Raises:
        VaultError: as for `unlock`.
    """
    found = _readable(folder)
    return _present(folder, found, _open(found, passphrase, floor))


def change_passphrase(
    folder: Path, old: str, new: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR
) -> None:
    """Let other words open the vault from now on, and the old ones no longer.

    Raises:
        WrongPassphrase: the old words do not open it; nothing was changed.
        WeakPassphrase: the new ones could be guessed; nothing was changed.
        VaultError: as for `unlock` and `create_vault`; nothing was changed.
    """
    found, key = entered(folder, old, floor=floor)
    _give_words(folder, found, key, new, cost=cost, floor=floor)


def add_recovery(folder: Path, passphrase: str, public: bytes, *, floor: Cost = FLOOR) -> None:
    """Let the words of a recovery key open the vault too; those of an earlier one no longer.

    Args:
        folder: the vault's folder.
        passphrase: as typed.
        public: the recovery key's public half; the words themselves are not needed.
        floor: least work that is accepted; only tests lower it.

    Raises:
        VaultError: as for `unlock`; nothing was changed.
    """
    found, key = entered(folder, passphrase, floor=floor)
    slot = recovery_slot(key, found.vault, public, turn=found.turn)
    wipe(key)
    others = [one for one in found.slots if one.kind != RECOVERY]
    write_slots(folder, found.vault, [*others, slot])


def recover(
    folder: Path,
    words: str,
    new: str,
    *,
    now_ms: int,
    cost: Cost = STANDARD,
    floor: Cost = FLOOR,
) -> None:
    """Open a vault with the recovery words and give it a new passphrase; the old one is no more.

    That it was done is written into the audit when somebody next signs in: it is done to damaged
    vaults too, before they are repaired.

    Args:
        folder: the vault's folder.
        words: the recovery words, as typed.
        new: the passphrase from now on.
        now_ms: UTC milliseconds.
        cost: work of one guess at it.
        floor: least work that is accepted; only tests lower it.

    Raises:
        WrongRecovery: these are not its recovery words; nothing was changed.
        WeakPassphrase: the new passphrase could be guessed; nothing was changed.
        NoRecovery: it has no recovery key.
        VaultError: as for `unlock` and `create_vault`; nothing was changed.
    """
    see_it_is_strong(new)
    found = _readable(folder)
    found, key = _present(folder, found, open_recovery(found, words))
    tries.note_recovered(folder, now_ms)
    _give_words(folder, found, key, new, cost=cost, floor=floor)


def unlock_with_recovery(folder: Path, words: str) -> bytearray:
    """Return the key of a vault, or of a backup, that the recovery words open.

    Raises:
        WrongRecovery: these are not its recovery words.
        NoRecovery: it has no recovery key.
        VaultError: as for `unlock`.
    """
    found = _readable(folder)
    return _present(folder, found, open_recovery(found, words))[1]


def passphrase_slot(
    key: bytearray,
    vault: str,
    passphrase: str,
    *,
    cost: Cost = STANDARD,
    floor: Cost = FLOOR,
    turn: int = 0,
) -> Slot:
    """Return a slot in which the passphrase opens the key."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    slot = Slot(PASSPHRASE, salt.hex(), cost.passes, cost.memory, nonce.hex(), "")
    header = keyfile.bound(vault, slot)
    kek = stretch(passphrase, salt, cost, floor)
    sealed = bytearray(KEY + _TAG)
    lib.crypto_aead_xchacha20poly1305_ietf_encrypt(
        ffi.from_buffer("unsigned char[]", sealed),
        ffi.NULL,
        ffi.from_buffer("unsigned char[]", key),
        len(key),
        header,
        len(header),
        ffi.NULL,
        nonce,
        ffi.from_buffer("unsigned char[]", kek),
    )
    wipe(kek)
    return msgspec.structs.replace(slot, sealed=sealed.hex(), turn=turn)


def recovery_slot(
    key: bytearray, vault: str, public: bytes, *, kind: str = RECOVERY, turn: int = 0
) -> Slot:
    """Return a slot that the secret half of a pair opens, such as the words of a recovery key."""
    sealed = recovery.seal(public, bytes.fromhex(vault), key)
    return Slot(kind, "", 0, 0, "", sealed.hex(), to=public.hex(), turn=turn)


def write_slots(folder: Path, vault: str, slots: list[Slot]) -> None:
    """Write the slot file of a vault."""
    keyfile.write(folder, KeyFile("vault keys", keyfile.VERSION, vault, slots))


def _give_words(
    folder: Path, found: KeyFile, key: bytearray, new: str, *, cost: Cost, floor: Cost
) -> None:
    """Let a new passphrase open the key, and no other passphrase. The key is wiped."""
    try:
        see_it_is_strong(new)
        slot = passphrase_slot(key, found.vault, new, cost=cost, floor=floor, turn=found.turn)
    finally:
        wipe(key)
    others = [one for one in found.slots if one.kind != PASSPHRASE]
    write_slots(folder, found.vault, [slot, *others])


def _present(folder: Path, found: KeyFile, keys: Keys) -> tuple[KeyFile, bytearray]:
    """Return the slots and the key of the vault as it now is; only those are kept.

    When the power went while the vault got a new key, both stand in the slot file, and one of them
    opens the vault.
    """
    turn = next(iter(keys))
    if len(keys) > 1:
        right = (one for one, key in keys.items() if connection.opens(folder, key))
        turn = next(right, -1)
        kept = [one for one in found.slots if one.turn == turn]
        found = msgspec.structs.replace(found, slots=kept)
        if kept:
            keyfile.write(folder, found)
    key = keys.pop(turn, None)
    for other in keys.values():
        wipe(other)
    if key is None:
        raise VaultDamaged
    return found, key


def _readable(folder: Path) -> KeyFile:
    """Return the slot file, or the previous one when a power cut left no good newer one."""
    finish(folder)
    try:
        return keyfile.read(folder / NAME)
    except (VaultDamaged, VaultMissing):
        if (folder / BEFORE).exists():
            return keyfile.read(folder / BEFORE)
        if (folder / "vault.db").exists():
            raise VaultDamaged from None
        raise


def _open(found: KeyFile, passphrase: str, floor: Cost) -> Keys:
    """Return the keys that the passphrase slots hold."""
    slots = [one for one in found.slots if one.kind == PASSPHRASE]
    if not slots:
        raise VaultDamaged
    keys: Keys = {}
    for slot in slots:
        key = _open_slot(slot, keyfile.bound(found.vault, slot), passphrase, floor)
        keys |= {slot.turn: key} if key is not None else {}
    if not keys:
        raise WrongPassphrase
    return keys


def open_recovery(found: KeyFile, words: str, *, kinds: Sequence[str] = (RECOVERY, TEAM)) -> Keys:
    """Return the keys that the recovery slots hold.

    Raises:
        WrongRecovery: these are not its recovery words.
        NoRecovery: there is no such slot.
    """
    slots = [one for one in found.slots if one.kind in kinds]
    if not slots:
        raise NoRecovery
    seed, vault, keys = recovery.seed_of(words), bytes.fromhex(found.vault), Keys()
    try:
        for slot in slots:
            key = recovery.open_seal(seed, vault, bytes.fromhex(slot.sealed))
            keys |= {slot.turn: key} if key is not None else {}
    finally:
        wipe(seed)
    if not keys:
        raise WrongRecovery
    return keys


def _open_slot(slot: Slot, header: bytes, passphrase: str, floor: Cost) -> bytearray | None:
    salt, nonce, sealed = (bytes.fromhex(part) for part in (slot.salt, slot.nonce, slot.sealed))
    if (len(salt), len(nonce), len(sealed)) != (_SALT, _NONCE, KEY + _TAG):
        raise VaultDamaged
    kek, key = stretch(passphrase, salt, Cost(slot.passes, slot.memory), floor), bytearray(KEY)
    opened = lib.crypto_aead_xchacha20poly1305_ietf_decrypt(
        ffi.from_buffer("unsigned char[]", key),
        ffi.NULL,
        ffi.NULL,
        sealed,
        len(sealed),
        header,
        len(header),
        nonce,
        ffi.from_buffer("unsigned char[]", kek),
    )
    wipe(kek)
    return key if opened == 0 else None
