# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A bad week, through the windows of a coordinator, a key worker and an officer, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys import bad_week
from tests.journeys.week import Week
from ui.sweeping import Sweeping


@pytest.fixture
def week(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Week]:
    Sweeping(qapp)
    made = Week(qtbot, qapp, tmp_path)
    yield made
    made.end()


@pytest.mark.qt_log_ignore(
    "does not support (raise|propagateSizeHints|grabbing)", extend=True
)  # a menu on a screen that is none
def test_a_bad_week_is_followed_from_monday_to_friday(week: Week) -> None:
    for day in bad_week.DAYS:
        day(week)
