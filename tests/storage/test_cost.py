# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a guess costs: every rule of storage/cost.py. Only the watch is a made-up one."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from storage import cost
from storage.cost import CEILING, FLOOR, STANDARD, Cost, calibrate, of_laptop
from storage.errors import NotEnoughMemory

HALF = Cost(3, 128 << 20)


def takes(seconds: float, *, at_most: int = 1 << 40) -> Callable[[Cost], float]:
    """Return a watch for a laptop on which the standard takes so long, with so much memory."""

    def watch(one: Cost) -> float:
        if one.memory > at_most:
            raise NotEnoughMemory
        return seconds * one.passes / STANDARD.passes * one.memory / STANDARD.memory

    return watch


@pytest.mark.parametrize("seconds", [0.4, 0.45, 0.7, 1.0])
def test_the_standard_is_kept_where_it_takes_from_04_to_1_second(seconds: float) -> None:
    assert calibrate(takes(seconds)) == STANDARD


@pytest.mark.parametrize(
    ("seconds", "found"), [(1.1, HALF), (1.9, HALF), (3.9, FLOOR), (40, FLOOR)]
)
def test_a_slow_laptop_fills_less_memory_and_never_less_than_the_floor(
    seconds: float, found: Cost
) -> None:
    assert calibrate(takes(seconds)) == found


@pytest.mark.parametrize("seconds", [0.05, 0.1, 0.2, 0.39])
def test_a_quick_laptop_makes_more_passes_and_never_more_than_the_ceiling(seconds: float) -> None:
    found = calibrate(takes(seconds))
    assert STANDARD.passes < found.passes <= CEILING.passes
    assert found.passes == CEILING.passes or 0.4 <= takes(seconds)(found) <= 1.0


def test_little_memory_fills_less_of_it_and_works_longer() -> None:
    found = calibrate(takes(0.45, at_most=100 << 20))
    assert (found.memory, found.passes) == (64 << 20, 10)


def test_not_enough_memory_for_the_floor_is_told_in_its_own_words() -> None:
    with pytest.raises(NotEnoughMemory, match="memory"):
        calibrate(takes(0.45, at_most=10 << 20))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process be given less")
def test_a_laptop_that_truly_has_no_memory_left_says_so() -> None:
    script = (
        "import resource, sys\n"
        "from storage import cost\n"
        "from storage.errors import NotEnoughMemory\n"
        "resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))\n"
        "try: cost.stretch('a', bytes(16), cost.STANDARD)\n"
        "except NotEnoughMemory as error: print(error)\n"
    )
    done = subprocess.run(  # noqa: S603  our own script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "not enough free memory" in done.stdout


def test_a_laptop_is_measured_once(tmp_path: Path) -> None:
    asked: list[Cost] = []

    def measure() -> Cost:
        asked.append(HALF)
        return HALF

    home = tmp_path / "home"
    assert of_laptop(home, measure=measure) == HALF
    assert of_laptop(home, measure=measure) == HALF
    assert len(asked) == 1


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"{",
        b'{"passes": 3}',
        msgspec.json.encode(Cost(1, 8192)),
        msgspec.json.encode(Cost(3, (64 << 20) - 1)),
        msgspec.json.encode(Cost(11, 64 << 20)),
        msgspec.json.encode(Cost(3, 2 << 30)),
    ],
)
def test_what_is_kept_out_of_bounds_is_measured_again(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / cost.KEPT).write_bytes(kept)
    assert of_laptop(tmp_path, measure=lambda: HALF) == HALF
    assert msgspec.json.decode((tmp_path / cost.KEPT).read_bytes(), type=Cost) == HALF


def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert of_laptop(tmp_path / "file" / "home", measure=lambda: HALF) == HALF


def test_this_laptop_can_be_measured() -> None:
    found = calibrate()
    assert found.reaches(FLOOR)
    assert CEILING.reaches(found)
