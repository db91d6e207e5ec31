# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is done to a vault seldom, cut short at any moment: one key opens it, and nothing is lost.

A few cuts of each rite; `make soak` does hundreds (tests/soak/rites.py).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak.at_rites import RITES
from tests.soak.disk import replayed
from tests.soak.figures import quick_scratch
from tests.soak.recorder import library
from tests.soak.rites import caught, rite, suffered

CUTS, CONTROL = 8, 24

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="calls are recorded by the loader of Linux"
)


@pytest.fixture
def quick() -> Iterator[Path]:
    library()  # without a compiler this is where it says so
    with quick_scratch() as place:
        yield place


@pytest.mark.parametrize("name", RITES)
def test_a_rite_cut_short_leaves_one_key_and_all_that_was_there(name: str, quick: Path) -> None:
    done = rite(name, quick / "made")
    assert replayed(done.recording) == done.recording.after, "the simulator missed something"
    assert not suffered(done, quick, seed=name, count=CUTS)


def test_a_restore_that_does_not_flush_is_caught(quick: Path) -> None:
    assert caught(rite("restore", quick / "made"), quick, count=CONTROL) >= CONTROL // 2
