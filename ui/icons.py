# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Icons: the shipped Lucide drawings, tinted with a colour of the theme in force.

An icon never stands alone: beside it are words, or it has an accessible name and a tooltip.
Sizes are in the screen's own (logical) pixels, so pass `px(16)` to let an icon grow with the text.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import folder
from ui import theme

STROKE = "1.9"
_SHARPNESS = (1.0, 1.25, 1.5, 2.0)
_drawn: dict[tuple[str, str, int, float], QPixmap] = {}


def names() -> list[str]:
    """Return the name of every icon there is."""
    files = (one.name for one in folder("icons").iterdir())
    return sorted(name.removesuffix(".svg") for name in files if name.endswith(".svg"))


def pixmap(name: str, tone: str = "text", *, size: int = 16, dpr: float = 1.0) -> QPixmap:
    """Return an icon as a picture.

    Args:
        name: Lucide's name, such as "calendar-days".
        tone: a colour of the token table.
        size: logical pixels.
        dpr: how many pixels of the screen make a logical one.
    """
    colour = theme.current().hex(tone)
    key = (name, colour, size, dpr)
    if key not in _drawn:
        _drawn[key] = _draw(name, colour, size=size, dpr=dpr)
    return _drawn[key]


def icon(name: str, tone: str = "text", *, size: int = 18, off: str = "") -> QIcon:
    """Return an icon for a button or a menu; ask again after a change of theme.

    Args:
        name: Lucide's name.
        tone: a colour of the token table.
        size: logical pixels.
        off: the colour while it cannot be pressed; Qt's own fading where none is given.
    """
    found = QIcon()
    for dpr in _SHARPNESS:
        found.addPixmap(pixmap(name, tone, size=size, dpr=dpr))
        if off:
            found.addPixmap(pixmap(name, off, size=size, dpr=dpr), QIcon.Mode.Disabled)
    return found


def draw_icon(painter: QPainter, centre: QPointF, name: str, *, tone: str, size: int) -> None:
    """Draw an icon around a point, as sharp as the painter's device allows."""
    device = painter.device()
    dpr = device.devicePixelRatio()
    corner = QPointF(round(centre.x() - size / 2), round(centre.y() - size / 2))
    painter.drawPixmap(corner, pixmap(name, tone, size=size, dpr=dpr))


def _draw(name: str, colour: str, *, size: int, dpr: float) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(_tinted(name, colour).encode()))
    picture = QPixmap(round(size * dpr), round(size * dpr))
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        drawing.render(painter, QRectF(picture.rect()))
    picture.setDevicePixelRatio(dpr)
    return picture


def _tinted(name: str, colour: str) -> str:
    drawing = _source(name).replace("currentColor", colour)
    return drawing.replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@cache
def _source(name: str) -> str:
    return (folder("icons") / f"{name}.svg").read_text(encoding="utf-8")
