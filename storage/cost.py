# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What one guess at a passphrase costs: passes of Argon2id over so much memory.

At 256 MiB and three passes the fastest cards of 2026 try some thousands a second; a million a
second takes a hall of them. Rules, each with a test:

* Less than the floor is refused, and more than the ceiling: a planted slot file can neither make
  guessing cheap nor hang the laptop.
* Each laptop is measured once: signing in takes from 0.4 to 1 second there. What was found is kept
  beside its vaults; what stands there out of bounds is measured again.
* Too little memory has its own words.
"""

import math
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # writes into our own bytearrays

from storage.durable import write_whole
from storage.errors import NotEnoughMemory, VaultDamaged, VaultError
from storage.secret import KEY, normalise, wipe

_MIB = 1 << 20
QUICKEST, SLOWEST = 0.4, 1.0
"""Seconds that signing in should take."""
KEPT = "passphrase.cost"


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


def stretch(passphrase: str, salt: bytes, cost: Cost, floor: Cost = FLOOR) -> bytearray:
    """Return the key Argon2id makes of a passphrase.

    Raises:
        VaultDamaged: the cost is out of bounds.
        NotEnoughMemory: as it says.
    """
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


def seconds_of(cost: Cost) -> float:
    """Return how long one guess takes here, in seconds.

    Raises:
        NotEnoughMemory: as it says.
    """
    began = time.perf_counter()
    stretch("amber copper dolphin lantern willow", bytes(16), cost)
    return time.perf_counter() - began


def calibrate(seconds: Callable[[Cost], float] = seconds_of) -> Cost:
    """Return what one guess is to cost on this laptop: the standard, unless it is slow or quick.

    Args:
        seconds: measures one guess.

    Raises:
        NotEnoughMemory: not even the least can be tried.
    """
    found, took = None, 0.0
    for memory in (STANDARD.memory, STANDARD.memory // 2, FLOOR.memory):
        with suppress(NotEnoughMemory):
            found = Cost(STANDARD.passes, memory)
            took = seconds(found)
            if took <= SLOWEST:
                break
            continue
        found = None
    if found is None:
        raise NotEnoughMemory
    passes = math.ceil(found.passes * QUICKEST / took) if took < QUICKEST else found.passes
    return Cost(min(passes, CEILING.passes), found.memory)


def of_laptop(home: Path, *, measure: Callable[[], Cost] = calibrate) -> Cost:
    """Return what one guess costs on this laptop; it is measured the first time.

    Args:
        home: where this laptop's vaults lie.
        measure: measures.

    Raises:
        NotEnoughMemory: as it says.
    """
    path = home / KEPT
    with suppress(OSError, msgspec.MsgspecError):
        kept = msgspec.json.decode(path.read_bytes(), type=Cost)
        if kept.reaches(FLOOR) and CEILING.reaches(kept):
            return kept
    found = measure()
    with suppress(OSError, VaultError):  # where it cannot be kept, it is measured again
        home.mkdir(parents=True, exist_ok=True)
        write_whole(path, msgspec.json.encode(found))
    return found
