# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where Tab stops, without taking anything apart on the way."""

import gc

from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.buttons import button
from ui.kit.stops import next_stop
from ui.kit.table import Cell, Column, Table


def window(qtbot: QtBot, *parts: QWidget) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for part in parts:
        column.addWidget(part)
    made.show()
    return made


def test_going_round_a_table_leaves_its_headings_where_they_are(qtbot: QtBot, look: None) -> None:
    first, table = button("First"), Table("Clients", [Column("name", "Name", lambda _row: Cell())])
    made = window(qtbot, first, table)
    assert made.isVisible()
    here: QWidget | None = first
    for _step in range(6):
        assert here is not None
        here = next_stop(here, forward=True)
    del here
    gc.collect()
    assert len(table.findChildren(QHeaderView)) == 2


def test_a_field_inside_a_choice_is_no_stop_of_its_own(qtbot: QtBot, look: None) -> None:
    first, choice, last = button("First"), QComboBox(), QLineEdit()
    choice.setEditable(True)
    made = window(qtbot, first, choice, last)
    assert made.isVisible()
    stops = [next_stop(first, forward=True)]
    assert stops[0] is choice
    assert next_stop(choice, forward=True) is last
