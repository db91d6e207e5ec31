# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers to a posture in a row: agreeing, saying no, asking anew."""

from collections.abc import Callable, Mapping

from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.forms import form
from desktop_app.casework.posture import Asked, posture_now
from desktop_app.casework.posture_rows import AGREE, SAY_NO, TURN, level_words, may_answer
from desktop_app.casework.posture_turns import AGREES
from desktop_app.casework.records import Edit
from desktop_app.casework.words import _
from ui.pages import today_answers, today_doing
from ui.pages.posture_panels import NAME, answering, asking, saying_no
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered


def _asked(page: RowPage, due: Due, file: CaseFile) -> Asked | None:
    """Return what a row asks, if it is still for this person to answer."""
    session = page.session
    now = posture_now(file.records, session.team, session.today())
    found = [one for one in now.asked if one.act.id == due.record]
    return found[0] if found and may_answer(found[0], session.me, session.team) else None


def _agree(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    asked = _asked(page, due, file) if file else None
    if asked is None:
        page.refresh()
        return
    session, hand = page.session, today_doing.hand(page)
    said = answering(asked.act, session, AGREES)
    edit = Edit(NAME, hand.new(), asked.act.record.client, form(NAME).audience, said)
    words = _("Agreed: %(level)s") % {"level": level_words(asked.act.level)}
    undo = (today_answers.withdrawn(edit),)
    answered = Answered((edit,), undo, "agreed", session.now(), said=(words, "ok", "check"))
    today_doing.save(page, due, answered)


def _say_no(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    asked = _asked(page, due, file) if file else None
    if asked is None:
        page.refresh()
        return
    today_doing.open_form(page, due, saying_no(asked.act, page.session))


def _turn(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    if file is not None:
        today_doing.open_form(page, due, asking(file, page.session))


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    AGREE: _agree,
    SAY_NO: _say_no,
    TURN: _turn,
}
"""What is done for each answer."""
