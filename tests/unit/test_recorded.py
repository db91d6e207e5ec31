# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Between which times something was recorded, whatever a clock said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.recorded import TOLERANCE_MS, Window, window

DAY = 24 * 3_600_000
TIMES = st.integers(0, 100 * DAY)


@pytest.mark.parametrize(
    ("made", "earliest", "latest", "doubtful"),
    [
        (window(5 * DAY), None, None, False),
        (window(5 * DAY, seen=[(4 * DAY, None)], arrived_ms=6 * DAY), 4 * DAY, 6 * DAY, False),
        (window(1 * DAY, seen=[(4 * DAY, None)], arrived_ms=6 * DAY), 4 * DAY, 6 * DAY, True),
        (window(9 * DAY, seen=[(4 * DAY, None)], arrived_ms=6 * DAY), 4 * DAY, 6 * DAY, True),
        (window(9 * DAY, heard_ms=6 * DAY), None, 6 * DAY, True),
        (window(5 * DAY, arrived_ms=6 * DAY, heard_ms=2 * DAY), None, 6 * DAY, False),
        (window(5 * DAY, seen=[(3 * DAY, None), (4 * DAY, None)]), 4 * DAY, None, False),
        (window(4 * DAY - TOLERANCE_MS, seen=[(4 * DAY, None)]), 4 * DAY, None, False),
        (window(4 * DAY - TOLERANCE_MS - 1, seen=[(4 * DAY, None)]), 4 * DAY, None, True),
    ],
)
def test_it_was_recorded_after_what_was_seen_and_before_it_was_heard_of(
    made: Window, earliest: int | None, latest: int | None, *, doubtful: bool
) -> None:
    assert (made.earliest_ms, made.latest_ms, made.doubtful) == (earliest, latest, doubtful)
    assert made.known is (earliest is not None or latest is not None)


def test_a_clock_of_somebody_else_that_runs_ahead_makes_no_honest_date_doubtful() -> None:
    made = window(5 * DAY, seen=[(3_650 * DAY, 4 * DAY)], arrived_ms=6 * DAY)
    assert made == Window(5 * DAY, 4 * DAY, 6 * DAY)
    assert not made.doubtful


def test_times_that_contradict_each_other_say_nothing() -> None:
    made = window(1 * DAY, seen=[(9 * DAY, None)], arrived_ms=6 * DAY)
    assert made == Window(1 * DAY)
    assert not made.doubtful


@given(at=TIMES, waits=st.integers(0, 9 * DAY), seen=st.lists(st.tuples(TIMES, TIMES)), off=TIMES)
def test_whenever_it_was_truly_recorded_lies_within(
    at: int, waits: int, seen: list[tuple[int, int]], off: int
) -> None:
    """Of those whose clocks are right: what is seen was written and arrived before."""
    before = [(min(written, at), max(min(written, at), here)) for written, here in seen]
    made = window(off, seen=before, arrived_ms=at + waits)
    assert made.earliest_ms is None or made.earliest_ms <= at
    assert made.latest_ms is not None
    assert at <= made.latest_ms
    assert not window(at, seen=before, arrived_ms=at + waits).doubtful
