# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Buttons. One filled button a page, low and to the right; its words say the act, never "OK".

With the keyboard on it a button is pressed by Enter as well as by the space bar.
"""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton

from ui import icons, theme
from ui.theme import REGULAR, SEMI

EN_SPACE = "\u2002"
"""Stands between icon and words: Qt's own gap is too tight."""

HANG = 9
"""How far inside its edge the words of a quiet button stand: it hangs out so far, to line up."""


class Kind(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"
    DANGER = "danger"
    FIX = "fix"


_ICON_TONE = {
    Kind.PRIMARY: "accent_text",
    Kind.QUIET: "link",
    Kind.LINK: "link",
    Kind.DANGER: "bad",
    Kind.FIX: "bad",
}


class Button(QPushButton):
    """A button that keeps its icon and weight through every theme."""

    def __init__(
        self,
        text: str,
        kind: Kind = Kind.PLAIN,
        *,
        icon: str = "",
        tone: str = "",
        small: bool = False,
    ) -> None:
        super().__init__()
        self.kind, self._icon, self._tone, self._small = Kind(kind), icon, tone, small
        self.setProperty("kind", self.kind.value)
        if small:
            self.setProperty("low", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(text)
        theme.on_change(self._restyle)

    def set_words(self, text: str) -> None:
        """Say something else; the accessible name follows."""
        self.setText(EN_SPACE + text if self._icon and text else text)
        if text:
            self.setAccessibleName(text.replace("&", ""))

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self._restyle()

    def set_kind(self, kind: Kind) -> None:
        """Ask more or less to be pressed."""
        self.kind = kind
        self.setProperty("kind", kind.value)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the room it needs in the style it will be drawn in."""
        self.ensurePolished()
        return super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it too: Qt leaves that to the desktop, and most do not."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.click()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        if self._icon:
            size = theme.px(16 if self._small else 18)
            tone = self._tone or _ICON_TONE.get(self.kind, "text")
            off = "muted" if self.kind is Kind.PRIMARY else ""
            self.setIcon(icons.icon(self._icon, tone, size=size, off=off))
            self.setIconSize(QSize(size, size))
        if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            self.style().unpolish(self)  # property selectors count only after polishing again
            self.style().polish(self)
        # Last: unpolishing puts back the font the button had when it was polished before.
        strong = self.kind in (Kind.PRIMARY, Kind.FIX)
        self.setFont(theme.font("body", SEMI if strong else REGULAR))
        self.updateGeometry()


def button(
    text: str,
    kind: str = Kind.PLAIN,
    *,
    icon: str = "",
    shortcut: str = "",
    name: str = "",
    small: bool = False,
) -> Button:
    """Make a button.

    Args:
        text: the act; the letter after `&` is its Alt key.
        kind: "primary", "plain", "quiet", "link", "danger" or "fix" (a line of a problem list).
        icon: Lucide name.
        shortcut: such as "Ctrl+R"; shown in the tooltip.
        name: accessible name, where the words alone do not say what they are about.
        small: 26 pixels high instead of 32.
    """
    made = Button(text, Kind(kind), icon=icon, small=small)
    if name:
        made.setAccessibleName(name)
    if shortcut:
        set_shortcut(made, shortcut)
    elif name:
        made.setToolTip(name)
    return made


def icon_button(
    icon: str,
    name: str,
    *,
    kind: str = Kind.PLAIN,
    tone: str = "",
    shortcut: str = "",
    small: bool = False,
) -> Button:
    """Make a button that shows only an icon; `name` is its tooltip and what a reader hears."""
    made = Button("", Kind(kind), icon=icon, tone=tone, small=small)
    made.setProperty("shape", "square")
    made.setAccessibleName(name)
    made.setToolTip(name)
    if shortcut:
        set_shortcut(made, shortcut)
    return made


def menu_button(
    text: str, menu: QMenu, *, icon: str = "ellipsis", name: str = "", small: bool = False
) -> Button:
    """Make a button that opens a menu."""
    made = (
        button(text, icon=icon, name=name, small=small)
        if text
        else icon_button(icon, name, small=small)
    )
    menu.setParent(made, menu.windowFlags())
    made.setMenu(menu)
    return made


def set_shortcut(widget: QPushButton, shortcut: str) -> None:
    """Give a button a key beside its Alt letter, and say so in its tooltip."""
    keys = QKeySequence(shortcut)
    QShortcut(keys, widget, widget.click)  # beside the Alt letter, which setShortcut would replace
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    widget.setProperty("keys", shortcut)
    widget.setToolTip(f"{widget.accessibleName()}  ({shown})")
