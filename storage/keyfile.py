# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The file of slots beside a vault: the vault's key, locked once for each way to open it.

Nothing in it is secret; all of it is as precious as the vault. It is JSON, so that somebody with
the passphrase and a description can open a vault without Tandem.
"""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from storage.durable import in_words, unfinished, write_whole
from storage.errors import VaultDamaged, VaultMissing, VaultNewer

NAME = "vault.keys"
BEFORE = "vault.keys.before"
VERSION = 1
PASSPHRASE = "passphrase"  # noqa: S105  the kind of a slot, not a passphrase
RECOVERY, TEAM, OWN = "recovery", "team", "own"
_LARGEST = 64 << 10

Hex = Annotated[str, Meta(pattern="^([0-9a-f]{2})*$", max_length=4096)]


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """One way to open the vault.

    Attributes:
        kind: "passphrase"; "recovery", this vault's own paper; "team", the team's; "own", the
            vault itself. Other kinds are kept as they are.
        salt: 16 bytes that make this passphrase's key unlike any other's.
        passes: how many times Argon2id goes over its memory.
        memory: how many bytes Argon2id fills.
        nonce: 24 bytes used once.
        sealed: the vault's key, encrypted and authenticated together with all of the above; for a
            recovery key, a sealed box of the vault's name and its key, and the above are empty.
        to: the recovery key's public half. Only a hint: the one to trust stands in the vault.
        turn: which of the vault's keys it holds, counted from 0. Two stand side by side only while
            the vault gets a new one.
    """

    kind: str
    salt: Hex
    passes: int
    memory: int
    nonce: Hex
    sealed: Hex
    to: Hex = ""
    turn: Annotated[int, Meta(ge=0, le=1 << 30)] = 0


class KeyFile(msgspec.Struct, frozen=True):
    """The whole file.

    Attributes:
        tandem: says what the file is.
        version: how it is laid out.
        vault: 16 bytes that name the vault.
        slots: every way to open it.
        check: a plain hash of the rest: tells damage from a wrong passphrase, no more.
    """

    tandem: str
    version: int
    vault: Hex
    slots: list[Slot]
    check: Hex = ""

    @property
    def turn(self) -> int:
        """Return which of its keys the vault is at, or is getting."""
        return max((slot.turn for slot in self.slots), default=0)


def bound(vault: str, slot: Slot) -> bytes:
    """Return the header of a slot: what is authenticated with the key sealed in it."""
    header = [VERSION, vault, slot.kind, slot.salt, slot.passes, slot.memory]
    return msgspec.json.encode(header)


def read(path: Path) -> KeyFile:
    """Return what a slot file says.

    Raises:
        VaultMissing: there is no such file.
        VaultDamaged: it is incomplete or was altered by accident.
        VaultNewer: a newer Tandem wrote it.
        LaptopRefuses: the system would not let it be read.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise VaultMissing from None
    except OSError as error:
        raise in_words(error) from None
    try:
        version = msgspec.json.decode(raw[:_LARGEST], type=_Version).version
        if version > VERSION:
            raise VaultNewer
        found = msgspec.json.decode(raw[:_LARGEST], type=KeyFile)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        raise VaultDamaged from None
    if found.check != _check(found):
        raise VaultDamaged
    return found


def write(folder: Path, found: KeyFile) -> None:
    """Write the slot file; the one before it stays beside it until the new one has opened once.

    One that is damaged takes nobody's place: what stands beside it may be all there is.
    """
    path, before = folder / NAME, folder / BEFORE
    with suppress(VaultDamaged, VaultMissing):
        read(path)
        write_whole(before, path.read_bytes())
    checked = msgspec.structs.replace(found, check=_check(found))
    write_whole(path, msgspec.json.format(msgspec.json.encode(checked), indent=2) + b"\n")


def settle(folder: Path) -> None:
    """After a vault was opened, keep one slot file: the newest that is in order.

    The others still hold an old passphrase, or one that was never acknowledged; neither must open
    the vault for ever. Where the system will not let one go, the next time it opens will try again.
    """
    path, before = folder / NAME, folder / BEFORE
    if before.exists():
        try:
            read(path)
        except (VaultDamaged, VaultMissing):
            write_whole(path, before.read_bytes())
    for left in (before, unfinished(path), unfinished(before)):
        with suppress(OSError):
            left.write_bytes(bytes(left.stat().st_size))
            left.unlink()


class _Version(msgspec.Struct):
    version: int


def _check(found: KeyFile) -> str:
    plain = msgspec.json.encode(msgspec.structs.replace(found, check=""))
    return hashlib.blake2b(plain, digest_size=16, person=b"tandem-keyfile").hexdigest()
