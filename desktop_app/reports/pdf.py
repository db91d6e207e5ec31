# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""PDFs: a sheet set on paper.

Rules, each with a test:

* Every page says who it is about, who may read it, and which page of how many it is.
* Inter is embedded: it looks the same where it is not installed, and every letter is there.
* The file says its language and its kind, and nothing about anybody: no name, no worker, no time.
* The same sheet gives the same bytes.
* Nothing is written to disk; text is text, whatever signs stand in it.
"""

from functools import cache
from html import escape
from io import BytesIO
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from desktop_app.casework.letters import without_marks
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet
from resources import folder

PLAIN, STRONG, STRONGEST = "Inter", "Inter-SemiBold", "Inter-Bold"
_FONTS = {
    PLAIN: "Inter_400Regular.ttf",
    STRONG: "Inter_600SemiBold.ttf",
    STRONGEST: "Inter_700Bold.ttf",
}
_TEXT, _MUTED, _LINE = HexColor("#17212B"), HexColor("#4F5D6B"), HexColor("#D8DEE4")
_WIDTH, _HEIGHT = A4
_MARGIN = 18 * mm
_LABELS, _DAYS = 46 * mm, 34 * mm
"""Width of the left column: of labels, and of days."""
_CODE = 42 * mm
_HEAD = 34 * mm
_FOOT = 18 * mm


def pdf(sheet: Sheet, *, code: str = "") -> bytes:
    """Return a sheet as the bytes of a PDF.

    Args:
        sheet: what it says.
        code: what a square code at its end says, for a scanner; empty for none.
    """
    _embed_fonts()
    paper = BytesIO()
    frame = Frame(
        _MARGIN,
        _FOOT,
        _WIDTH - 2 * _MARGIN,
        _HEIGHT - _HEAD - _FOOT,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    document = BaseDocTemplate(
        paper,
        pagesize=A4,
        pageTemplates=[PageTemplate(frames=[frame])],
        title=sheet.title,
        author="Tandem",
        subject="",
        creator="Tandem",
        lang="en-GB",
        invariant=1,
    )
    story = [*_story(sheet), *([_square(code)] if code else [])]
    document.build(story, canvasmaker=_canvas_of(sheet))
    return paper.getvalue()


@cache
def _embed_fonts() -> None:
    for name, file in _FONTS.items():
        pdfmetrics.registerFont(TTFont(name, BytesIO((folder("fonts") / file).read_bytes())))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=STRONG, italic=PLAIN, boldItalic=STRONG)


def _canvas_of(sheet: Sheet) -> type[Canvas]:
    class Pages(Canvas):  # type: ignore[misc]
        """Pages that know how many they are: heads and feet are drawn when the last one is set."""

        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._set: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802  reportlab's name
            """Keep the page; it is drawn by `save`."""
            self._set.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            """Draw every page with its head and foot, then the file."""
            for number, page in enumerate(self._set, 1):
                self.__dict__.update(page)
                _draw_head(self, sheet)
                _draw_foot(self, sheet, _page(number, len(self._set)))
                super().showPage()
            super().save()

    return Pages


def _page(number: int, of: int) -> str:
    return _("Page %(number)d of %(of)d") % {"number": number, "of": of}


def _draw_head(canvas: Canvas, sheet: Sheet) -> None:
    top = _HEIGHT - 14 * mm
    canvas.setFillColor(_MUTED)
    canvas.setFont(STRONG, 8)
    canvas.drawString(_MARGIN, top, _fit(sheet.marking, STRONG, 8, _WIDTH * 0.6))
    canvas.drawRightString(_WIDTH - _MARGIN, top, sheet.title)
    canvas.setFillColor(_TEXT)
    canvas.setFont(STRONGEST, 15)
    canvas.drawString(_MARGIN, top - 8 * mm, _fit(sheet.name, STRONGEST, 15, _WIDTH - 2 * _MARGIN))
    x = _MARGIN
    for fact in sheet.banner:
        x = _draw_fact(canvas, fact, x, top - 13.5 * mm)
    canvas.setStrokeColor(_LINE)
    canvas.line(_MARGIN, top - 16.5 * mm, _WIDTH - _MARGIN, top - 16.5 * mm)


def _draw_fact(canvas: Canvas, fact: Fact, x: float, y: float) -> float:
    for text, font, colour in ((fact.label, PLAIN, _MUTED), (fact.value, STRONG, _TEXT)):
        fitted = _fit(text, font, 9, _WIDTH - _MARGIN - x)
        canvas.setFillColor(colour)
        canvas.setFont(font, 9)
        canvas.drawString(x, y, fitted)
        x += float(pdfmetrics.stringWidth(fitted, font, 9)) + 1.6 * mm
    return x + 3.0 * float(mm)


def _draw_foot(canvas: Canvas, sheet: Sheet, page: str) -> None:
    y = 10 * mm
    canvas.setFillColor(_MUTED)
    canvas.setFont(PLAIN, 8)
    canvas.drawRightString(_WIDTH - _MARGIN, y, page)
    foot = f"{sheet.marking} · {sheet.made}"
    canvas.drawString(_MARGIN, y, _fit(foot, PLAIN, 8, _WIDTH - 2 * _MARGIN - 28 * mm))


def _fit(text: str, font: str, size: float, room: float) -> str:
    """Return one line that fits, cut with an ellipsis where it must be."""
    flat = " ".join(without_marks(text).split())
    if pdfmetrics.stringWidth(flat, font, size) <= room:
        return flat
    while flat and pdfmetrics.stringWidth(flat + "…", font, size) > room:
        flat = flat[:-1]
    return flat.rstrip() + "…" if flat else ""


def _style(name: str, **named: Any) -> ParagraphStyle:
    usual = {"fontName": PLAIN, "fontSize": 9.5, "leading": 13.5, "textColor": _TEXT}
    return ParagraphStyle(name, **{**usual, **named})


def _styles() -> dict[str, ParagraphStyle]:
    beside = {
        "bulletFontName": PLAIN,
        "bulletFontSize": 9,
        "bulletColor": _MUTED,
    }
    return {
        "heading": _style(
            "heading",
            fontName=STRONG,
            fontSize=12,
            leading=16,
            spaceBefore=12,
            spaceAfter=4,
            keepWithNext=1,
        ),
        "fact": _style("fact", **beside, leftIndent=_LABELS, spaceAfter=1.5),
        "title": _style(
            "title", **beside, leftIndent=_DAYS, fontName=STRONG, spaceBefore=5, keepWithNext=1
        ),
        "place": _style("place", leftIndent=_DAYS, fontSize=8.5, textColor=_MUTED),
        "text": _style("text", leftIndent=_DAYS),
        "empty": _style("empty", textColor=_MUTED),
    }


def _story(sheet: Sheet) -> list[Flowable]:
    styles = _styles()
    return [flowable for section in sheet.sections for flowable in _section(section, styles)]


def _square(code: str) -> Flowable:
    """Return a QR code that a quarter of it may be lost of, to be read off worn paper."""
    widget = QrCodeWidget(code, barLevel="Q", barWidth=_CODE, barHeight=_CODE)
    drawing = Drawing(_CODE, _CODE)
    drawing.add(widget)
    return drawing


def _section(section: Section, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    story = [Paragraph(_plain(section.title), styles["heading"])]
    for fact in section.facts:
        label = _fit(fact.label, PLAIN, 9, _LABELS - 2 * mm)
        story.append(Paragraph(_plain(fact.value), styles["fact"], bulletText=label))
    for entry in section.entries:
        story += _entry(entry, styles)
    if not section.facts and not section.entries and section.empty:
        story.append(Paragraph(_plain(section.empty), styles["empty"]))
    return story


def _entry(entry: Entry, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    story = []
    if entry.title or entry.when:
        story.append(Paragraph(_plain(entry.title), styles["title"], bulletText=entry.when))
    if entry.place:
        story.append(Paragraph(_plain(entry.place), styles["place"]))
    # One paragraph a line: a note may be longer than a page, and must then go on on the next.
    story += [
        Paragraph(_plain(line), styles["text"]) for line in entry.text.splitlines() if line.strip()
    ]
    return story


def _plain(text: str) -> str:
    """Return text as it may stand in a paragraph: signs stay signs, never markup."""
    shown = without_marks(text)
    return escape("".join(sign if sign.isprintable() else " " for sign in shown), quote=False)
