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

from html import escape
from io import BytesIO
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from desktop_app.casework.letters import without_marks
from desktop_app.casework.words import _
from desktop_app.reports.chart import drawing
from desktop_app.reports.fonts import PLAIN, STRONG, STRONGEST, embed_fonts
from desktop_app.reports.sheet import Course, Entry, Fact, Section, Sheet

_TEXT, _MUTED, _LINE = HexColor("#17212B"), HexColor("#4F5D6B"), HexColor("#D8DEE4")
_WIDTH, _HEIGHT = A4
_MARGIN = 18 * mm
_LABELS, _DAYS = 52 * mm, 40 * mm
"""Width of the left column: of labels, and of days; "Wed 30 Sep 2026, 20:00" fits."""
_CODE = 42 * mm
_HEAD = 34 * mm
_FOOT = 21 * mm
"""Room beneath, for up to three lines: the marking, and who took it out, when, for whom and why."""
_BARE = 16 * mm
"""Room above what has no head; it keeps to the upper half of its page, to be cut off there."""
SHORT, LONG = 14, 1_200
"""What has at most so many pieces and so many letters is kept on one page."""
WHOLE, ENTRY = 40, 1_800
"""The same of what must stand on one page, and of an entry: somebody's in a list of many."""
LARGE = 1.7
"""How many times larger large type is: body text of 16 points, as the RNIB asks for."""
_ON_A_CARD: dict[str, dict[str, Any]] = {
    "title": {"fontSize": 14.5, "leading": 19, "spaceBefore": 0, "spaceAfter": 10},
    "fact": {"spaceAfter": 5},
    "text": {"spaceBefore": 5},
}
"""What is set otherwise on a card: the day is read from across a room."""
_COURSE = TableStyle([("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])


def pdf(sheet: Sheet, *, code: str = "") -> bytes:
    """Return a sheet as the bytes of a PDF.

    Args:
        sheet: what it says.
        code: what a square code at its end says, for a scanner; empty for none.
    """
    embed_fonts()
    paper = BytesIO()
    head, foot = (
        (_BARE, _HEIGHT / 2) if sheet.bare else (_HEAD, _FOOT * (1.2 if sheet.large else 1))
    )
    frame = Frame(
        _MARGIN,
        foot,
        _WIDTH - 2 * _MARGIN,
        _HEIGHT - head - foot,
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
        lang=sheet.language,
        invariant=1,
    )
    story = [*_story(sheet), *([_square(code)] if code else [])]
    document.build(story, canvasmaker=_canvas_of(sheet))
    return paper.getvalue()


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
                if sheet.bare:
                    _draw_cut(self, sheet)
                else:
                    _draw_head(self, sheet)
                    _draw_foot(self, sheet, _page(number, len(self._set)))
                super().showPage()
            super().save()

    return Pages


def _draw_cut(canvas: Canvas, sheet: Sheet) -> None:
    """Draw where to cut, and beneath it, where it is cut off, that nobody in it is real."""
    middle = _HEIGHT / 2
    canvas.setStrokeColor(_MUTED)
    canvas.setDash(3, 3)
    canvas.line(0, middle, _WIDTH, middle)
    canvas.setFillColor(_MUTED)
    canvas.setFont(STRONG, 8)
    canvas.drawString(_MARGIN, middle - 6 * mm, sheet.marking)


def _page(number: int, of: int) -> str:
    return _("Page %(number)d of %(of)d") % {"number": number, "of": of}


def _draw_head(canvas: Canvas, sheet: Sheet) -> None:
    top = _HEIGHT - 14 * mm
    canvas.setFillColor(_MUTED)
    small = 11 if sheet.large else 8
    canvas.setFont(STRONG, small)
    canvas.drawString(_MARGIN, top, _fit(sheet.marking, STRONG, small, _WIDTH * 0.6))
    canvas.drawRightString(_WIDTH - _MARGIN, top, sheet.title)
    canvas.setFillColor(_TEXT)
    size = 20 if sheet.large else 15
    canvas.setFont(STRONGEST, size)
    whole = _WIDTH - 2 * _MARGIN
    canvas.drawString(_MARGIN, top - 8 * mm, _fit(sheet.name, STRONGEST, size, whole))
    x = _MARGIN
    for fact in sheet.banner:
        x = _draw_fact(canvas, fact, x, top - 13.5 * mm, size=11 if sheet.large else 9)
    canvas.setStrokeColor(_LINE)
    canvas.line(_MARGIN, top - 16.5 * mm, _WIDTH - _MARGIN, top - 16.5 * mm)


def _draw_fact(canvas: Canvas, fact: Fact, x: float, y: float, *, size: float) -> float:
    for text, font, colour in ((fact.label, PLAIN, _MUTED), (fact.value, STRONG, _TEXT)):
        fitted = _fit(text, font, size, _WIDTH - _MARGIN - x)
        canvas.setFillColor(colour)
        canvas.setFont(font, size)
        canvas.drawString(x, y, fitted)
        x += float(pdfmetrics.stringWidth(fitted, font, size)) + 1.6 * mm
    return x + 3.0 * float(mm)


def _draw_foot(canvas: Canvas, sheet: Sheet, page: str) -> None:
    y, size = 10 * mm, 10 if sheet.large else 8
    whole = _WIDTH - 2 * _MARGIN
    canvas.setFillColor(_MUTED)
    canvas.setFont(PLAIN, size)
    canvas.drawRightString(_WIDTH - _MARGIN, y, page)
    said, beside = (
        " · ".join(one for one in (sheet.marking.rstrip("."), sheet.made) if one),
        whole - 32 * mm,
    )
    if pdfmetrics.stringWidth(said, PLAIN, size) <= beside:
        canvas.drawString(_MARGIN, y, _fit(said, PLAIN, size, beside))
        return
    lines = simpleSplit(_fit(sheet.made, PLAIN, size, whole * 1.9), PLAIN, size, whole)
    for down, line in enumerate(lines):
        canvas.drawString(_MARGIN, y + (len(lines) - down) * size * 1.3, line)
    canvas.drawString(_MARGIN, y, _fit(sheet.marking, PLAIN, size, beside))


def _fit(text: str, font: str, size: float, room: float) -> str:
    """Return one line that fits, cut with an ellipsis where it must be."""
    flat = " ".join(without_marks(text).split())
    if pdfmetrics.stringWidth(flat, font, size) <= room:
        return flat
    while flat and pdfmetrics.stringWidth(flat + "…", font, size) > room:
        flat = flat[:-1]
    return flat.rstrip() + "…" if flat else ""


def _style(name: str, *, large: bool, **named: Any) -> ParagraphStyle:
    usual = {"fontName": PLAIN, "fontSize": 9.5, "leading": 13.5, "textColor": _TEXT}
    wanted = {**usual, **named}
    if large:
        grown = {one: wanted[one] * LARGE for one in ("fontSize", "leading")}
        wanted |= {**grown, "leftIndent": 0, "textColor": _TEXT}
    return ParagraphStyle(name, **wanted)


def _styles(*, large: bool, bare: bool) -> dict[str, ParagraphStyle]:
    """Return how things are set; in large type nothing stands in a column, and nothing is pale."""
    beside = {
        "bulletFontName": PLAIN,
        "bulletFontSize": 9,
        "bulletColor": _MUTED,
    }
    made: dict[str, dict[str, Any]] = {
        "heading": {
            "fontName": STRONG,
            "fontSize": 12,
            "leading": 16,
            "spaceBefore": 12,
            "spaceAfter": 4,
            "keepWithNext": 1,
        },
        "fact": {**beside, "leftIndent": _LABELS, "spaceAfter": 1.5},
        "grave": {**beside, "leftIndent": _LABELS, "spaceAfter": 1.5, "fontName": STRONG},
        "title": {
            **beside,
            "leftIndent": _DAYS,
            "fontName": STRONG,
            "spaceBefore": 5,
            "keepWithNext": 1,
        },
        "place": {"leftIndent": _DAYS, "fontSize": 8.5, "textColor": _MUTED},
        "text": {"leftIndent": _DAYS},
        "empty": {"textColor": _MUTED},
        "beside": {},
        "course": {"fontName": STRONG},
    }
    for name, more in _ON_A_CARD.items() if bare else ():
        made[name] |= more
    return {name: _style(name, large=large, **wanted) for name, wanted in made.items()}


def _story(sheet: Sheet) -> list[Flowable]:
    styles, large = _styles(large=sheet.large, bare=sheet.bare), sheet.large
    return [
        flowable
        for section in sheet.sections
        for flowable in _section(section, styles, large=large)
    ]


def _whole(
    story: list[Flowable], letters: int, most: int = SHORT, longest: int = ENTRY
) -> list[Flowable]:
    """Return what is short as one piece, so that no line of it stands alone on the next page.

    One such piece never holds another: reportlab would begin a page for it.
    """
    return [KeepTogether(story)] if 1 < len(story) <= most and letters <= longest else story


def _square(code: str) -> Flowable:
    """Return a QR code that a quarter of it may be lost of, to be read off worn paper."""
    widget = QrCodeWidget(code, barLevel="Q", barWidth=_CODE, barHeight=_CODE)
    square = Drawing(_CODE, _CODE)
    square.add(widget)
    return square


def _section(section: Section, styles: dict[str, ParagraphStyle], *, large: bool) -> list[Flowable]:
    head = [Paragraph(_plain(section.title), styles["heading"])] if section.title else []
    story: list[Flowable] = [*head, *(_fact(one, styles, large=large) for one in section.facts)]
    entries = [_entry(entry, styles, large=large) for entry in section.entries]
    courses = [_course(course, styles, large=large) for course in section.courses]
    if not (section.facts or entries or courses) and section.empty:
        story.append(Paragraph(_plain(section.empty), styles["empty"]))
    said = [one.value for one in section.facts] + [one.text for one in section.entries]
    every = [*story, *(one for entry in entries for one in entry)]
    most, longest = (WHOLE, ENTRY) if section.whole else (SHORT, LONG)
    letters = sum(map(len, said))
    if not courses and len(every) <= most and letters <= longest:
        return _whole(every, letters, most, longest)
    for entry, of in zip(entries, section.entries, strict=True):
        before, story = (story, []) if story == head else ([], story)
        story += _whole([*before, *entry], len(of.text))
    if len(story) == 1 and courses:  # a heading never stands alone at the foot of a page
        story[:], courses[:1] = [KeepTogether([story[0], *courses[0]])], []
    return story + [KeepTogether(one) for one in courses]


def _fact(fact: Fact, styles: dict[str, ParagraphStyle], *, large: bool) -> Flowable:
    if large:
        return Paragraph(_plain(f"{fact.label}: {fact.value}"), styles[_look(fact)])
    label = _fit(fact.label, PLAIN, 9, _LABELS - 2 * mm)
    return Paragraph(_plain(fact.value), styles[_look(fact)], bulletText=label)


def _look(fact: Fact) -> str:
    return "grave" if fact.tone else "fact"


def _entry(entry: Entry, styles: dict[str, ParagraphStyle], *, large: bool) -> list[Flowable]:
    story = []
    when, place = ("", [entry.when, entry.place]) if large else (entry.when, [entry.place])
    if entry.title or when:
        story.append(Paragraph(_plain(entry.title), styles["title"], bulletText=when))
    if said := " · ".join(one for one in place if one):
        story.append(Paragraph(_plain(said), styles["place"]))
    # One paragraph a line: a note may be longer than a page, and must then go on on the next.
    story += [
        Paragraph(_plain(line), styles["text"]) for line in entry.text.splitlines() if line.strip()
    ]
    return story


def _course(course: Course, styles: dict[str, ParagraphStyle], *, large: bool) -> list[Flowable]:
    """Return words with the drawing beside them; in large type beneath them."""
    words = [
        Paragraph(_plain(_(course.trend.item.label)), styles["course"]),
        Paragraph(_plain(course.words), styles["beside"]),
    ]
    whole = _WIDTH - 2 * _MARGIN
    if large:
        size = 8 * LARGE
        drawn = drawing(course.trend, on=course.on, width=whole, height=105, size=size)
        return [*words, drawn, Spacer(1, 4 * mm)]
    drawn = drawing(course.trend, on=course.on, width=whole * 0.6)
    table = Table([[words, drawn]], colWidths=[whole * 0.4, whole * 0.6])
    table.setStyle(_COURSE)
    return [table]


def _plain(text: str) -> str:
    """Return text as it may stand in a paragraph: signs stay signs, never markup."""
    shown = without_marks(text)
    return escape("".join(sign if sign.isprintable() else " " for sign in shown), quote=False)
