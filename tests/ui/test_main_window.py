# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The frame around every page: keys, panes, the rail, and that it fits small screens."""

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui import theme
from ui.main_window import MainWindow
from ui.page_stack import Frame, PageEntry
from ui.places import Place
from ui.rail import RailButton
from ui.theme import Theme
from ui.tokens import Scheme

CTRL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
TITLES = [
    *("Today", "Clients", "Visits", "Appointments", "Case forum"),
    *("Operations", "Partners", "Reports", "Sharing", "Team and setup"),
]


class Page(QWidget):
    """A page with a field and a button."""

    go = Signal(object)

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.help_topic = topic
        self.shown: list[Place] = []
        self.field, self.press = QLineEdit(), QPushButton("Press")
        self.field.setAccessibleName("A field")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.press)
        column.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.shown.append(place)


class Visit(Page):
    """A page that makes use of Esc itself."""

    def keyPressEvent(self, event: object) -> None:
        """Take every key, as a page that leaves a draft on Esc does."""


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, made: list[str]) -> MainWindow:
    theme.apply(qapp, Theme())

    def entry(title: str) -> PageEntry:
        name = title.split(maxsplit=1)[0].lower()

        def make() -> QWidget:
            made.append(name)
            return Page(name)

        return PageEntry(name, title, "sun", make)

    hidden = [
        PageEntry("client", "Client", "", lambda: Page("client"), under="clients"),
        PageEntry("visit", "Visit", "", lambda: Visit("visit"), "clients", Frame.SLIM),
        PageEntry("room", "Forum", "", lambda: Page("room"), "case", Frame.NONE),
    ]
    frame = MainWindow(
        [*map(entry, TITLES), *hidden], name="K. Osei", role="Key worker", made_up=True
    )
    qtbot.addWidget(frame)
    frame.status.set_saved("Saved on this laptop 14:32")
    frame.status.set_to_share(3)
    frame.status.set_last_shared("Fri 20 Nov, 16:50")
    frame.status.set_locks_after(5)
    frame.resize(1366, 768)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    frame.show_page("today")
    return frame


def focus() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None, "the keyboard is nowhere"
    return here


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def shows(window: MainWindow) -> Page:
    page = window.stack.currentWidget()
    assert isinstance(page, Page)
    return page


def test_a_page_is_made_when_it_is_first_shown(window: MainWindow, made: list[str]) -> None:
    assert made == ["today"]
    for _twice in range(2):
        window.show_page("reports")
    assert made == ["today", "reports"]


def test_ctrl_and_a_figure_go_to_the_first_ten_pages(window: MainWindow) -> None:
    for place, title in enumerate(TITLES, 1):
        QTest.keyClick(focus(), Qt.Key(Qt.Key.Key_0 + place % 10), CTRL)
        assert shows(window).help_topic == title.split()[0].lower()
        assert window.windowTitle() == f"{title} - Tandem"


def test_the_rail_says_which_page_is_open(window: MainWindow) -> None:
    QTest.mouseClick(window.rail.buttons["sharing"], Qt.MouseButton.LeftButton)
    on = [name for name, button in window.rail.buttons.items() if button.isChecked()]
    assert on == ["sharing"]
    window.go_to(Place("client", client=b"c" * 16))
    on = [name for name, button in window.rail.buttons.items() if button.isChecked()]
    assert on == ["clients"], "a client's page belongs under Clients"


def test_no_name_ever_stands_in_the_title_of_the_window(window: MainWindow) -> None:
    window.go_to(Place("client", client=b"c" * 16))
    assert window.windowTitle() == "Client - Tandem"


def test_a_page_is_told_what_to_show_and_may_send_a_person_on(window: MainWindow) -> None:
    place = Place("client", client=b"c" * 16)
    shows(window).go.emit(place)
    assert window.place == place
    assert shows(window).shown == [place]


def test_esc_goes_back_the_way_one_came(window: MainWindow) -> None:
    window.show_page("clients")
    window.go_to(Place("client", client=b"c" * 16))
    window.go_to(Place("client", client=b"d" * 16))
    for page in (b"c" * 16, None, None, None):
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
        assert window.place is not None
        assert window.place.client == page
    assert window.place == Place("today"), "and stays on the first page"


def test_a_page_may_use_esc_itself(window: MainWindow) -> None:
    window.go_to(Place("visit"))
    QTest.keyClick(shows(window).press, Qt.Key.Key_Escape)
    assert window.place == Place("visit")


def test_ctrl_k_puts_the_cursor_into_the_search(window: MainWindow) -> None:
    window.search.setText("marsh")
    QTest.keyClick(focus(), Qt.Key.Key_K, CTRL)
    assert focus() is window.search
    assert window.search.selectedText() == "marsh"


def test_ctrl_l_locks_from_everywhere(window: MainWindow) -> None:
    locked: list[bool] = []
    window.lock_wanted.connect(lambda: locked.append(True))
    QTest.keyClick(focus(), Qt.Key.Key_L, CTRL)
    window.go_to(Place("room"))
    QTest.keyClick(focus(), Qt.Key.Key_L, CTRL)
    window.go_to(Place("today"))
    QTest.mouseClick(window.rail.lock, Qt.MouseButton.LeftButton)
    assert len(locked) == 3


def test_f1_asks_for_the_help_of_the_page(window: MainWindow) -> None:
    topics: list[str] = []
    window.help_wanted.connect(topics.append)
    window.show_page("sharing")
    QTest.keyClick(focus(), Qt.Key.Key_F1)
    assert topics == ["sharing"]


