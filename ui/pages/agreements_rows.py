# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Agreements as rows under their headings, and the card that says one in full."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.casework.dates import say_short
from desktop_app.casework.due import pieces
from desktop_app.casework.sharing_agreements import Register, SharingAgreement, because
from desktop_app.casework.wording import answers_in_words
from desktop_app.casework.words import _
from ui.kit.card import Card, down, stopping
from ui.kit.chip import ChipText
from ui.kit.labels import Part, Passage, Rule, label
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowSection
from ui.pages.today_words import parts
from ui.session import Session
from ui.tokens import S

RENEW, CHANGE, END = "renew", "change", "end"


def sections(found: Register, day: date, *, may: bool) -> list[RowSection]:
    """Return the rows under their headings.

    Args:
        found: every agreement.
        day: today.
        may: whether whoever looks writes them.
    """
    due = [one for one in found.standing if one.is_due(day)]
    rest = [one for one in found.standing if not one.is_due(day)]
    said = [
        (_("To be reviewed"), [_due_row(one, day, may=may) for one in due]),
        (_("In force"), [_row(one, day, may=may) for one in rest]),
        (_("Ended or renewed"), [_old_row(one, found, day) for one in found.over]),
    ]
    return [RowSection(heading, tuple(rows)) for heading, rows in said if rows]


class ReadCard(Card):
    """One agreement in full, and what it took the place of."""

    def __init__(
        self, session: Session, one: SharingAgreement, before: list[SharingAgreement]
    ) -> None:
        """Show it.

        Args:
            session: whose team it is.
            one: the agreement.
            before: those whose place it took, the latest first.
        """
        super().__init__(one.title, role="h3")
        day = session.today()
        lines = down(gap=S, margins=(0, 0, S, 0))
        for question, words in answers_in_words(one.record, session.team, on=day)[1:]:
            lines.addWidget(_line(question, words))
        if before:
            lines.addWidget(Rule())
            said = "\n".join(_days(old, day) for old in before)
            lines.addWidget(_line(_("Before it"), said))
        lines.addStretch(1)
        inner = QWidget()
        inner.setLayout(lines)
        area = stopping(inner, one.title)
        self.add(area, 1)
        self.setFocusProxy(area)


def _line(question: str, words: str) -> QWidget:
    said = Passage([Part(words)])
    said.setAccessibleName(f"{question}: {words}")
    held = QWidget()
    held.setLayout(down(label(question, "small", tone="muted", wrap=True), said, gap=0))
    return held


def _due_row(one: SharingAgreement, day: date, *, may: bool) -> RowItem:
    late = one.is_late(day)
    return RowItem(
        key=one.id.hex(),
        lead=Lead("file-check", "warn"),
        name=one.title,
        what=one.parties,
        chips=(ChipText(_("Review overdue"), "warn", "clock"),) if late else (),
        because=parts(because(one, day)),
        answers=_answers(may=may),
    )


def _row(one: SharingAgreement, day: date, *, may: bool) -> RowItem:
    review = say_short(one.review_on.isoformat(), day) if one.review_on else ""
    return RowItem(
        key=one.id.hex(),
        lead=Lead("file-check", "ok"),
        name=one.title,
        what=one.parties,
        because=parts(pieces(_("to be reviewed by **%(day)s**"), {"day": review})),
        answers=_answers(may=may),
    )


def _old_row(one: SharingAgreement, found: Register, day: date) -> RowItem:
    """Return the row of one that is over: what ended it, or that another took its place."""
    renewed = any(other.supersedes == one.id for other in (*found.standing, *found.over))
    said = parts(pieces(_("**renewed**, %(days)s"), {"days": _days(one, day)}))
    if one.ended(day) and one.ended_on is not None:
        values = {"day": say_short(one.ended_on.isoformat(), day), "why": one.ended_why}
        words = _("**ended %(day)s**: %(why)s") if one.ended_why else _("**ended %(day)s**")
        said = parts(pieces(words, values))
    return RowItem(
        key=one.id.hex(),
        lead=Lead("archive" if not renewed else "refresh-cw", "neutral"),
        name=one.title,
        what=one.parties,
        because=said,
    )


def _answers(*, may: bool) -> tuple[RowAnswer, ...]:
    if not may:
        return ()
    return (
        RowAnswer(RENEW, _("Renew"), "R"),
        RowAnswer(CHANGE, _("Change"), "C"),
        RowAnswer(END, _("End"), "E"),
    )


def _days(one: SharingAgreement, day: date) -> str:
    if one.signed_on is None:
        return one.title
    return _("signed %(day)s") % {"day": say_short(one.signed_on.isoformat(), day)}
