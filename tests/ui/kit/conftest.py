# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of small widgets share: a theme to wear, and a window to stand in."""

from collections.abc import Callable, Iterator
from typing import Protocol

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.theme import Theme
from ui.tokens import Scheme


class Wear(Protocol):
    def __call__(self, scheme: Scheme = ..., text_scale: float = ...) -> None: ...


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Wear]:
    """Put a theme on; light, at 100 %, is worn again afterwards."""

    def put_on(scheme: Scheme = Scheme.LIGHT, text_scale: float = 1.0) -> None:
        theme.apply(qapp, Theme(scheme, text_scale))

    put_on()
    yield put_on
    put_on()


@pytest.fixture
def shown(qtbot: QtBot, wear: Wear) -> Callable[..., QWidget]:
    """Show widgets one under another in a window, and return the window."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 600, height: int = 400) -> QWidget:
        window = QWidget()
        windows.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        window.resize(width, height)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return show
