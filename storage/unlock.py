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
* The slot file is replaced in one step. The previous one is kept until the new one has opened the
  vault once, then it is removed, because it still holds the old passphrase.

Argon2id takes half a second and a quarter of a gigabyte on purpose: call these from a thread that
nobody waits for.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # writes into our own bytearrays

from desktop_app.casework.words import _
from storage import keyfile, recovery
from storage.durable import finish
from storage.errors import (
    LaptopRefuses,
    NoRecovery,
    NotEnoughMemory,
    VaultDamaged,
    VaultMissing,
    WrongPassphrase,
    WrongRecovery,
)
from storage.keyfile import BEFORE, NAME, PASSPHRASE, RECOVERY, KeyFile, Slot
from storage.secret import KEY as KEY  # noqa: PLC0414  whoever is handed a key knows its size
from storage.secret import normalise, word_list
from storage.secret import wipe as wipe  # noqa: PLC0414  whoever is handed a key here wipes it
from storage.strength import see_it_is_strong

_SALT, _NONCE, _TAG = 16, 24, 16
_MIB = 1 << 20
Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one guess at a passphrase is: passes over so many bytes of memory."""

    passes: int
    memory: int

    def reaches(self, other: "Cost") -> bool:
        """Say whether this is at least as much work as another."""
        return self.passes >= other.passes and self.memory >= other.memory


STANDARD = Cost(3, 256 * _MIB)
FLOOR = Cost(3, 64 * _MIB)
CEILING = Cost(10, 1024 * _MIB)


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
        raise LaptopRefuses(_("There is a vault in this folder already. Nothing was changed."))
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
    key = _open(_readable(folder), passphrase, floor)
    keyfile.settle(folder)
    return key


def change_passphrase(
    folder: Path, old: str, new: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR
) -> None:
    """Let other words open the vault from now on, and the old ones no longer.

    Raises:
        WrongPassphrase: the old words do not open it; nothing was changed.
        WeakPassphrase: the new ones could be guessed; nothing was changed.
        VaultError: as for `unlock` and `create_vault`; nothing was changed.
    """
    found = _readable(folder)
    _give_words(folder, found, _open(found, old, floor), new, cost=cost, floor=floor)


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
    found = _readable(folder)
    key = _open(found, passphrase, floor)
    slot = recovery_slot(key, found.vault, public)
    wipe(key)
    others = [one for one in found.slots if one.kind != RECOVERY]
    write_slots(folder, found.vault, [*others, slot])


def recover(
    folder: Path, words: str, new: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR
) -> None:
    """Open a vault with the recovery words and give it a new passphrase; the old one is no more.

    Raises:
        WrongRecovery: these are not its recovery words; nothing was changed.
        WeakPassphrase: the new passphrase could be guessed; nothing was changed.
        NoRecovery: it has no recovery key.
        VaultError: as for `unlock` and `create_vault`; nothing was changed.
    """
    found = _readable(folder)
    _give_words(folder, found, _open_recovery(found, words), new, cost=cost, floor=floor)


def unlock_with_recovery(folder: Path, words: str) -> bytearray:
    """Return the key of a vault, or of a backup, that the recovery words open.

    Raises:
        WrongRecovery: these are not its recovery words.
        NoRecovery: it has no recovery key.
        VaultError: as for `unlock`.
    """
    return _open_recovery(_readable(folder), words)


def passphrase_slot(
    key: bytearray, vault: str, passphrase: str, *, cost: Cost = STANDARD, floor: Cost = FLOOR
) -> Slot:
    """Return a slot in which the passphrase opens the key."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    slot = Slot(PASSPHRASE, salt.hex(), cost.passes, cost.memory, nonce.hex(), "")
    header = keyfile.bound(vault, slot)
    kek = _stretch(passphrase, salt, cost, floor)
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
    return Slot(slot.kind, slot.salt, slot.passes, slot.memory, slot.nonce, sealed.hex())


def recovery_slot(key: bytearray, vault: str, public: bytes) -> Slot:
    """Return a slot in which the words of a recovery key open the key."""
    sealed = recovery.seal(public, bytes.fromhex(vault), key)
    return Slot(RECOVERY, "", 0, 0, "", sealed.hex(), to=public.hex())


def write_slots(folder: Path, vault: str, slots: list[Slot]) -> None:
    """Write the slot file of a vault."""
    keyfile.write(folder, KeyFile("vault keys", keyfile.VERSION, vault, slots))


def _give_words(
    folder: Path, found: KeyFile, key: bytearray, new: str, *, cost: Cost, floor: Cost
) -> None:
    """Let a new passphrase open the key, and no other passphrase. The key is wiped."""
    try:
        see_it_is_strong(new)
        slot = passphrase_slot(key, found.vault, new, cost=cost, floor=floor)
    finally:
        wipe(key)
    others = [one for one in found.slots if one.kind != PASSPHRASE]
    write_slots(folder, found.vault, [slot, *others])


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


def _open(found: KeyFile, passphrase: str, floor: Cost) -> bytearray:
    """Return the key that one of the passphrase slots holds."""
    slots = [one for one in found.slots if one.kind == PASSPHRASE]
    if not slots:
        raise VaultDamaged
    for slot in slots:
        key = _open_slot(slot, keyfile.bound(found.vault, slot), passphrase, floor)
        if key is not None:
            return key
    raise WrongPassphrase


def _open_recovery(found: KeyFile, words: str) -> bytearray:
    """Return the key that one of the recovery slots holds."""
    slots = [one for one in found.slots if one.kind == RECOVERY]
    if not slots:
        raise NoRecovery
    seed, vault = recovery.seed_of(words), bytes.fromhex(found.vault)
    try:
        for slot in slots:
            key = recovery.open_seal(seed, vault, bytes.fromhex(slot.sealed))
            if key is not None:
                return key
    finally:
        wipe(seed)
    raise WrongRecovery


def _open_slot(slot: Slot, header: bytes, passphrase: str, floor: Cost) -> bytearray | None:
    salt, nonce, sealed = (bytes.fromhex(part) for part in (slot.salt, slot.nonce, slot.sealed))
    if (len(salt), len(nonce), len(sealed)) != (_SALT, _NONCE, KEY + _TAG):
        raise VaultDamaged
    kek, key = _stretch(passphrase, salt, Cost(slot.passes, slot.memory), floor), bytearray(KEY)
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


def _stretch(passphrase: str, salt: bytes, cost: Cost, floor: Cost) -> bytearray:
    """Return the key Argon2id makes of a passphrase."""
    if not cost.reaches(floor) or not CEILING.reaches(cost):
        raise VaultDamaged
    words, kek = bytearray(normalise(passphrase).encode()), bytearray(KEY)
    made = lib.crypto_pwhash(
        ffi.from_buffer("unsigned char[]", kek),
        len(kek),
        ffi.from_buffer("char[]", words),
        len(words),
        salt,
        cost.passes,
        cost.memory,
        lib.crypto_pwhash_alg_argon2id13(),
    )
    wipe(words)
    if made != 0:
        raise NotEnoughMemory
    return kek
