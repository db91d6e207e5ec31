# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Words on a page: labels, lines that elide, passages of mixed weight, small icons.

Text is always plain: what somebody typed is never read as HTML.
"""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import AT_LEFT, BOLD, REGULAR, SEMI

FEW_LETTERS = 36
"""Room, at text size 1, below which a part of a line is left out rather than cut."""
_CSS_WEIGHT = {REGULAR: 400, SEMI: 600, BOLD: 700}


class Part(NamedTuple):
    """Some words of a line, with their colour and weight; or figures of a column."""

    text: str
    tone: str = "text"
    weight: QFont.Weight = REGULAR
    figures: bool = False

    def font(self, role: str) -> QFont:
        """Return its font: figures that stand in columns are all of one width."""
        return (theme.figures if self.figures else theme.font)(role, self.weight)

    def metrics(self, role: str) -> QFontMetrics:
        """Return how much room words in its font take."""
        return (theme.figure_metrics if self.figures else theme.metrics)(role, self.weight)


class Words(QLabel):
    """A label that keeps the size, weight and colour it was given through every theme."""

    def __init__(
        self, text: str, role: str = "body", *, tone: str = "text", weight: QFont.Weight = REGULAR
    ) -> None:
        super().__init__(text)
        self.role, self.tone, self.weight, self.figures = role, tone, weight, False
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.on_change(self._restyle)

    def set_figures(self) -> None:
        """Give every figure the same width, for times and numbers that stand in a column."""
        self.figures = True
        self._restyle()

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self.tone = tone
        self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Wear the colour again: Qt's style sheets take it off when a label changes hands."""
        super().showEvent(event)
        worn = self.palette().color(QPalette.ColorRole.WindowText)
        if worn != theme.color(self.tone) or self.font() != self._font():
            self._restyle()

    def _font(self) -> QFont:
        return (theme.figures if self.figures else theme.font)(self.role, self.weight)

    def _restyle(self) -> None:
        self.setFont(self._font())
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self.tone))
        self.setPalette(palette)


def label(
    text: str,
    role: str = "body",
    *,
    tone: str = "text",
    weight: QFont.Weight = REGULAR,
    wrap: bool = False,
    buddy: QWidget | None = None,
) -> Words:
    """Make a label.

    Args:
        text: plain text; with a buddy, the letter after `&` is its Alt key.
        role: type size: "small", "body", "h3", "h2", "h1".
        tone: a colour of the token table.
        weight: REGULAR, SEMI or BOLD.
        wrap: break into several lines where there is no room.
        buddy: the field the label is for.
    """
    made = Words(text, role, tone=tone, weight=weight)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(60)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    if buddy is not None:
        made.setBuddy(buddy)
        _let_in(buddy)
        if not buddy.accessibleName():
            buddy.setAccessibleName(text.replace("&", ""))
    return made


def _let_in(field: QWidget) -> None:
    """Let a label's Alt letter lead into a field made of parts, which takes no focus itself.

    Qt refuses to go where the field's own policy is NoFocus, and hands a policy set later on to the
    part that stands in for it; so the part steps aside for a moment.
    """
    if field.focusPolicy() is not Qt.FocusPolicy.NoFocus:
        return
    part = field.focusProxy()
    field.setFocusProxy(cast("QWidget", None))  # Qt's stubs forget that None takes it away
    field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    field.setFocusProxy(cast("QWidget", part))


