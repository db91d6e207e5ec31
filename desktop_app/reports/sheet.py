# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sheets: what a report says, before it becomes a PDF, a web page or a table.

A report is worked out once, as a sheet; `pdf`, `web_page` and `table` only set it. So the three
twins of one report can never say different things.
"""

from dataclasses import dataclass
from datetime import date

from desktop_app.casework.outcomes import Trend
from desktop_app.casework.words import _


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer with its label: "Born", "14 Mar 1989".

    Attributes:
        label: what it answers.
        value: the answer.
        tone: "bad" for what endangers, "warn" for what should be seen; on paper it is set strong.
    """

    label: str
    value: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened.

    Attributes:
        when: the day, as people read it.
        title: what it is called.
        place: the muted line under the title: where, who, how it came out.
        text: the body; may be long, and may hold line breaks.
    """

    when: str
    title: str
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How something went over the months: words, and the drawing they stand beside.

    Attributes:
        trend: what is drawn.
        words: the same as a sentence.
        on: today; days of another year are said with it.
    """

    trend: Trend
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a sheet, under a heading.

    Attributes:
        title: the heading.
        facts: answers with their labels, in order.
        entries: what happened, in order.
        empty: what to say when there is neither; absence is said, never left to be guessed.
        courses: how things went, drawn, with words beside.
        whole: whether it stands on one page of paper, as what is read at a door must.
    """

    title: str
    facts: tuple[Fact, ...] = ()
    entries: tuple[Entry, ...] = ()
    empty: str = ""
    courses: tuple[Course, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole report.

    Attributes:
        title: what kind of report; never a name, for it goes into the file's own description.
        name: whom it is about, at the head of every page.
        banner: what tells this person from another, beside the name on every page.
        marking: who may read it, at the head and the foot of every page.
        made: who took it out of Tandem, when and for whom.
        sections: its parts.
        large: whether it is set in large type, for whoever reads little or sees badly.
        bare: whether it has no head and no foot: it is somebody's own, and says nothing of us.
        language: of its words, as the file and the page say it.
    """

    title: str
    name: str
    banner: tuple[Fact, ...]
    marking: str
    made: str
    sections: tuple[Section, ...]
    large: bool = False
    bare: bool = False
    language: str = "en-GB"


def marked(words: str, *, made_up: bool) -> str:
    """Return who may read a sheet; of a made-up team also that nobody in it is real."""
    if not made_up:
        return words
    return _("%(marking)s. Made-up team: nobody in it is real") % {"marking": words}
