# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tiles: the first big choice of a page, each with an icon, two lines of words and one key."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from desktop_app.casework.words import _
from ui import icons, theme
from ui.kit.keycap import draw_keycap, keycap_size
from ui.kit.labels import Part, draw_disc, draw_parts
from ui.kit.lines import broken_lines
from ui.theme import BOLD, REGULAR, SEMI

HIGH, LOW = 64, 48
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class TileChoice:
    """What one tile offers."""

    code: str
    text: str
    beneath: str
    icon: str
    tone: str
    key: str = ""


class Tile(QAbstractButton):
    """One big choice."""

    def __init__(self, choice: TileChoice) -> None:
        super().__init__()
        self.choice = choice
        self._low = False
        self.setText(choice.text)
        said = f"{choice.text}. {choice.beneath}"
        if choice.key:
            said += ". " + _("Key %(key)s") % {"key": choice.key}
        self.setAccessibleName(said)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.look().changed.connect(self.updateGeometry)

    def set_low(self, *, low: bool) -> None:
        """Take less height, for small windows."""
        if low != self._low:
            self._low = low
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the words."""
        title, small = theme.metrics("body", BOLD), theme.metrics("small")
        words = max(
            title.horizontalAdvance(self.choice.text), small.horizontalAdvance(self.choice.beneath)
        )
        high = max(theme.px(LOW if self._low else HIGH), title.height() + small.height() + 10)
        return QSize(theme.px(48) + words + theme.px(44), high)

    def minimumSizeHint(self) -> QSize:
        """Return room for the title and the longest word beneath."""
        title = theme.metrics("body", BOLD).horizontalAdvance(self.choice.text)
        words = map(theme.metrics("small").horizontalAdvance, self.choice.beneath.split())
        widest = max(title, *words, 0)
        return QSize(theme.px(48) + widest + theme.px(40), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let arrows and letters go to the row of tiles; press one that stands alone with Enter."""
        if not self.isCheckable() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        parent = self.parent()
        if isinstance(parent, Tiles) and parent.takes(self, event):
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tile."""
        with QPainter(self) as painter:
            theme.smooth(painter)
            on, focus, tone = self.isChecked(), self.hasFocus(), self.choice.tone
            rect = QRectF(self.rect())
            edge = tone if on else "focus" if focus else "control"
            lit = "sunken" if self.underMouse() else "surface"
            wide = 2.0 if on or focus else 1.0
            painter.setPen(QPen(theme.color(edge), wide))
            painter.setBrush(theme.color(f"{tone}_soft" if on else lit))
            inset = wide / 2 + (2 if on and focus else 0)
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 8, 8)
            if on and focus:
                painter.setPen(QPen(theme.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 9, 9)
            disc = QRectF(0, 0, theme.px(28), theme.px(28))
            disc.moveCenter(QPointF(theme.px(26), rect.center().y()))
            draw_disc(painter, disc, self.choice.icon, tone=tone, on_tint=on)
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        on, tone = self.isChecked(), self.choice.tone
        title, small = theme.metrics("body", BOLD), theme.metrics("small")
        left, room = theme.px(48), self.width() - theme.px(48 + 38)
        most = 1 if self._low else 2
        beneath = broken_lines(self.choice.beneath, room, role="small", most=most)
        top = (self.height() - title.height() - len(beneath) * small.height()) // 2
        place = QRect(left, top, room, title.height())
        head = Part(self.choice.text, tone if on else "text", BOLD if on else SEMI)
        draw_parts(painter, place, [head], role="body")
        place.setRect(left, top + title.height(), room, small.height())
        for line in beneath:
            part = Part(line, "text" if on else "muted", REGULAR)
            draw_parts(painter, place, [part], role="small")
            place.translate(0, small.height())
        centre = QPointF(self.width() - theme.px(22), self.height() / 2)
        if on:
            icons.draw_icon(painter, centre, "circle-check", tone=tone, size=theme.px(18))
        elif self.choice.key:
            cap = QRectF(QPointF(0, 0), keycap_size(self.choice.key))
            cap.moveCenter(centre)
            draw_keycap(painter, cap, self.choice.key)


class Tiles(QWidget):
    """A row of tiles of which at most one is chosen; its keys work while focus is inside.

    Signals:
        chosen: the code of the tile a person chose.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[TileChoice], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._low = False
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.tiles: dict[str, Tile] = {}
        for choice in choices:
            tile = Tile(choice)
            tile.clicked.connect(lambda _on=False, code=choice.code: self._choose(code))
            self.tiles[choice.code] = tile
            row.addWidget(tile, 1)
        self._value = ""
        self.set_value("")

    def value(self) -> str:
        """Return the chosen code, or ""."""
        return self._value

    def set_value(self, code: str) -> None:
        """Choose a tile, or none with ""; nobody is told. The keyboard goes along."""
        inside = any(tile.hasFocus() for tile in self.tiles.values())
        self._value = code
        stop = code or next(iter(self.tiles))
        for each, tile in self.tiles.items():
            tile.setChecked(each == code)
            tab = each == stop
            tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.tiles[stop])
        if inside:
            self.tiles[stop].setFocus(Qt.FocusReason.OtherFocusReason)

    def set_low(self, *, low: bool) -> None:
        """Take less height, for small windows."""
        self._low = low
        self._arrange()

    def _least(self) -> list[int]:
        return [tile.minimumSizeHint().width() for tile in self.tiles.values()]

    def _arrange(self) -> None:
        """Stand side by side, or one under another where that is too narrow."""
        beside = self.width() >= sum(self._least()) + 8 * (len(self.tiles) - 1)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)
        for tile in self.tiles.values():
            tile.set_low(low=self._low or not beside)

    def minimumSizeHint(self) -> QSize:
        """Return room for one tile a line, as high as they stand now."""
        return QSize(max(self._least(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the tiles for this width."""
        super().resizeEvent(event)
        self._arrange()

    def takes(self, tile: Tile, event: QKeyEvent) -> bool:
        """Act on a key pressed in a tile; say whether it meant something."""
        codes = list(self.tiles)
        if event.key() in (*_BACK, *_ON):
            step = -1 if event.key() in _BACK else 1
            self._go(codes[(codes.index(tile.choice.code) + step) % len(codes)])
            return True
        for code, each in self.tiles.items():
            if each.choice.key and event.text().casefold() == each.choice.key.casefold():
                self._go(code)
                return True
        return False

    def _go(self, code: str) -> None:
        self._choose(code)
        self.tiles[code].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, code: str) -> None:
        self.set_value(code)
        self.chosen.emit(code)
