# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Keepers' papers for tests: made, signed with, and put in force on a team of four."""

from collections.abc import Sequence

from sync import acts, keepers
from sync.deciding import make_papers
from sync.envelope import Signed
from sync.roster import PURPOSE
from tests.sync.laptops import Four, Laptop

NAMES = ("Supt. Bell", "Dr Mora", "A. Reid")
Paper = tuple[str, bytes, str]
"""Its words, its public half, and who keeps it."""


def papers() -> list[Paper]:
    """Make three papers."""
    made = [keepers.new_paper() for _ in NAMES]
    return [
        (" ".join(words), public, name) for (words, public), name in zip(made, NAMES, strict=True)
    ]


def signed_with(document: Signed, some: Sequence[Paper]) -> Signed:
    """Add the signatures of some papers."""
    message = PURPOSE + document.body
    made = [keepers.signature(words, message) for words, _public, _name in some]
    return Signed(document.body, [*document.sigs, *made])


def with_papers(four: Four) -> list[Paper]:
    """Give a team its papers, and let everybody learn of it."""
    made, grant = papers(), four.grant
    assert acts.alone(grant.store)
    done = make_papers(grant.store, made, now_ms=four.clock.later(), random=grant.dice.randbytes)
    assert done is None
    four.everybody_exchanges()
    return made


def sign(four: Four, laptop: Laptop, paper: Paper) -> acts.Act | None:
    """Sign what waits on a laptop."""
    return acts.sign(
        laptop.store, paper[0], now_ms=four.clock.later(), random=laptop.dice.randbytes
    )
