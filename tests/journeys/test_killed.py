# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Killed at any moment: nothing acknowledged is lost, and at most the last second of typing."""

from pathlib import Path

from tests.journeys.kennel import end_lives

LIVES = 200
LOST_MS = 1_000


def test_two_hundred_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    ended = end_lives(tmp_path, LIVES)
    assert ended.gone == 0, "a save that was acknowledged is gone"
    assert ended.drafts_gone == 0, "a draft that was said to be safe is gone"
    assert ended.acknowledged > LIVES
    assert ended.oldest_ms <= LOST_MS
