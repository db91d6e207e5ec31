# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A score on one line: now filled, before hollow, and the threshold as a named mark."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.casework.forum_card import Risk
from desktop_app.casework.words import _
from ui import theme
from ui.theme import BOLD, REGULAR

BAR, DOT, TICK = 8, 7, 12


class ScoreLine(QWidget):
    """The line, with its words; a screen reader reads them."""

    def __init__(self, risk: Risk) -> None:
        super().__init__()
        self._risk = risk
        was = _(", was %(before)d") % {"before": risk.before} if risk.before is not None else ""
        self.words = _("Now %(words)s%(was)s") % {"words": risk.words, "was": was}
        self.setAccessibleName(self.words)
        self.setToolTip(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.on_change(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for words above, the line, and words beneath."""
        high = theme.metrics().height() + theme.metrics("small").height()
        return QSize(200, high + 2 * TICK + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        risk = self._risk
        most = max(risk.most, risk.total, risk.threshold, risk.before or 0, 1)
        with QPainter(self) as painter:
            theme.smooth(painter)
            middle = theme.metrics().height() + TICK + 2.0
            left, wide = float(DOT), self.width() - 2.0 * DOT

            def at(points: int) -> float:
                return left + wide * max(0, points) / most

            painter.setPen(Qt.PenStyle.NoPen)
            for tone, begin, end in (
                ("line", 0, most),
                ("warn_soft", min(risk.threshold, most), most),
            ):
                painter.setBrush(theme.color(tone))
                part = QRectF(at(begin), middle - BAR / 2, at(end) - at(begin), BAR)
                painter.drawRoundedRect(part, BAR / 2, BAR / 2)
            self._mark(painter, at(risk.threshold), middle)
            if risk.before is not None and risk.before != risk.total:
                painter.setPen(QPen(theme.color("link"), 2))
                painter.drawLine(QPointF(at(risk.before), middle), QPointF(at(risk.total), middle))
                painter.setBrush(theme.color("surface"))
                painter.drawEllipse(QPointF(at(risk.before), middle), DOT - 1.0, DOT - 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawEllipse(QPointF(at(risk.total), middle), DOT, DOT)
            self._say(painter, at(risk.total))

    def _mark(self, painter: QPainter, x: float, middle: float) -> None:
        """Draw the threshold, and name it beneath."""
        painter.setPen(QPen(theme.color("muted"), 2))
        painter.drawLine(QPointF(x, middle - TICK), QPointF(x, middle + TICK))
        words = _("Threshold %(n)d") % {"n": self._risk.threshold}
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        wide = theme.width_of(words, "small") + 2
        place = min(max(0.0, x - wide / 2), self.width() - wide)
        high = theme.metrics("small").height()
        rect = QRectF(place, middle + TICK, wide, high)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _say(self, painter: QPainter, x: float) -> None:
        """Say above it how it stands and stood."""
        now = _("Now %(n)d") % {"n": self._risk.total}
        was = _("was %(n)d") % {"n": self._risk.before} if self._risk.before is not None else ""
        first = theme.width_of(now, "body", BOLD)
        gap = theme.px(8) if was else 0
        wide = first + gap + (theme.width_of(was, "body") if was else 0) + 2
        place = min(max(0.0, x - first / 2), max(0.0, self.width() - wide))
        high = theme.metrics().height()
        for words, weight, tone in ((now, BOLD, "text"), (was, REGULAR, "muted")):
            painter.setFont(theme.font("body", weight))
            painter.setPen(theme.color(tone))
            rect = QRectF(place, 0, self.width() - place, high)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
            place += first + gap
