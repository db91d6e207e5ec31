# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A trend as a drawing: one for paper, for a web page and for the screen.

Rules, each with a test:

* It is drawn by date: a long time between two answers is a long line.
* Where there is no number there is a gap and a word, never a nought and no line across it.
* Every point says its number; colour says nothing that words do not.
* Answers about the weeks before custody are hollow, because they are of other weeks.
* The same trend gives the same drawing.
"""

import re
from dataclasses import dataclass, fields
from datetime import date

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

from desktop_app.casework.dates import say_date, say_short
from desktop_app.casework.outcome_pack_file import NOT_ASKED, YES_NO
from desktop_app.casework.outcome_packs import unanswered_words
from desktop_app.casework.outcomes import BEFORE_CUSTODY, Point, Trend
from desktop_app.casework.words import _
from desktop_app.reports.fonts import PLAIN, STRONGEST, embed_fonts

_UNREAD = re.compile(
    r"""<clipPath.*?</clipPath>|<title>.*?</title>|<desc>.*?</desc>"""
    r"""|\sstyle=["']clip-path: url\([^)]*\);?["']|\stransform=["']["']""",
    re.DOTALL,
)
"""What Qt would paint in black, and what says nothing."""
_BEFORE, _AFTER, _ABOVE, _BELOW, _INSET = 36, 18, 17, 16, 12
"""Room around the field, in points: for ends of the scale, numbers and days; beyond the points."""
_NEAREST = 26
"""Points between two answers, however near their days, so that their numbers can be read."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a drawing."""

    text: str = "#17212B"
    muted: str = "#4F5D6B"
    line: str = "#D8DEE4"
    mark: str = "#17212B"
    ground: str = "#FFFFFF"


GAP = "\u2013"
"""Stands where there is no number: a dash."""
FOR_SCREEN = Ink("#030000", "#000300", "#000003", "#030300", "#000303")
"""Stands for the colours of whatever look is worn; see `for_screen`."""


def drawing(
    trend: Trend,
    *,
    on: date,
    width: float,
    height: float = 76,
    ink: Ink | None = None,
    size: float = 8,
) -> Drawing:
    """Return a trend as a drawing.

    Args:
        trend: what is drawn; has at least one point.
        on: today; days of another year are said with it.
        width: in points.
        height: in points.
        ink: its colours; black on white where none are given.
        size: of its words, in points.
    """
    embed_fonts()
    made = Drawing(width, height)
    field = _Field(trend, (width, height), ink or Ink(), size=size, on=on)
    for shape in (*field.scale(), *field.lines(), *field.points(), *field.days()):
        made.add(shape)
    return made


def as_svg(made: Drawing) -> str:
    """Return a drawing as SVG that a browser and Qt draw alike."""
    text = str(renderSVG.drawToString(made))
    plain = _UNREAD.sub("", text[text.index("<svg") :]).replace("fill: None", "fill: none")
    return plain.replace(f"font-family: {STRONGEST}", "font-family: Inter; font-weight: 700")


def for_screen(made: Drawing) -> str:
    """Return a drawing in `FOR_SCREEN` as SVG, with `{text}`, `{muted}` ... for its colours."""
    svg = as_svg(made)
    for one in fields(Ink):
        svg = svg.replace(_as_said(getattr(FOR_SCREEN, one.name)), f"{{{one.name}}}")
    return svg


