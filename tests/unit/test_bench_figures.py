# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The bench: how a figure is told. What is not measured is not met."""

import json

import pytest

from tests.bench.figures import Memory, p95, tell
from tests.bench.run import table


@pytest.mark.parametrize(
    ("figure", "says"), [(1.999, "true"), (2.0, "true"), (2.01, "false"), (None, "false")]
)
def test_a_figure_is_met_up_to_its_limit_and_never_when_it_was_not_measured(
    capsys: pytest.CaptureFixture[str], figure: float | None, says: str
) -> None:
    tell("Saving", figure, "x", 2.0)
    told = json.loads(capsys.readouterr().out)
    assert json.dumps(told["met"]) == says
    assert set(told) == {"name", "figure", "unit", "limit", "met"}


def test_the_table_says_plainly_what_is_not_met() -> None:
    rows: list[dict[str, object]] = [
        {"name": "Saving", "figure": 1.1, "unit": "x", "limit": 2.0, "met": True},
        {"name": "Starting", "figure": None, "unit": "x", "limit": 2.0, "met": False},
    ]
    _head, met, missed = table(rows).splitlines()
    assert met.endswith("met")
    assert "not measured" in missed
    assert missed.endswith("NOT MET")


def test_ninety_five_of_a_hundred_times_stay_under_the_figure() -> None:
    times = [number / 100 for number in range(100)]
    assert sum(one <= p95(times) for one in times) in (95, 96)


def test_memory_taken_and_given_back_is_still_counted() -> None:
    memory = Memory()
    taken = b"x" * (64 << 20)
    del taken
    assert memory.extra_mb() > 32
