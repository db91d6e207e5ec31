# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The style sheet: how Qt's own widgets are drawn, from the token table.

Kept to what Qt draws itself (buttons, fields, lists, menus, scroll bars) and to plain grounds
(`setProperty("look", "card")`). Everything with a shape of its own paints itself in `ui/kit`.
A container must not set a colour for its children here: it would stop palette changes at its door.
The ring of focus is 2 pixels wide instead of 1; what it takes is taken off inside (`_in`), so that
nothing moves when the focus does.
"""

from string import Template
from typing import TYPE_CHECKING

from ui import tokens

if TYPE_CHECKING:
    from ui.theme import Theme

_GROUNDS = """
QFrame[look="card"] { background: $surface; border: 1px solid $line; border-radius: 10px; }
QFrame[look="card"][stop="true"]:focus { border: 2px solid $focus; }
QScrollArea[stop="true"] { border: 2px solid transparent; border-radius: 6px; }
QScrollArea[stop="true"]:focus { border: 2px solid $focus; }
QFrame[look="picked"] { background: $surface; border: 2px solid $link; border-radius: 10px; }
QFrame[look="bar"] { background: $surface; border: none; }
QFrame[look="header"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[look="footer"] { background: $surface; border: none; border-top: 1px solid $line; }
QFrame[look="quote"] { background: $window; border: 1px solid $line; border-radius: 8px; }
QFrame[look="sunken"] { background: $sunken; border: none; border-radius: 8px; }
QFrame[look="rail"] { background: $rail; border: none; border-right: 1px solid $rail_edge; }
QFrame[look="rule"] { background: $line; border: none; }
"""

_TONED = """
QFrame[look="$tone"] { background: $soft; border: $edge; border-radius: 8px; }
QFrame[look="$tone-edge"] { background: $soft; border: $edge; border-left: 4px solid $colour; }
"""

_BUTTONS = """
QPushButton { background: $surface; color: $text; border: 1px solid $control;
    border-radius: 6px; padding: 0 12px; min-height: ${high}px; }
QPushButton:hover { background: $sunken; }
QPushButton:pressed { background: $select; }
QPushButton:focus { border: 2px solid $focus; padding: 0 11px; min-height: ${high_in}px; }
QPushButton:disabled { color: $disabled; border-color: $line; }
QPushButton::menu-indicator { width: 0; }
QPushButton[kind="primary"] { background: $accent; color: $accent_text;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $muted;
    border-color: $line; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; padding: 0 11px; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:hover { background: $bad_soft; }
QPushButton[kind="danger"]:focus { border: 2px solid $bad; padding: 0 11px; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { background: transparent; color: $link;
    border: 1px solid transparent; padding: 0 8px; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="link"]:hover { background: $sunken; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; padding: 0 7px; }
QPushButton[kind="link"] { text-align: left; text-decoration: underline; padding: 0 4px; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: 0 3px; }
QPushButton[kind="fix"] { background: transparent; color: $bad; font-weight: 600;
    border: 1px solid transparent; text-align: left; text-decoration: underline; padding: 0 4px; }
QPushButton[kind="fix"]:hover { background: $bad_soft; }
QPushButton[kind="fix"]:focus { border: 2px solid $focus; padding: 0 3px; }
QPushButton[low="true"] { min-height: ${small}px; }
QPushButton[low="true"]:focus { min-height: ${small_in}px; }
QPushButton[shape="square"] { padding: 0; min-width: ${high}px; }
QPushButton[shape="square"]:focus { padding: 0; min-width: ${high_in}px; }
QPushButton[shape="square"][low="true"] { min-width: ${small}px; }
QPushButton[shape="square"][low="true"]:focus { min-width: ${small_in}px; }
"""

_FIELDS = """
QLineEdit { background: $surface; color: $text; border: 1px solid $control; border-radius: 6px;
    padding: 0 8px; min-height: ${high}px;
    placeholder-text-color: $muted;
    selection-background-color: $accent; selection-color: $accent_text; }
QLineEdit:focus { border: 2px solid $focus; padding: 0 7px; min-height: ${high_in}px; }
QLineEdit[wrong="true"] { border: 2px solid $bad; padding: 0 7px; min-height: ${high_in}px; }
QLineEdit:read-only { background: $window; }
QPlainTextEdit { background: $surface; color: $text; border: 1px solid $control;
    border-radius: 6px; padding: 5px 7px; placeholder-text-color: $muted;
    selection-background-color: $accent; selection-color: $accent_text; }
QPlainTextEdit:focus { border: 2px solid $focus; padding: 4px 6px; }
QPlainTextEdit[wrong="true"] { border: 2px solid $bad; padding: 4px 6px; }
QComboBox { background: $surface; color: $text; border: 1px solid $control; border-radius: 6px;
    padding: 0 8px; min-height: ${high}px; placeholder-text-color: $muted; }
QComboBox:focus { border: 2px solid $focus; padding: 0 7px; min-height: ${high_in}px; }
QComboBox[wrong="true"] { border: 2px solid $bad; padding: 0 7px; min-height: ${high_in}px; }
QComboBox::drop-down { border: none; width: ${combo}px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $control;
    outline: 0; selection-background-color: $select; selection-color: $text; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: ${small}px; padding: 0 8px; }
QProgressBar { background: $sunken; border: none; border-radius: 4px; max-height: 8px;
    min-height: 8px; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
"""

_VIEWS = """
QToolTip { background: $surface; color: $text; border: 1px solid $control; padding: 4px 6px; }
QListView, QTableView, QTreeView { background: transparent; border: none; outline: 0; }
QTableView { gridline-color: $line; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
    border-bottom: 1px solid $line; padding: 6px 10px; font-weight: 600; }
QScrollArea, QScrollArea > QWidget > QWidget[look="plain"] { background: transparent;
    border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar::handle:vertical { background: $control; border-radius: 4px; min-height: 32px;
    margin: 0 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle:horizontal { background: $control; border-radius: 4px; min-width: 32px;
    margin: 2px 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $text; border: 1px solid $control; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $select; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QSplitter::handle { background: $line; }
"""


def style_sheet(theme: "Theme") -> str:
    """Return the style sheet of a theme."""
    words = {token: theme.hex(token) for token in tokens.COLOURS}
    words["rail_edge"] = theme.hex("line" if theme.outlined else "rail")
    sizes = {
        "high": theme.px(tokens.CONTROL),
        "high_in": theme.px(tokens.CONTROL) - 2,
        "small": theme.px(tokens.SMALL_CONTROL) - 2,
        "small_in": theme.px(tokens.SMALL_CONTROL) - 4,
        "combo": theme.px(28),
    }
    plain = Template(_GROUNDS + _BUTTONS + _FIELDS + _VIEWS).substitute(words, **sizes)
    return plain + "".join(_toned(theme, tone) for tone in (*tokens.CHIP_TONES, "accent"))


def _toned(theme: "Theme", tone: str) -> str:
    return Template(_TONED).substitute(
        tone=tone,
        soft=theme.hex(f"{tone}_soft"),
        colour=theme.hex(tone),
        edge=f"1px solid {theme.hex(tone)}" if theme.outlined else "none",
    )
