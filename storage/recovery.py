# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The recovery key: twelve words on paper that open a vault, or a backup of it.

The words are 128 random bits, the seed of a pair of keys. Anything can be sealed to the public
half without the paper; only the words open it again. Rules, each with a test:

* Any one wrong word is found, and so are any two that changed places. Words say the number
  `seed x CHECK`, written in base 7,776: CHECK is a prime above 7,776, so no single wrong digit
  leaves a multiple of it; and 7,776 to the power of 1 to 11 never leaves 1, so no swap does.
* Which word is wrong is told by its position; no word is repeated in what is told.
* Capitals, spaces, commas and the numbers printed before the words make no difference.
* What is sealed names its vault, and opens for no other.
* The pair and the sealed box are libsodium's. Secret halves lie in bytearrays and are wiped.
"""

import os
from collections.abc import Callable, Sequence
from itertools import combinations

from nacl._sodium import ffi, lib  # type: ignore[import-not-found]  # writes into our own bytearrays

from desktop_app.casework.words import _
from storage.errors import WrongRecovery
from storage.secret import normalise, wipe, word_list

WORDS = 12
SEED = 16
CHECK = (1 << 27) - 39
"""The largest prime below 2**27; with 12 words there is room for it and 128 bits."""
_PURPOSE = b"tandem-recovery1"
_PUBLIC, _SECRET, _SEAL = 32, 32, 48
_AROUND = "0123456789.,;:()-"


def new_seed(*, random: Callable[[int], bytes] = os.urandom) -> bytearray:
    """Make up a recovery key."""
    return bytearray(random(SEED))


def words_of(seed: bytearray) -> tuple[str, ...]:
    """Return the twelve words of a recovery key."""
    number, listed = int.from_bytes(seed, "big") * CHECK, word_list()
    found = []
    for _place in range(WORDS):
        number, digit = divmod(number, len(listed))
        found.append(listed[digit])
    return tuple(reversed(found))


def seed_of(typed: str) -> bytearray:
    """Return the recovery key that some words say; the caller wipes it.

    Raises:
        WrongRecovery: with the position of the wrong word, where it can be told.
    """
    digits = _digits(typed)
    seed, rest = divmod(_number(digits), CHECK)
    if rest or seed >> (8 * SEED):
        raise WrongRecovery(_where(digits))
    return bytearray(seed.to_bytes(SEED, "big"))


def public_of(seed: bytearray) -> bytes:
    """Return the public half of a recovery key: what can be sealed to without the words."""
    public, secret = _pair(seed)
    wipe(secret)
    return public


def seal(public: bytes, vault: bytes, key: bytearray) -> bytes:
    """Return a vault's key sealed to the holder of the recovery words.

    Args:
        public: 32 bytes, from `public_of`.
        vault: 16 bytes that name the vault.
        key: the vault's key.
    """
    plain = bytearray(vault) + key
    sealed = bytearray(len(plain) + _SEAL)
    lib.crypto_box_seal(_at(sealed), _at(plain), len(plain), public)
    wipe(plain)
    return bytes(sealed)


def open_seal(seed: bytearray, vault: bytes, sealed: bytes) -> bytearray | None:
    """Return the key that was sealed for a vault; None when it is another's, or was altered."""
    _public, secret = _pair(seed)
    try:
        return open_with(secret, vault, sealed)
    finally:
        wipe(secret)


def public_half(secret: bytes) -> bytes:
    """Return the public half that goes with the secret half of a pair."""
    public = bytearray(_PUBLIC)
    lib.crypto_scalarmult_base(_at(public), secret)
    return bytes(public)


def open_with(secret: bytearray, vault: bytes, sealed: bytes) -> bytearray | None:
    """Return the key that was sealed for a vault, by the secret half of a pair; None as above."""
    plain, public = bytearray(max(0, len(sealed) - _SEAL)), public_half(bytes(secret))
    opened = lib.crypto_box_seal_open(_at(plain), sealed, len(sealed), public, _at(secret))
    fits = opened == 0 and plain[: len(vault)] == vault
    key = plain[len(vault) :] if fits else None
    wipe(plain)
    return key


def _pair(seed: bytearray) -> tuple[bytes, bytearray]:
    whole, public, secret = seed + _PURPOSE, bytearray(_PUBLIC), bytearray(_SECRET)
    lib.crypto_box_seed_keypair(_at(public), _at(secret), _at(whole))
    wipe(whole)
    return bytes(public), secret


def _at(buffer: bytearray) -> object:
    return ffi.from_buffer("unsigned char[]", buffer)


def _digits(typed: str) -> list[int]:
    """Return the numbers of typed words, or say which is none of the list."""
    stripped = (word.strip(_AROUND) for word in normalise(typed.replace(",", " ")).split())
    words = [word for word in stripped if word]
    if len(words) != WORDS:
        raise WrongRecovery(_("It takes twelve words; %(n)d were given.") % {"n": len(words)})
    number = {word: at for at, word in enumerate(word_list())}
    for position, word in enumerate(words, start=1):
        if word not in number:
            raise WrongRecovery(
                _(
                    "Word %(position)d is not a word of any such paper. "
                    "Compare it with the paper, letter by letter."
                )
                % {"position": position}
            )
    return [number[word] for word in words]


def _number(digits: Sequence[int]) -> int:
    number = 0
    for digit in digits:
        number = number * len(word_list()) + digit
    return number


def _where(digits: Sequence[int]) -> str:
    """Say which word is wrong, or which two changed places; nothing when it cannot be told."""
    swaps = [
        (a + 1, b + 1) for a, b in combinations(range(WORDS), 2) if _fits(_swapped(digits, a, b))
    ]
    single = [at + 1 for at in range(WORDS) if _mendable(digits, at)]
    if len(single) == 1 and not swaps:
        return _("Word %(position)d is not the one on the paper. Compare it.") % {
            "position": single[0]
        }
    if len(swaps) == 1 and not single:
        first, second = swaps[0]
        return _("Words %(first)d and %(second)d have changed places.") % {
            "first": first,
            "second": second,
        }
    return _("More than one word is wrong, or their order. Compare them with the paper.")


def _fits(digits: Sequence[int]) -> bool:
    seed, rest = divmod(_number(digits), CHECK)
    return rest == 0 and seed >> (8 * SEED) == 0


def _swapped(digits: Sequence[int], a: int, b: int) -> list[int]:
    changed = list(digits)
    changed[a], changed[b] = changed[b], changed[a]
    return changed


def _mendable(digits: Sequence[int], at: int) -> bool:
    """Say whether another word in one place would make all twelve right."""
    base = len(word_list())
    without = [*digits[:at], 0, *digits[at + 1 :]]
    weight = pow(base, WORDS - 1 - at, CHECK)
    needed = -_number(without) * pow(weight, -1, CHECK) % CHECK
    return needed < base and _fits([*digits[:at], needed, *digits[at + 1 :]])
