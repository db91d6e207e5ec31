# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The look in force: one scheme of colours at one text size, for every window at once.

`apply(app, Theme(...))` puts it on; `current()` is what is worn; `look().changed` is sent after
every change, so that a widget that paints itself can paint itself again. Widgets take their
numbers from here each time they paint (`color`, `font`, `px`), thousands of times for a page; so
fonts and colours are made once, and are not to be altered by whoever gets them. What widgets must
keep, such as a font or a pixmap, they set again in a method given to `on_change`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from resources import folder
from ui import tokens
from ui.style_sheet import style_sheet
from ui.tokens import Scheme

REGULAR = QFont.Weight.Normal
SEMI = QFont.Weight.DemiBold
BOLD = QFont.Weight.Bold
AT_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
FAMILY = "Inter"
WEIGHTS = ("400Regular", "600SemiBold", "700Bold")

_PALETTE = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "sunken"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "accent_text"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "accent_text"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Link, "link"),
    (QPalette.ColorRole.LinkVisited, "link"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "sunken"),
    (QPalette.ColorRole.Mid, "line"),
    (QPalette.ColorRole.Dark, "control"),
    (QPalette.ColorRole.Shadow, "line"),
    (QPalette.ColorRole.Accent, "accent"),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """One scheme of colours at one text size."""

    scheme: Scheme = Scheme.LIGHT
    text_scale: float = 1.0

    def hex(self, token: str) -> str:
        """Return a colour of the token table as `#RRGGBB`."""
        return str(getattr(tokens.COLOURS[token], self.scheme.value))

    def color(self, token: str) -> QColor:
        """Return a colour of the token table."""
        return QColor(self.hex(token))

    def font(self, role: str = "body", weight: QFont.Weight = REGULAR) -> QFont:
        """Return the font of a type size ("small", "body", "h3", "h2", "h1")."""
        font = QFont(FAMILY)
        font.setPointSizeF(tokens.POINTS[role] * self.text_scale)
        font.setWeight(weight)
        return font

    def figures(self, role: str = "body", weight: QFont.Weight = REGULAR) -> QFont:
        """Return the same with figures of one width, so that columns of times line up.

        Only for figures: the same feature makes Inter's hyphen as wide as a figure in every word.
        """
        font = self.font(role, weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def px(self, length: float) -> int:
        """Return a height or an icon size, grown with the text (small text shrinks no target)."""
        return round(length * max(1.0, self.text_scale))

    @property
    def outlined(self) -> bool:
        """Say whether tints are drawn as outlines, because there are no soft grounds."""
        return self.scheme is Scheme.CONTRAST


class Look(QObject):
    """Holds the theme in force for the whole program.

    Signals:
        changed: another theme is worn now; palette, fonts and style sheet are already its own.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme()
        self.worn: Theme | None = None
        self.follows = False


@cache
def look() -> Look:
    """Return the one look of this program."""
    return Look()


def current() -> Theme:
    """Return the theme in force."""
    return look().theme


@cache
def color(token: str) -> QColor:
    """Return a colour of the theme in force."""
    return current().color(token)


@cache
def font(role: str = "body", weight: QFont.Weight = REGULAR) -> QFont:
    """Return a font of the theme in force."""
    return current().font(role, weight)


@cache
def figures(role: str = "body", weight: QFont.Weight = REGULAR) -> QFont:
    """Return a font of the theme in force for times, dates and numbers that stand in columns."""
    return current().figures(role, weight)


@cache
def metrics(role: str = "body", weight: QFont.Weight = REGULAR) -> QFontMetrics:
    """Return how much room words in a font of the theme in force take."""
    return QFontMetrics(font(role, weight))


@cache
def figure_metrics(role: str = "body", weight: QFont.Weight = REGULAR) -> QFontMetrics:
    """Return how much room figures that stand in columns take."""
    return QFontMetrics(figures(role, weight))


@lru_cache(maxsize=500)
def width_of(text: str, role: str = "body", weight: QFont.Weight = REGULAR) -> int:
    """Return how wide some words are that a list says again and again, such as those of a chip."""
    return metrics(role, weight).horizontalAdvance(text)


@cache
def px(length: float) -> int:
    """Return a height or an icon size of the theme in force."""
    return current().px(length)


_OF_THE_THEME = (color, font, figures, metrics, figure_metrics, width_of, px)


def _forget() -> None:
    """Forget what was made for another theme, or without the bundled font."""
    for made in _OF_THE_THEME:
        made.cache_clear()


def on_change(restyle: Callable[[], None]) -> None:
    """Call a widget's own method now and at every change of theme, as long as the widget lives."""
    restyle()
    look().changed.connect(restyle)


def apply(app: QApplication, theme: Theme) -> None:
    """Put a theme on: Fusion, the bundled font, palette and style sheet; then tell everybody."""
    scale = min(max(theme.text_scale, tokens.SMALLEST_TEXT), tokens.LARGEST_TEXT)
    theme = replace(theme, text_scale=scale)
    if look().worn == theme:
        return
    if look().worn is None:
        load_fonts()
        app.setStyle("Fusion")
    look().theme = look().worn = theme
    _forget()
    app.setPalette(_palette(theme))
    app.setFont(theme.font())
    app.setStyleSheet(style_sheet(theme))
    look().changed.emit()


def choose(app: QApplication, wish: str, *, text_scale: float = 1.0) -> None:
    """Wear what a person chose in the settings.

    Args:
        app: the application.
        wish: "light", "dark" or "contrast"; anything else, such as "system", for what the laptop
            asks for, now and whenever that changes.
        text_scale: their text size, as a factor.
    """
    hints = app.styleHints()
    _watch(app)
    look().follows = wish not in set(Scheme)
    if look().follows:
        hints.unsetColorScheme()
        apply(app, Theme(_asked_for(app), text_scale))
        return
    scheme = Scheme(wish)
    light = scheme is Scheme.LIGHT
    hints.setColorScheme(Qt.ColorScheme.Light if light else Qt.ColorScheme.Dark)  # window borders
    apply(app, Theme(scheme, text_scale))


@cache
def _watch(app: QApplication) -> None:
    """Follow the laptop, once for the program, as long as the person wants that."""
    hints = app.styleHints()
    access = hints.accessibility()

    def follow() -> None:
        if look().follows:
            apply(app, replace(current(), scheme=_asked_for(app)))

    hints.colorSchemeChanged.connect(follow)
    access.contrastPreferenceChanged.connect(follow)


def _asked_for(app: QApplication) -> Scheme:
    hints = app.styleHints()
    access = hints.accessibility()
    if access.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return Scheme.CONTRAST
    return Scheme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Scheme.LIGHT


@cache
def load_fonts() -> None:
    """Give Qt the bundled font, once; a laptop without fonts would show boxes."""
    for weight in WEIGHTS:
        with as_file(folder("fonts") / f"Inter_{weight}.ttf") as file:
            QFontDatabase.addApplicationFont(str(file))
    _forget()


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in _PALETTE:
        palette.setColor(role, theme.color(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("disabled"))
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, theme.color("disabled")
    )
    return palette


def smooth(painter: QPainter) -> QPainter:
    """Make a painter draw round things round, and return it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
