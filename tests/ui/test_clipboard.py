# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is copied: marked for no history, and gone from the clipboard after a while."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ui.clipboard import MARKS, Copied


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit("Croft, Leanne")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.selectAll()
    return made


@pytest.fixture
def copied(qapp: QApplication) -> Iterator[Copied]:
    qapp.clipboard().clear()
    parent = QObject()
    made = Copied(qapp, parent=parent, lasts_ms=1)
    yield made
    made.clear()


def test_it_is_marked_so_that_no_history_keeps_it(
    qapp: QApplication, field: QLineEdit, copied: Copied
) -> None:
    field.copy()
    data = qapp.clipboard().mimeData()
    assert data.text() == "Croft, Leanne"
    assert {name: bytes(data.data(name).data()) for name in MARKS} == MARKS


def test_only_its_words_are_kept(qapp: QApplication, field: QLineEdit, copied: Copied) -> None:
    rich = QMimeData()
    rich.setText("Croft")
    rich.setHtml("<b>Croft</b>")
    qapp.clipboard().setMimeData(rich)
    assert not qapp.clipboard().mimeData().hasHtml()


def test_it_goes_by_itself(
    qtbot: QtBot, qapp: QApplication, field: QLineEdit, copied: Copied
) -> None:
    field.copy()
    qtbot.waitUntil(lambda: qapp.clipboard().text() == "")


def test_what_nobody_copied_here_is_left_alone(
    qapp: QApplication, field: QLineEdit, copied: Copied
) -> None:
    field.hide()
    qapp.clipboard().setText("of another program")
    copied.take_off()
    assert qapp.clipboard().text() == "of another program"
