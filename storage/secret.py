# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Secrets: the words they are made of, how typed ones are compared, how they are wiped."""

import unicodedata
from functools import cache

from resources import folder as resource

KEY = 32
"""Bytes of a vault's key."""


def normalise(passphrase: str) -> str:
    """Return a passphrase as it is compared: small letters and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().split())


@cache
def word_list() -> tuple[str, ...]:
    """Return the 7,776 words passphrases are made of."""
    text = resource("words.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and not line.startswith("#"))


def wipe(secret: bytearray) -> None:
    """Overwrite a secret where it lies."""
    secret[:] = bytes(len(secret))
