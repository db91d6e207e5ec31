# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Between which times a decision was recorded is read from the signed bundles around it."""

import pytest

from desktop_app.casework.recorded import Window
from sync import recorded as module
from sync.recorded import recorded
from tests.sync.laptops import MINUTE_MS, Four, Laptop

DAY = 24 * 60 * MINUTE_MS


def decided(four: Four, skew_ms: int) -> tuple[bytes, int, int]:
    """Shah decides on a client, his clock being wrong; between which times is returned too."""
    client = four.grant.save("client", {"surname": "Doe"})
    sealed = four.clock.now_ms
    four.everybody_exchanges()
    four.clock.later(DAY)
    four.shah.skew_ms = skew_ms
    record = four.shah.save("decision", {"decision": "include"}, client=client)
    four.clock.later(DAY)
    four.everybody_exchanges()
    four.clock.later(DAY)
    four.grant.save("client", {"surname": "Roe"}, record=client)
    four.everybody_exchanges()
    return record, sealed, four.clock.now_ms


def of(laptop: Laptop, record: bytes) -> Window:
    return recorded(laptop.store, laptop.record(record).live[0])


@pytest.mark.parametrize(
    ("skew_ms", "doubtful"), [(0, False), (-9 * DAY, True), (9 * DAY, True), (MINUTE_MS, False)]
)
def test_every_laptop_says_between_which_times_and_whether_the_clock_was_wrong(
    four: Four, skew_ms: int, *, doubtful: bool
) -> None:
    if abs(skew_ms) > DAY:
        four.shah.skew_ms = skew_ms
    record, sealed, now = decided(four, skew_ms)
    for laptop in four:
        made = of(laptop, record)
        if laptop is four.shah and skew_ms > DAY:
            continue  # by a clock of his own that is wrong nothing contradicts him
        assert made.earliest_ms is not None
        assert made.latest_ms is not None
        assert sealed <= made.earliest_ms < made.latest_ms <= now + max(skew_ms, 0)
        assert made.doubtful is doubtful, laptop.name


def test_what_is_not_sealed_yet_and_what_nobody_had_read_say_nothing(four: Four) -> None:
    client = four.grant.save("client", {"surname": "Doe"})
    record = four.grant.save("decision", {"decision": "include"}, client=client)
    made = of(four.grant, record)
    assert not made.known
    assert not made.doubtful


def test_so_many_headers_are_read_and_no_more(four: Four, monkeypatch: pytest.MonkeyPatch) -> None:
    record, _sealed, _now = decided(four, 0)
    monkeypatch.setattr(module, "ON", 0)
    assert of(four.shah, record).latest_ms is None
