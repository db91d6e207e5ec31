# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Answers to a posture in a row: agreeing, saying no, asking, putting a proposal aside."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.forms import form
from desktop_app.casework.posture import Asked, posture_now
from desktop_app.casework.posture_proposals import Proposal
from desktop_app.casework.posture_proposed import ASIDE, ASK, find
from desktop_app.casework.posture_rows import (
    AGREE,
    SAY_NO,
    TAKE_BACK,
    TURN,
    level_words,
    may_answer,
    to_take_back,
)
from desktop_app.casework.posture_turns import AGREES
from desktop_app.casework.records import Edit
from desktop_app.casework.words import _
from ui.pages import today_answers, today_doing
from ui.pages.form_panel import FormPanel
from ui.pages.posture_panels import NAME, answering, asking, putting_aside, saying_no
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
    today_doing.open_form(page, due, saying_no(asked.act, page.session), done=_("Said no"))


def _take_back(page: RowPage, due: Due, _code: str) -> None:
    file, session = page.file(due.client), page.session
    now = posture_now(file.records, session.team, session.today()) if file else None
    act = to_take_back(now, session.me, session.team) if now else None
    if act is None or act.id != due.record:
        page.refresh()
        return
    today_doing.open_form(page, due, saying_no(act, session, own=True))


def _turn(page: RowPage, due: Due, _code: str) -> None:
    file = page.file(due.client)
    if file is not None:
        today_doing.open_form(page, due, asking(file, page.session))


def _ask(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel that asks, filled in with what is proposed and what it rests on."""
    found = _proposal(page, due)
    if found is not None:
        today_doing.open_form(page, due, asking(found[0], page.session, found[1]))


def _put_aside(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel that asks why, and leave a receipt."""
    found = _proposal(page, due)
    if found is None:
        return
    panel = FormPanel(
        page.session, replace(putting_aside(found[1], page.session), who=due.name), due.client
    )

    def saved(edit: Edit) -> None:
        undo = (today_answers.withdrawn(edit),)
        words = (_("Put aside"), "neutral", "archive")
        page.keep(due, Answered((edit,), undo, "", page.session.now(), said=words))

    panel.saved.connect(saved)
    page.open_panel(panel)


def _proposal(page: RowPage, due: Due) -> tuple[CaseFile, Proposal] | None:
    """Return the proposal of a row, unless it is none any more; then the rows are asked anew."""
    file, session = page.file(due.client), page.session
    one = find(file, session.team, session.today(), due) if file else None
    if file is None or one is None:
        page.refresh()
        return None
    return file, one


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    AGREE: _agree,
    SAY_NO: _say_no,
    TURN: _turn,
    TAKE_BACK: _take_back,
    ASK: _ask,
    ASIDE: _put_aside,
}
"""What is done for each answer."""