class Passage(QLabel):
    """Words of mixed weight and colour that wrap: what must be read whole."""

    def __init__(self, parts: Sequence[Part], role: str = "body") -> None:
        super().__init__()
        self.role = role
        self._parts: tuple[Part, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setMinimumWidth(60)
        self.set_parts(parts)
        theme.look().changed.connect(self._restyle)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show other words."""
        self._parts = tuple(parts)
        self.setAccessibleName("".join(part.text for part in self._parts))
        self._restyle()

    def _restyle(self) -> None:
        self.setFont(theme.font(self.role))
        self.setText("".join(map(_as_html, self._parts)))


class Line(QWidget):
    """One line of words of mixed weight; what does not fit is elided and stands in the tooltip."""

    def __init__(self, parts: Sequence[Part], role: str = "body") -> None:
        super().__init__()
        self.role = role
        self._parts: tuple[Part, ...] = ()
        self._short: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts)
        theme.look().changed.connect(self._restyle)

    def set_parts(self, parts: Sequence[Part], *, short: Sequence[Part] = ()) -> None:
        """Show other words.

        Args:
            parts: what it says.
            short: the same in few words, for where there is no room.
        """
        self._parts = tuple(part for part in parts if part.text)
        self._short = tuple(short)
        self.setAccessibleName(self.text())
        self.setToolTip(self.text())
        self._restyle()

    def text(self) -> str:
        """Return all of its words."""
        return "".join(part.text for part in self._parts)

    def shown(self) -> tuple[Part, ...]:
        """Return the words there is room for; what is still too long is elided."""
        fits = not self._short or parts_width(self._parts, self.role) <= self.width()
        return self._parts if fits else self._short

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room all the words need."""
        return QSize(parts_width(self._parts, self.role) + 2, theme.metrics(self.role).height())

    def minimumSizeHint(self) -> QSize:
        """Return a width at which a few words can still be read."""
        return QSize(min(theme.px(60), self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words."""
        with QPainter(self) as painter:
            draw_parts(painter, self.rect(), self.shown(), role=self.role)


def parts_width(parts: Sequence[Part], role: str = "body") -> int:
    """Return how wide parts are when nothing is elided."""
    return sum(part.metrics(role).horizontalAdvance(part.text) for part in parts)


def draw_parts(painter: QPainter, rect: QRect, parts: Sequence[Part], *, role: str) -> int:
    """Draw parts one after the other, elide the one that does not fit; return the right end.

    Where the next part would have no room for a few letters, the dots come a part sooner: nothing
    ends with a divider that divides nothing.
    """
    left = rect.left()
    widths = [part.metrics(role).horizontalAdvance(part.text) for part in parts]
    for at, (part, wide) in enumerate(zip(parts, widths, strict=True)):
        room = rect.right() + 1 - left
        if room <= 0:
            break
        rest = room - wide
        last = 0 <= rest < min(sum(widths[at + 1 :]), theme.px(FEW_LETTERS))
        shown = part._replace(text=part.text.rstrip(" ·,") + "…") if last else part
        draw_part(
            painter, QRect(left, rect.top(), room, rect.height()), shown, role=role, wide=wide
        )
        left += wide
        if last:
            break
    return min(left, rect.right() + 1)


def draw_part(painter: QPainter, rect: QRect, part: Part, *, role: str, wide: int) -> None:
    """Draw one part, whose width is known; elide it where it does not fit."""
    text = part.text
    if wide > rect.width():
        text = part.metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(part.font(role))
    painter.setPen(theme.color(part.tone))
    painter.drawText(rect, AT_LEFT, text)


class IconMark(QWidget):
    """A small icon beside words that say the same; screen readers pass it by."""

    def __init__(self, name: str, tone: str = "muted", *, size: int = 16) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        theme.on_change(self._restyle)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def _restyle(self) -> None:
        side = theme.px(self._size) + 2
        self.setFixedSize(side, side)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        with QPainter(self) as painter:
            centre = QRectF(self.rect()).center()
            size = theme.px(self._size)
            icons.draw_icon(painter, centre, self._name, tone=self._tone, size=size)


class Disc(QWidget):
    """An icon, or two letters, on a round tint: what kind of thing a row is."""

    def __init__(
        self,
        icon: str = "",
        tone: str = "neutral",
        *,
        letters: str = "",
        size: int = 30,
        on_tint: bool = False,
    ) -> None:
        super().__init__()
        self._icon, self._tone, self._letters = icon, tone, letters
        self._size, self._on_tint = size, on_tint
        theme.on_change(self._restyle)

    def _restyle(self) -> None:
        self.setFixedSize(theme.px(self._size), theme.px(self._size))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc."""
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            draw_disc(painter, rect, self._icon, tone=self._tone, on_tint=self._on_tint)
            if self._letters:
                painter.setFont(theme.font("small", SEMI))
                painter.setPen(theme.color(self._tone))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letters)


def draw_disc(
    painter: QPainter, rect: QRectF, icon: str, *, tone: str, on_tint: bool = False
) -> None:
    """Draw an icon on its round tint; on a tinted row the disc takes the colour of the card."""
    theme.smooth(painter)
    outlined = theme.current().outlined
    painter.setPen(theme.color(tone) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface" if on_tint else f"{tone}_soft"))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5) if outlined else rect)
    if icon:
        size = round(rect.height() * 0.55)
        icons.draw_icon(painter, rect.center() + QPointF(0.01, 0.01), icon, tone=tone, size=size)


class Rule(QFrame):
    """A hairline between things."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("look", "rule")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


def _as_html(part: Part) -> str:
    colour, weight = theme.current().hex(part.tone), _CSS_WEIGHT.get(part.weight, 400)
    text = escape(part.text).replace("\n", "<br>")
    return f'<span style="color:{colour}; font-weight:{weight}">{text}</span>'
