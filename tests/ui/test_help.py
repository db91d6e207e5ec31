# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Help: a page for every screen, read by keys, closed with Esc."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources import folder
from ui import theme
from ui.help import TOPICS, Help, text_of
from ui.theme import Theme


@pytest.fixture
def help_page(qtbot: QtBot, look: None) -> Help:
    page = Help()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.mark.parametrize("topic", TOPICS)
def test_every_screen_has_a_page_with_a_title_and_something_to_do(topic: str) -> None:
    text = text_of(topic)
    assert text.startswith("# ")
    assert len(text.split()) > 40
    assert "](" not in text, "no link leads anywhere"


def test_no_page_lies_there_that_no_screen_opens() -> None:
    shipped = {one.name.removesuffix(".md") for one in folder("help").iterdir()}
    assert shipped - {"__init__.py", "__pycache__"} == set(TOPICS)


def test_a_screen_that_is_not_known_gets_the_first_page() -> None:
    assert text_of("no such screen") == text_of(TOPICS[0])


def test_a_topic_is_shown_from_its_top_and_has_the_keyboard(help_page: Help) -> None:
    help_page.show_topic("sharing")
    assert help_page.topic == "sharing"
    assert "Sharing" in help_page._text.toPlainText()
    assert help_page._text.verticalScrollBar().value() == 0


def test_esc_closes_it(help_page: Help, qtbot: QtBot) -> None:
    help_page.show_topic("today")
    with qtbot.waitSignal(help_page.closed):
        QTest.keyClick(help_page._text, Qt.Key.Key_Escape)


def test_it_is_read_again_in_another_theme(help_page: Help, qapp: QApplication) -> None:
    help_page.show_topic("sharing")
    before = help_page._text.document().defaultFont().pointSizeF()
    theme.apply(qapp, Theme(text_scale=1.5))
    assert help_page._text.document().defaultFont().pointSizeF() > before
    assert "Sharing" in help_page._text.toPlainText()
