# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How hard a passphrase is to guess: the one rule for every way to choose one.

Generated words always pass. Words of one's own pass when whoever has the laptop would need ten
thousand million million guesses: at a million a second, which takes a hall of machines (see
`cost`), that is more than a century.
"""

from desktop_app.casework.words import _
from storage.errors import WeakPassphrase
from storage.secret import normalise, word_list

WORDS = 5
"""So many different words of our list are enough, whatever they are."""
LEAST = 16.0
"""Guesses somebody clever needs, as a power of ten."""


def see_it_is_strong(passphrase: str) -> None:
    """Refuse a passphrase that could be guessed.

    Raises:
        WeakPassphrase: with what to do.
    """
    words = normalise(passphrase)
    if not words:
        raise WeakPassphrase(_("No passphrase was given. Nothing was changed."))
    if len(set(words.split()).intersection(word_list())) >= WORDS:
        return
    from zxcvbn_rs_py import zxcvbn  # noqa: PLC0415  only to judge somebody's own words

    if zxcvbn(words).guesses_log10 < LEAST:
        raise WeakPassphrase