def test_f6_goes_round_the_parts_of_the_window(window: MainWindow) -> None:
    page = shows(window)
    page.field.setFocus()
    parts: list[QWidget] = [window.rail, window.top_bar, page]
    for part in parts:
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        assert part.isAncestorOf(focus())
    QTest.keyClick(focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.top_bar.isAncestorOf(focus())


def test_tab_goes_through_the_window_and_comes_back(window: MainWindow) -> None:
    first = window.search
    first.setFocus()
    order: list[QWidget] = [first]
    for _step in range(60):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        if focus() is first:
            break
        assert focus() not in order, name_of(focus())
        order.append(focus())
    assert focus() is first
    assert shows(window).press in order
    assert window.rail.lock in order


def test_what_goes_away_never_hands_the_keyboard_to_the_lock(window: MainWindow) -> None:
    page = shows(window)
    page.press.setFocus()
    page.press.setEnabled(False)
    assert focus() is page.field
    page.field.hide()
    assert focus() is page
    page.field.show()
    page.setFocusProxy(page.press)
    page.field.setFocus()
    page.field.hide()
    assert focus() is window.rail.buttons["today"]


def test_the_arrows_move_along_the_rail(window: MainWindow) -> None:
    window.rail.buttons["today"].setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert focus() is window.rail.buttons["clients"]
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert window.place == Place("clients")


def test_a_narrow_window_shows_icons_that_still_have_their_names(window: MainWindow) -> None:
    window.resize(1093, 574)
    QApplication.processEvents()
    assert window.rail.width() == 56
    for button in window.rail.findChildren(RailButton):
        assert name_of(button)
        assert name_of(button) in button.toolTip()
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.rail.width() == 188


def test_a_badge_is_said_as_well_as_shown(window: MainWindow) -> None:
    window.set_badge("sharing", 1, "1 to resolve")
    assert name_of(window.rail.buttons["sharing"]) == "Sharing, 1 to resolve"
    assert window.rail.buttons["sharing"].toolTip() == "Sharing, 1 to resolve  (Ctrl+9)"
    window.set_badge("sharing", 0, "")
    assert name_of(window.rail.buttons["sharing"]) == "Sharing"


def test_a_visit_gets_the_room_of_the_top_bar_and_the_forum_all_of_it(window: MainWindow) -> None:
    window.go_to(Place("visit"))
    assert (window.rail.width(), window.top_bar.isVisible()) == (56, False)
    window.go_to(Place("room"))
    assert not window.rail.isVisible()
    assert not window.status.isVisible()
    window.show_page("today")
    assert window.rail.isVisible()
    assert window.top_bar.isVisible()


def test_the_status_line_says_what_is_safe_and_what_waits(window: MainWindow) -> None:
    status = window.status
    assert status.saved.text() == "Saved on this laptop 14:32"
    assert status.to_share.text() == "3 changes to share"
    assert status.shared.text() == "Last shared Fri 20 Nov, 16:50"
    assert status.locks.text() == "Locks after 5 minutes"
    status.set_to_share(1)
    assert status.to_share.text() == "1 change to share"
    status.set_to_share(0, team=True)
    assert status.to_share.text() == "The team list waits to be shared"
    status.set_to_share(0)
    status.set_last_shared("")
    assert status.to_share.text() == "Nothing waits to be shared"
    assert status.shared.text() == "Not shared yet"


def test_an_older_casebook_is_said_above_every_page_but_its_own(window: MainWindow) -> None:
    window.older._show(True)  # noqa: FBT003  the answer itself
    assert window.older.isVisible()
    window.opened.emit(Place("older"))
    assert not window.older.isVisible()
    window.show_page("today")
    assert window.older.isVisible()


def test_the_search_asks_in_as_many_words_as_there_is_room_for(window: MainWindow) -> None:
    assert "date of birth" in window.search.placeholderText()
    window.search.setFixedWidth(220)
    assert window.search.placeholderText() == "Find a client"
    assert "date of birth" in window.search.accessibleDescription()


def test_a_made_up_team_says_so_on_every_page(window: MainWindow) -> None:
    assert window.top_bar.made_up.isVisible()
    assert name_of(window.top_bar.made_up) == "Made-up team"
    assert "shares as any team does" in window.top_bar.made_up.toolTip()


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1093, 574), 1.0), ((1093, 574), 1.5)]
)
def test_the_frame_fits_small_screens_and_large_text(
    window: MainWindow, qapp: QApplication, scheme: Scheme, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, Theme(scheme, scale))
    window.resize(*size)
    QApplication.processEvents()
    least = window.minimumSizeHint()
    assert (least.width() <= size[0], least.height() <= size[1]) == (True, True)
    cut = [
        words.text()
        for words in window.findChildren(QLabel)
        if words.isVisible()
        and words.width() + 1 < words.fontMetrics().horizontalAdvance(words.text())
    ]
    assert cut == []
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and not isinstance(button.parent(), QLineEdit):
            assert min(button.width(), button.height()) >= 24, name_of(button)
            assert window.rect().contains(button.mapTo(window, button.rect().bottomRight()))
    theme.apply(qapp, Theme())


def test_everything_in_the_frame_has_a_name(window: MainWindow) -> None:
    buttons = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not isinstance(button.parent(), QLineEdit)
    ]
    assert len(buttons) >= len(TITLES) + 2
    assert [button for button in buttons if not name_of(button).strip()] == []
    assert name_of(window.search) == "Find a client"
