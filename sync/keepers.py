# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The keepers' papers: the team's root keys, each twelve words on one person's paper.

They sign who coordinates, who leads, the recovery words and the papers that come after them;
nothing else. Rules, each with a test:

* Each paper holds a whole key of its own. They are not shares: nothing is ever put together.
* The words are those of a recovery key, and so are their checks: a wrong word is found and named.
* The same words give another key here than they would as recovery words.
* A key signs what it is shown and is forgotten. Secret halves lie in bytearrays and are wiped.
"""

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # writes into our own bytearrays

from storage import recovery
from storage.secret import wipe

PAPERS, ENOUGH = 3, 2
"""So many papers are made, and so many of them decide."""
_PURPOSE = b"tandem-root-key1"
_PUBLIC, _SECRET, _SIGNATURE = 32, 64, 64


def new_paper() -> tuple[tuple[str, ...], bytes]:
    """Return the twelve words of a new paper, and its public half."""
    seed = recovery.new_seed()
    try:
        return recovery.words_of(seed), public_of(seed)
    finally:
        wipe(seed)


def public_of(seed: bytearray) -> bytes:
    """Return the public half of a paper's key."""
    public, secret = _pair(seed)
    wipe(secret)
    return public


def signature(words: str, message: bytes) -> tuple[bytes, bytes]:
    """Return the public half of the paper with these words, and its signature of a message.

    Raises:
        WrongRecovery: these are no paper's words; it says which word is wrong, if that can be told.
    """
    seed = recovery.seed_of(words)
    public, secret = _pair(seed)
    wipe(seed)
    made = bytearray(_SIGNATURE + len(message))
    lib.crypto_sign(_at(made), ffi.new("unsigned long long *"), message, len(message), _at(secret))
    wipe(secret)
    return public, bytes(made[:_SIGNATURE])


def is_recovery(words: str, recovery_key: bytes) -> bool:
    """Say whether words that belong to no paper are the team's recovery words instead."""
    seed = recovery.seed_of(words)
    try:
        return recovery.public_of(seed) == recovery_key
    finally:
        wipe(seed)


def _pair(seed: bytearray) -> tuple[bytes, bytearray]:
    whole, public, secret = seed + _PURPOSE, bytearray(_PUBLIC), bytearray(_SECRET)
    lib.crypto_sign_seed_keypair(_at(public), _at(secret), _at(whole))
    wipe(whole)
    return bytes(public), secret


def _at(buffer: bytearray) -> object:
    return ffi.from_buffer("unsigned char[]", buffer)
