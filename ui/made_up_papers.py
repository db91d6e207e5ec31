# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The keepers' papers of the made-up team: everybody may read them, to try what they are for."""

from collections.abc import Callable

from storage import recovery
from sync.keepers import public_of
from sync.seals import Random

KEEPERS = ("Supt. I. Farrow", "Dr E. Mora", "C. Whitlock")
"""Who keeps them; nobody of the team."""


def made_up_papers(stream: Callable[[str], Random], seed: int) -> list[tuple[str, bytes, str]]:
    """Return the papers: the words, the public half, and whose each is.

    Args:
        stream: returns the source of bytes that goes with a name.
        seed: which of many made-up teams.
    """
    seeds = {who: recovery.new_seed(random=stream(f"{seed}/{who}")) for who in KEEPERS}
    return [(" ".join(recovery.words_of(one)), public_of(one), who) for who, one in seeds.items()]


def in_words(stream: Callable[[str], Random], seed: int) -> list[str]:
    """Return what each paper says, after whose it is."""
    return [f"{who}: {words}" for words, _public, who in made_up_papers(stream, seed)]
