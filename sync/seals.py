# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Locks and seals: the few cryptographic acts sharing is built from.

Rules, each with a test:

* Every primitive is libsodium's (PyNaCl) or Python's own BLAKE2b. Nothing is invented here.
* A hash says what it is for (BLAKE2b's `person`), so that no hash can pass for another.
* The id of a key is a hash of it: two people cannot be given different keys under one id.
* Nothing random is made here but the throw-away half of a sealed box; randomness is passed in.
* Lengths are padded (Padme, at least 256 bytes), so that a size says little.
"""

from collections.abc import Callable
from hashlib import blake2b

from nacl import bindings
from nacl.exceptions import CryptoError

Random = Callable[[int], bytes]
"""Gives that many random bytes. `os.urandom` in the program, a seeded one in tests."""

KEY = 32
NONCE = 24
TAG = 16
BOX_OVERHEAD = 48
SMALLEST = 256


class NotOpened(Exception):
    """The key does not fit, or the bytes were altered. Says nothing more on purpose."""


def digest(purpose: bytes, content: bytes | memoryview, *, size: int = 32) -> bytes:
    """Return the hash of `content` for one purpose of at most 16 letters."""
    return blake2b(content, digest_size=size, person=purpose).digest()


def keyed(key: bytes, purpose: bytes, content: bytes, *, size: int = 32) -> bytes:
    """Return a hash that only a holder of `key` can make or recognise."""
    return blake2b(content, digest_size=size, key=key, person=purpose).digest()


def key_id(key: bytes) -> bytes:
    """Return the 16-byte id of a key, which commits to the key."""
    return digest(b"tandem-key", key, size=16)


def lock(key: bytes, plain: bytes, *, bound_to: bytes, nonce: bytes) -> bytes:
    """Encrypt with XChaCha20-Poly1305; `bound_to` is authenticated with it but not hidden."""
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound_to, nonce, key)


def unlock(key: bytes, locked: bytes, *, bound_to: bytes) -> bytes:
    """Return what `lock` was given.

    Raises:
        NotOpened: another key, other bytes, or bound to something else.
    """
    if len(locked) < NONCE + TAG or len(key) != KEY:
        raise NotOpened
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(
            locked[NONCE:], bound_to, locked[:NONCE], key
        )
    except CryptoError:
        raise NotOpened from None


def box_to(public: bytes, plain: bytes) -> bytes:
    """Seal a few bytes to the holder of a box key; nobody can tell from whom."""
    return bindings.crypto_box_seal(plain, public)


def open_box(secret: bytes, box: bytes, *, public: bytes = b"") -> bytes:
    """Return what was sealed to the holder of `secret` (`public`: its other half, if at hand).

    Raises:
        NotOpened: it was sealed to somebody else, or altered.
    """
    try:
        return bindings.crypto_box_seal_open(box, public or public_box_key(secret), secret)
    except (CryptoError, ValueError, TypeError):
        raise NotOpened from None


def public_box_key(secret: bytes) -> bytes:
    """Return the public half of an X25519 box key."""
    return bindings.crypto_scalarmult_base(secret)


def signing_pair(seed: bytes) -> tuple[bytes, bytes]:
    """Return the (public, secret) Ed25519 pair of a 32-byte seed."""
    return bindings.crypto_sign_seed_keypair(seed)


def sign(secret: bytes, message: bytes) -> bytes:
    """Return the 64-byte signature of exactly these bytes."""
    return bindings.crypto_sign(message, secret)[:64]


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the holder of `public` signed exactly these bytes."""
    try:
        bindings.crypto_sign_open(signature + message, public)
    except (CryptoError, ValueError):
        return False
    return True


def padded_size(size: int) -> int:
    """Return the size something is padded to: Padme (at most 12 % more), 256 at least."""
    if size <= SMALLEST:
        return SMALLEST
    exponent = size.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return (size + mask) & ~mask
