# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everybody at once, as in `test_machine`, where all that may be packed is packed at once."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from sync import carry, packing, packs
from sync.packing import Limits
from sync.packs import Clearing
from sync.share import Share
from tests.sync.crew import crew_of_six
from tests.sync.laptops import boxes_that_can_be_made_again
from tests.sync.machine_checks import Sharing
from tests.sync.machine_runs import schedules

SCHEDULES = 3


def test_with_everything_in_packs_nothing_is_lost_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes_that_can_be_made_again(monkeypatch)
    at_once = Limits(age_ms=0, least=1, young=10_000, packs=50, cleared=1_000_000, every_ms=0)
    monkeypatch.setattr(packing, "LIMITS", at_once)
    cleared: list[str] = []

    def clear(share: Share, clearings: Iterable[Clearing]) -> None:
        for one in clearings:
            cleared.extend(one.paths)
            packs.clear(share, [one])

    monkeypatch.setattr(carry, "clear", clear)
    made = crew_of_six(tmp_path / "six")
    made.close()
    Sharing.made, Sharing.place = (made, tmp_path / "six"), tmp_path
    schedules(0, SCHEDULES)
    assert len(cleared) > SCHEDULES, "packs were made, and files taken away for them"
