# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The upper part of a question that was answered twice: about whom, what was asked, the answers."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import forms
from desktop_app.casework.names import full_name
from desktop_app.casework.recorded import Window
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.card import across, down, ground
from ui.kit.chip import ChipText
from ui.kit.labels import IconMark, Part, Passage, label
from ui.kit.notice import Notice
from ui.pages import recorded_words, twice_words
from ui.pages.twice_facts import Whole
from ui.pages.twice_parts import AnswerCard
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S


def who_bar(whole: Whole, open_record: Callable[[], None]) -> QWidget:
    """Return whom it is about, with the way to the record itself."""
    client = whole.client
    name = full_name(client.answers) if client else _("About nobody in particular")
    row = across(label(name, "h2", weight=BOLD), gap=M, margins=(L, S, M, S))
    if client is not None:
        row.addWidget(label(reference(client.id), "small", tone="muted"))
    row.addStretch(1)
    opens = button(_("Open the re&cord"), "quiet", icon="file-text")
    opens.clicked.connect(open_record)
    row.addWidget(opens)
    return ground("header", row)


def heading(whole: Whole) -> QVBoxLayout:
    """Return what was asked, and the sentence that takes the blame out of it."""
    matter = whole.matter
    shipped = forms().get(matter.record.form)
    where = _(shipped.title) if shipped and matter.record.form != "client" else ""
    title = " · ".join(one for one in (where, matter.asked) if one)
    column = down(label(title, "h3", weight=SEMI, wrap=True))
    if matter.settled is None:
        column.addWidget(label(twice_words.none_had_seen(whole), tone="muted", wrap=True))
    return column


def notices(whole: Whole, session: Session, *, may_write: bool) -> list[QWidget]:
    """Return what is said before the answers: how it was settled, what is objected, who may."""
    found: list[QWidget] = []
    settled = twice_words.settled_words(whole, session)
    if settled:
        found.append(_settled(settled, whole.settled_in, session))
    found += [
        Notice(words, "warn", icon="message-square")
        for words in twice_words.objected_words(whole, session)
    ]
    if whole.matter.open and not may_write:
        words = _("Your role does not write this kind of record. Somebody who may settles it.")
        found.append(Notice(words, "neutral"))
    seen = twice_words.both_had_seen(whole, session)
    if seen:
        two = len(whole.question.given) == 2
        who = _("Both had seen ") if two else _("All had seen ")
        said = Passage([Part(who, "muted"), Part(seen, weight=SEMI)])
        row = across(IconMark("eye", "muted"), said, gap=8, margins=(12, 6, 12, 6))
        row.setStretch(1, 1)
        found.append(ground("sunken", row))
    return found


def _settled(words: str, window: Window | None, session: Session) -> Notice:
    """Return that it was settled; when, whatever a clock said, is told whoever asks.

    Where that clock was wrong it is told unasked.
    """
    doubt = recorded_words.doubt(window, session)
    if window is None or doubt:
        return Notice(f"{words} {doubt}".strip(), "info", icon="git-merge")
    when = button(_("When was it recorded?"), "quiet", icon="history", small=True)
    notice = Notice(words, "info", icon="git-merge", buttons=[when])
    whole = f"{words} {recorded_words.on_request(window, session)}"

    def tell() -> None:
        notice.say(words if notice.text() == whole else whole)
        notice.updateGeometry()
        notice.announce()

    when.clicked.connect(tell)
    return notice


def card_of(whole: Whole, at: int, session: Session, *, may_keep: bool) -> AnswerCard:
    """Return one answer on its card."""
    given = whole.question.given[at]
    chips = []
    if any(whole.authors.get(live.feed) == session.me.id for live in given.by):
        chips.append(ChipText(_("You"), "info"))
    if not whole.matter.open and twice_words.stands_now(given, whole):
        chips.append(ChipText(_("Stands now"), "ok", "check"))
    facts = [
        (_("When writing"), twice_words.had_seen(given, whole, session)),
        (_("Arrived"), twice_words.arrived(given, whole, session)),
        (_("Recorded"), twice_words.recorded(given, whole, session)),
    ]
    return AnswerCard(
        at + 1,
        twice_words.who(given, whole, session),
        twice_words.when(given, session),
        chips=chips,
        says=twice_words.says(whole.question, given.answers, session),
        facts=[one for one in facts if one[1]],
        may_keep=may_keep,
    )
