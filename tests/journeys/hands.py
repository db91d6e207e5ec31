# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Somebody at a laptop who has only eyes and a keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)

from tests.dialogs import QuietDialogs
from tests.ui.crew import words_on
from tests.ui.office import OfficeClock
from ui.app import Tandem
from ui.dialogs import ScreenDialogs
from ui.pages.first_run_steps import Step, Words

Keys = Qt.KeyboardModifier
K = Qt.Key
PATIENCE_MS = 10_000


class Waits(Protocol):
    """Whoever lets the window do what it has begun: pytest-qt's `QtBot`, or the gallery."""

    def waitUntil(self, there: Callable[[], bool], /, *, timeout: int = ...) -> None:  # noqa: N802
        """Wait until something is so.

        Raises:
            Exception: it was not so in time.
        """
        ...


class Hands:
    """Somebody at one laptop: eyes for words, fingers for keys."""

    def __init__(self, qtbot: Waits, app: QApplication, home: Path, clock: OfficeClock) -> None:
        self.qtbot, self.app, self.home, self.clock = qtbot, app, home, clock
        self.dialogs = QuietDialogs()
        self.start()

    def start(self) -> None:
        """Double-click Tandem."""
        self.tandem = Tandem(
            self.app, self.home, clock=self.clock, dialogs=self.dialogs, restart=lambda: None
        )
        self.tandem.start()
        self.front()

    def front(self) -> QWidget:
        """Turn to this laptop."""
        window = self.tandem.window
        assert window is not None
        if not window.isActiveWindow():
            window.activateWindow()
            self.qtbot.waitUntil(window.isActiveWindow)
        return window

    def rest(self) -> None:
        """Wait until nothing is under way."""
        book = self.tandem.casebook
        if book is not None:
            self.qtbot.waitUntil(
                lambda: not (book.session.busy or book.exchanging.running),
                timeout=PATIENCE_MS,
            )
            self.app.processEvents()  # what was put on a page just now can be seen only then

    def sees(self, *words: str) -> str:
        """Wait until these words stand on the screen; return all that do."""

        def there() -> bool:
            said = read(self.front())
            return all(one in said for one in words)

        self.qtbot.waitUntil(there, timeout=PATIENCE_MS)
        self.rest()
        return read(self.front())

    def press(self, key: Qt.Key, held: Keys = Keys.NoModifier) -> None:
        """Press a key wherever the keyboard is."""
        window = self.front()
        QTest.keyClick(QApplication.focusWidget() or window, key, held)

    def alt(self, letter: str) -> None:
        """Press Alt and an underlined letter."""
        self.press(K(ord(letter)), Keys.AltModifier)

    def write(self, words: str) -> None:
        """Type."""
        window = self.front()
        QTest.keyClicks(QApplication.focusWidget() or window, words)

    def tab_to(self, name: str, *, part: bool = False) -> None:
        """Go on with Tab until the keyboard is on something of this name, or that says this."""
        stops = []
        for _step in range(120):
            self.press(K.Key_Tab)
            focus = QApplication.focusWidget()
            assert focus is not None
            stops.append(name_of(focus))
            if name == stops[-1] or (part and name in stops[-1]):
                return
        raise AssertionError((name, stops))

    def choose_in_menu(self, words: str) -> None:
        """With the keyboard on the button of a menu, open it, go down to a line and take it."""

        def take() -> None:
            menu = QApplication.activePopupWidget()
            assert isinstance(menu, QMenu)
            for _line in menu.actions():
                QTest.keyClick(menu, K.Key_Down)
                line = menu.activeAction()
                if line.text() == words:
                    QTest.keyClick(menu, K.Key_Return)
                    return
            QTest.keyClick(menu, K.Key_Escape)
            raise AssertionError((words, [one.text() for one in menu.actions()]))

        QTimer.singleShot(0, take)  # the menu does not return before something is taken
        self.press(K.Key_Space)

    def name_file(self, place: Path) -> None:
        """With the keyboard on a button that asks for a file, press it, and type a name there."""
        asked: list[QFileDialog] = []
        self.dialogs.answers["open_file"] = ScreenDialogs(self.front())

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            asked.append(dialog)
            try:
                dialog.activateWindow()
                self.qtbot.waitUntil(dialog.isActiveWindow)
                field = dialog.focusWidget()
                assert isinstance(field, QLineEdit), "one can type at once"
                QTest.keyClicks(field, str(place))
                QTest.keyClick(field, K.Key_Return)
            finally:
                if dialog.isVisible():  # else a failure here would never be told
                    dialog.reject()

        QTimer.singleShot(0, answer)  # the dialog does not return before it is answered
        self.press(K.Key_Space)
        del self.dialogs.answers["open_file"]
        assert asked

    def fill_in(self, *lines: str) -> None:
        """Type lines with Tab between, and Enter."""
        for at, line in enumerate(lines):
            if at:
                self.press(K.Key_Tab)
            self.write(line)
        self.press(K.Key_Return)

    def go(self, title: str) -> None:
        """Press what the rail says for a page: Ctrl and a figure."""
        self.sees(title)
        (line,) = (
            one.toolTip()
            for one in self.front().findChildren(QWidget)
            if one.toolTip().startswith(title) and "Ctrl+" in one.toolTip()
        )
        self.press(K(ord(line[line.index("Ctrl+") + 5])), Keys.ControlModifier)
        self.rest()

    def share(self) -> str:
        """Share, and return what stands there then."""
        self.clock.later()
        self.go("Sharing")
        self.press(K.Key_Return, Keys.ControlModifier)
        self.rest()
        return self.sees("Last heard from")

    def lock(self) -> None:
        """Lock, and be left with a sign-in page."""
        self.clock.later()
        self.press(K.Key_L, Keys.ControlModifier)
        assert self.tandem.casebook is None
        old = self.tandem.window
        self.start()
        if old is not None:
            old.close()
            old.deleteLater()

    def sign_in(self, passphrase: str) -> None:
        """Type the words and Enter."""
        self.sees("Unlock your casebook")
        # After wrong words there is a wait; it has gone by, and the button says so.
        self.qtbot.waitUntil(lambda: "Again in" not in read(self.front()))
        self.write(passphrase)
        self.press(K.Key_Return)

    def step(self, kind: type[Step]) -> Step:
        """Wait for a step; return it, to be read."""
        found: list[Step] = []

        def there() -> bool:
            found[:] = [one for one in self.front().findChildren(kind) if one.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(there, timeout=PATIENCE_MS)
        return found[0]

    def write_down(self) -> str:
        """Write the new passphrase down, type it from the paper, go on; return it."""
        step = self.step(Words)
        assert isinstance(step, Words)
        passphrase = step.passphrase
        assert passphrase in self.sees("Your passphrase")
        self.write(passphrase)
        self.press(K.Key_Tab)
        self.press(K.Key_Space)
        self.press(K.Key_Tab)
        self.press(K.Key_Return)
        return passphrase

    def end(self) -> None:
        if self.tandem.casebook is not None:
            self.rest()
            self.tandem.lock()
        window = self.tandem.window
        close_down = getattr(window, "close_down", None)
        if close_down is not None:
            close_down()
        if window is not None:
            window.close()
            window.deleteLater()


def read(window: QWidget) -> str:
    """Return every word on a screen, those in lists as well."""
    said = [words_on(window)]
    for view in window.findChildren(QAbstractItemView):
        lines = view.model()
        if view.isVisible() and lines is not None:
            cells = (lines.index(row, 0) for row in range(lines.rowCount()))
            said += [str(one.data(Qt.ItemDataRole.AccessibleTextRole) or "") for one in cells]
    return "\n".join(said)


def name_of(widget: QWidget) -> str:
    """Return what a screen reader would say of something."""
    text = widget.text() if isinstance(widget, QPushButton) else ""
    return widget.accessibleName() or text.replace("&", "")
