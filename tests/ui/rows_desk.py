# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A page of rows in a window of its own, worked from the keyboard."""

from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.places import Place
from ui.session import Session

Page = TypeVar("Page", bound=QWidget)


class RowsDesk(Generic[Page]):
    """The page, the places it led to, and the wait until nothing is under way."""

    def __init__(self, qtbot: QtBot, session: Session, page: Page) -> None:
        self.qtbot, self.session, self.page = qtbot, session, page
        self.went: list[Place] = []
        page.go.connect(self.went.append)  # type: ignore[attr-defined]
        qtbot.addWidget(page)
        page.resize(1178, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)
