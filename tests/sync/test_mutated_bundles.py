# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Twenty thousand bundles somebody tampered with, and bombs: each is refused, for a named reason.

`make soak` offers a million, each with its time and its memory.
"""

import random

import pytest

from sync.reasons import Reason
from tests.bench.figures import Memory
from tests.hostile_share import HostileShare
from tests.soak.bundles import Forger, blown_up, offered, taken_in
from tests.sync.laptops import Four

MUTANTS, PARTS, LARGEST_MIB = 20_000, 4, 64


@pytest.fixture
def true(four: Four) -> list[bytes]:
    """Bundles on the share that are new to Bell."""
    assert isinstance(four.share, HostileShare)
    before = set(four.share.of(".bundle"))
    words = random.Random("words")  # noqa: S311  the same on every run
    for number in range(12):
        for laptop in (four.ann, four.shah):
            laptop.save("visit", {"place": "home", "note": words.randbytes(40 * number).hex()})
            four.clock.later(60_000)
            laptop.exchange(four.share)
    return [four.share.files[path] for path in four.share.of(".bundle") if path not in before]


@pytest.mark.parametrize("part", range(PARTS))
def test_of_twenty_thousand_altered_bundles_none_is_let_in(
    four: Four, true: list[bytes], part: int
) -> None:
    seat = four.bell.seat
    mutants = list(Forger(true, seat, seed=part).mutants(MUTANTS // PARTS))
    tally = offered(four.bell.store, seat, iter(mutants), four.bell.now_ms)
    assert (tally.tried, tally.accepted, dict(tally.unclean)) == (MUTANTS // PARTS, 0, {})
    assert {*tally.reasons} <= {one.value for one in Reason}
    assert tally.largest_mib < LARGEST_MIB
    assert taken_in(four.bell.store, seat, mutants[:500], four.bell.now_ms).arrived == []
    control = taken_in(four.bell.store, seat, true, four.bell.now_ms)
    assert len(control.arrived) == len(true) > 20


def test_a_bomb_is_refused_before_it_takes_room() -> None:
    tally = blown_up()
    assert tally.tried > 10
    assert (tally.accepted, dict(tally.unclean)) == (0, {})
    assert tally.largest_mib < LARGEST_MIB


def test_what_measures_the_room_sees_what_is_taken() -> None:
    memory = Memory(collect=False)
    taken = b"x" * (40 << 20)
    assert memory.extra_mb() > len(taken) / (1 << 20) - 1
