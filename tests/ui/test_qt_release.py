# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The release of Qt for Python we run on keeps count of None.

PySide6 6.12.0 gives one reference to None back too many in every call that returns nothing. Up to
Python 3.11 None can die of that, and the window is gone without a word after a few thousand calls.
"""

import sys

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot die from Python 3.12 on")
def test_a_thousand_calls_take_no_reference_to_none_away(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _call in range(1000):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 100
