# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A sheet on the screen: each part a card, what endangers on a ground of its own.

The same sheet is set on paper, so that screen and paper never say different things.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.reports.sheet import Entry, Fact, Section, Sheet
from ui import theme
from ui.kit.card import Card, across, down, holding, stopping
from ui.kit.labels import Part, Passage, label
from ui.kit.notice import Notice
from ui.theme import SEMI
from ui.tokens import M, S

LABELS, COLUMN = 112, 860
"""Widths at text size 1: of labels and days, and of a column that can be read."""
_ICONS = {"bad": "triangle-alert", "warn": "users"}


class SheetShown(QWidget):
    """One sheet, to be read and scrolled with the arrows."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self._column = down(gap=M)
        inner = holding(down(self._column, None, margins=(0, 0, S, 0)))
        inner.setMaximumWidth(theme.px(COLUMN))
        self.area = stopping(holding(_at_the_left(inner)), name)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        self.setFocusProxy(self.area)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        for one in self.cards:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.cards = [_card(one) for one in sheet.sections]
        for one in self.cards:
            self._column.addWidget(one)


def _at_the_left(inner: QWidget) -> QHBoxLayout:
    """Keep a column at the left, as wide as it can be read."""
    row = across(inner, None, gap=0)
    row.setStretch(0, 1000)
    row.setStretch(1, 1)
    return row


def _card(section: Section) -> Card:
    card = Card(section.title, role="h3", gap=S)
    grave = [one for one in section.facts if one.tone in _ICONS]
    for one in grave:
        notice = Notice([Part(one.value)], one.tone, head=f"{one.label}:", icon=_ICONS[one.tone])
        card.add(notice)
    plain = [one for one in section.facts if one.tone not in _ICONS]
    if plain:
        card.add(_grid(plain))
    for entry in section.entries:
        card.add(_entry(entry))
    if not (section.facts or section.entries) and section.empty:
        card.add(label(section.empty, tone="muted", wrap=True))
    return card


def _grid(facts: list[Fact]) -> QGridLayout:
    """Return labels and values; a label that comes again is said once."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    before = ""
    for row, one in enumerate(facts):
        head = label("" if one.label == before else one.label, "small", tone="muted")
        head.setMinimumWidth(theme.px(LABELS))
        before = one.label
        value = Passage([Part(one.value)])
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{one.label}: {one.value}")
        grid.addWidget(head, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)
    return grid


def _entry(entry: Entry) -> QWidget:
    day = label(entry.when, "small", tone="muted")
    day.setFixedWidth(theme.px(LABELS))
    said = down(Passage([Part(entry.title, weight=SEMI)]), gap=1)
    for words, tone in ((entry.place, "muted"), (entry.text, "text")):
        if words:
            said.addWidget(
                label(words, "small" if tone == "muted" else "body", tone=tone, wrap=True)
            )
    line = across(day, said, gap=M)
    line.setStretch(1, 1)
    line.setAlignment(day, Qt.AlignmentFlag.AlignTop)
    shown = holding(line)
    shown.setAccessibleName(" ".join(one for one in (entry.when, entry.title, entry.place) if one))
    return shown