def _as_said(colour: str) -> str:
    """Return how SVG says a colour."""
    parts = (round(100 * int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return f"rgb({','.join(f'{part}%' for part in parts)})"


class _Field:
    """Where everything of one drawing stands."""

    def __init__(
        self, trend: Trend, room: tuple[float, float], ink: Ink, *, size: float, on: date
    ) -> None:
        grown, (width, height) = size / 8, room
        self.trend, self.ink, self.size, self.on = trend, ink, size, on
        self.grown = grown
        self.left, self.right = _BEFORE * grown, width - _AFTER * grown
        self.low, self.high = _BELOW * grown, height - _ABOVE * grown
        self.places = self._places(_NEAREST * grown)

    def _places(self, nearest: float) -> list[float]:
        """Return where each point stands, by its day, and never on top of the one before."""
        days = [one.on.toordinal() for one in self.trend.points]
        span, room = max(days[-1] - days[0], 1), self.right - self.left
        if len(days) == 1:
            return [self.left + room / 2]
        placed = [self.left + room * (day - days[0]) / span for day in days]
        nearest = min(nearest, room / (len(days) - 1))
        for at in range(1, len(placed)):
            placed[at] = max(placed[at], placed[at - 1] + nearest)
        over = placed[-1] - self.right
        for at in range(len(placed) - 1, -1, -1):
            limit = self.right - nearest * (len(placed) - 1 - at)
            placed[at] = min(placed[at], limit) if over > 0 else placed[at]
        return placed

    def _y(self, value: int) -> float:
        least, most = self.trend.item.span
        return self.low + (self.high - self.low) * (value - least) / (most - least)

    def scale(self) -> list[Line | String]:
        """Return the two ends of the scale."""
        least, most = self.trend.item.span
        yes_no = self.trend.item.type == YES_NO
        words = (_("No"), _("Yes")) if yes_no else (str(least), str(most))
        found: list[Line | String] = []
        for value, said in zip((least, most), words, strict=True):
            y = self._y(value)
            ends = self.left - _INSET * self.grown, self.right + _INSET * self.grown
            rule = Line(ends[0], y, ends[1], y)
            rule.strokeColor, rule.strokeWidth = HexColor(self.ink.line), 0.75
            at = ends[0] - 4
            found += [rule, self._words(said, (at, y - self.size * 0.35, "end"), self.ink.muted)]
        return found

    def lines(self) -> list[PolyLine]:
        """Return the lines between answers that follow each other; a gap ends one.

        Between a yes and a no lies nothing.
        """
        if self.trend.item.type == YES_NO:
            return []
        runs: list[list[float]] = [[]]
        for one, x in zip(self.trend.points, self.places, strict=True):
            if one.value is None:
                runs.append([])
            else:
                runs[-1] += [x, self._y(one.value)]
        found = []
        for run in runs:
            if len(run) > 2:
                line = PolyLine(run)
                line.strokeColor, line.strokeWidth = HexColor(self.ink.mark), 1.6
                found.append(line)
        return found

    def points(self) -> list[Circle | Rect | String]:
        """Return every answer with its number, or with the word for having none."""
        found: list[Circle | Rect | String] = []
        last = len(self.places) - 1
        for at, (one, x) in enumerate(zip(self.trend.points, self.places, strict=True)):
            if one.value is None:
                y = (self.low + self.high) / 2
                found.append(self._words(GAP, (x, y - self.size * 0.35, "middle"), self.ink.muted))
                continue
            y = self._y(one.value)
            strong = STRONGEST if at == last else PLAIN
            said = self._words(
                _short(self.trend, one), (x, y + 5.5 * self.grown, "middle"), self.ink.text, strong
            )
            found += [self._clear(said), self._dot(one, x, y), said]
        return found

    def days(self) -> list[String]:
        """Return the first day and the last."""
        points, places = self.trend.points, self.places
        ends = [(points[0], places[0])]
        if len(points) > 1:
            ends.append((points[-1], places[-1]))
        anchors = ("start", "end") if len(ends) > 1 else ("middle",)
        return [
            self._words(
                _day(one.on, self.on),
                (x + {"start": -_INSET, "end": _INSET}.get(anchor, 0) * self.grown, 2, anchor),
                self.ink.muted,
            )
            for (one, x), anchor in zip(ends, anchors, strict=True)
        ]

    def _dot(self, one: Point, x: float, y: float) -> Circle:
        dot = Circle(x, y, 3.2 * self.grown)
        hollow = one.look_back == BEFORE_CUSTODY
        dot.fillColor = HexColor(self.ink.ground if hollow else self.ink.mark)
        dot.strokeColor, dot.strokeWidth = HexColor(self.ink.mark), 1.4 * self.grown
        return dot

    def _clear(self, said: String) -> Rect:
        """Return what keeps the lines from running through a number."""
        wide = pdfmetrics.stringWidth(said.text, said.fontName, self.size)
        clear = Rect(said.x - 1.5, said.y - 1, wide + 3, self.size)
        clear.fillColor, clear.strokeColor = HexColor(self.ink.ground), None
        return clear

    def _words(
        self, said: str, place: tuple[float, float, str], colour: str, font: str = PLAIN
    ) -> String:
        x, y, anchor = place
        words = String(x, y, said)
        words.fontName, words.fontSize = font, self.size
        words.fillColor, words.textAnchor = HexColor(colour), anchor
        wide = pdfmetrics.stringWidth(said, font, self.size)
        # Placed by hand: what draws SVG knows no width of our font.
        words.x = x - {"middle": wide / 2, "end": wide}.get(anchor, 0)
        words.textAnchor = "start"
        return words


def _short(trend: Trend, one: Point) -> str:
    if trend.item.type == YES_NO:
        return _("Yes") if one.value else _("No")
    return str(one.value) if one.value is not None else unanswered_words(NOT_ASKED)


def _day(day: date, on: date) -> str:
    """Return a day as it stands under a drawing: without its weekday."""
    said = say_short(day.isoformat(), on) if day.year == on.year else say_date(day.isoformat())
    return said.partition(" ")[2]
