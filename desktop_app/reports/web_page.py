# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Web pages: a sheet as one file that every browser and every screen reader can read.

Rules, each with a test:

* One file, nothing fetched from anywhere, no script.
* Headings, lists and language are marked up; what is text stays text.
* The window of a browser shows the kind of report, never a name.
"""

from html import escape

from desktop_app.casework.words import _
from desktop_app.reports.chart import as_svg, drawing
from desktop_app.reports.sheet import Course, Entry, Fact, Section, Sheet

_DRAWN = 420
"""Width of a drawing, in points."""

_LOOKS = """
body{font:16px/1.5 Inter,"Segoe UI",sans-serif;color:#17212B;max-width:46em;margin:2em auto;
padding:0 1em}
h1{font-size:1.5em;margin:.2em 0}h2{font-size:1.15em;margin:1.6em 0 .4em}
h3{font-size:1em;margin:1em 0 0}p{margin:.2em 0;white-space:pre-line}
.muted,dt,time{color:#4F5D6B}.marking{font-weight:600}
dl{display:grid;grid-template-columns:10em 1fr;gap:.2em 1em;margin:0}dd{margin:0}
.banner{display:flex;flex-wrap:wrap;gap:.2em 1.2em;border-bottom:1px solid #D8DEE4;
padding-bottom:.6em}
.banner div{display:flex;gap:.4em}.banner dd{font-weight:600}
.grave{font-weight:600}.large{font-size:24px}figure{margin:1em 0}svg{max-width:100%;height:auto}
"""


def web_page(sheet: Sheet) -> bytes:
    """Return a sheet as the bytes of one HTML file."""
    banner = "".join(
        f"<div><dt>{escape(fact.label)}</dt><dd>{escape(fact.value)}</dd></div>"
        for fact in sheet.banner
    )
    marking = f'<p class="marking">{escape(sheet.marking)}</p>'
    head = (
        f'<header>{marking}<h1>{escape(sheet.name)}</h1><dl class="banner">{banner}</dl></header>\n'
    )
    foot = f'<footer><p class="muted">{escape(sheet.title)}. {escape(sheet.made)}</p></footer>'
    if sheet.bare:
        head, foot = "", f"<footer>{marking}</footer>" if sheet.marking else ""
    sections = "".join(_section(section) for section in sheet.sections)
    large = ' class="large"' if sheet.large else ""
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(sheet.title)}</title><style>{_LOOKS}</style></head><body{large}>\n"
        f"{head}<main>{sections}</main>\n{foot}</body></html>\n"
    ).encode()


def _section(section: Section) -> str:
    facts = "".join(
        f"<dt>{escape(fact.label)}</dt><dd{_grave(fact)}>{escape(fact.value)}</dd>"
        for fact in section.facts
    )
    entries = "".join(_entry(entry) for entry in section.entries)
    courses = "".join(_course(course) for course in section.courses)
    says = (f"<dl>{facts}</dl>" if facts else "") + entries + courses
    if not says and section.empty:
        says = f'<p class="muted">{escape(section.empty)}</p>'
    heading = f"<h2>{escape(section.title)}</h2>" if section.title else ""
    return f"<section>{heading}{says}</section>\n"


def _grave(fact: Fact) -> str:
    return ' class="grave"' if fact.tone else ""


def _entry(entry: Entry) -> str:
    place = f'<p class="muted">{escape(entry.place)}</p>' if entry.place else ""
    text = f"<p>{escape(entry.text)}</p>" if entry.text else ""
    return (
        f"<article><h3>{escape(entry.title)}</h3>"
        f'<p class="muted">{escape(entry.when)}</p>{place}{text}</article>\n'
    )


def _course(course: Course) -> str:
    label, words = escape(_(course.trend.item.label)), escape(course.words)
    drawn = as_svg(drawing(course.trend, on=course.on, width=_DRAWN))
    return (
        f"<figure><h3>{label}</h3><p>{words}</p>"
        f'<div role="img" aria-label="{label}. {words}">{drawn}</div></figure>\n'
    )
