# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a mark on the appointments page does: saves it, asks why, books the next one, undoes it."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from desktop_app.casework.codes import codes
from desktop_app.casework.limits import Limits
from desktop_app.casework.records import Answers, Edit, Record
from desktop_app.casework.words import _
from ui import booking
from ui.kit.notice import announce
from ui.pages import today_answers
from ui.pages.client_file import client_file
from ui.pages.clinic_words import AGAIN, BOOK, OURS, REASONS, REBOOK, STEP, next_time
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.rebooking import rearranged
from ui.pages.today_answers import Answered, Hand
from ui.pages.today_words import MORE, UNDO
from ui.places import Place
from ui.team_limits import ask_limits

if TYPE_CHECKING:
    from ui.pages.clinic import ClinicPage

KEPT = ("kind", "with_person", "with_whom", "place", "company")
"""Answers of an appointment that the next one of the kind has as well."""


def answer(page: "ClinicPage", record: Record, code: str) -> None:
    """Do what an answer says."""
    if record.form == "visit":
        goes = page.session.may_write("visit")
        visit = Place("visit", client=record.client, record=record.id)
        page.go.emit(visit if goes else Place("client", client=record.client))
        return
    match code:
        case "attended" | "not_attended" | "cancelled_by_client":
            _mark(page, record, code)
        case _ if code == OURS:
            _mark(page, record, "cancelled_by_us")
        case _ if code == UNDO:
            undo(page, record)
        case _ if code == MORE:
            _more_reasons(page, record)
        case _ if code.startswith("why:"):
            _because(page, record, code.removeprefix("why:"))
        case _ if code == AGAIN:
            _book_again(page, record)
        case _ if code == BOOK:
            _open(page, record, booking.appointment_plan(_same(record)))
        case _ if code == REBOOK:
            _open(page, record, rearranged(page.session, record))
        case _ if code == STEP:
            _step(page, record)
        case _:
            page.go.emit(Place("client", client=record.client))


def undo_last(page: "ClinicPage") -> None:
    """Take the last mark back."""
    for record in reversed(page.answered):
        found = next((one for one in page.shown.appointments if one.id == record), None)
        if found is not None:
            undo(page, found)
            return


def undo(page: "ClinicPage", record: Record) -> None:
    """Set an appointment back to what it was; to booked when that is not known."""
    answered = page.answered.pop(record.id, None)
    page.booked.pop(record.id, None)
    if answered is not None and answered.undo:
        edits = answered.undo
    else:
        back: Answers = {"state": "booked", "reason": None, "reason_note": None, "marked_on": None}
        edits = (Edit(record.form, record.id, record.client, record.audience, back),)
    page.session.save(edits)
    announce(page, _("Taken back."))


def _hand(page: "ClinicPage") -> Hand:
    session = page.session
    return Hand(session.me.id, session.now(), session.new_record)


def _mark(page: "ClinicPage", record: Record, state: str) -> None:
    answered = today_answers.marked(record, _hand(page), state=state)
    before = page.answered.pop(record.id, None)
    if before is not None:
        answered = replace(answered, undo=before.undo)
    page.answered[record.id] = answered
    page.session.save(answered.edits)
    announce(page, codes("appointment_state").label(state))


def _because(page: "ClinicPage", record: Record, why: str) -> None:
    mark: Answers = {
        "state": record.text("state"),
        "reason": why,
        "reason_note": record.answers.get("reason_note"),
        "marked_on": record.answers.get("marked_on"),
    }
    page.session.save([Edit(record.form, record.id, record.client, record.audience, mark)])


def _more_reasons(page: "ClinicPage", record: Record) -> None:
    menu = QMenu(page)
    for one in codes("appointment_reason").code[REASONS:]:
        action = menu.addAction(_(one.label))
        action.triggered.connect(lambda _on=False, code=one.code: _because(page, record, code))
    row = page.rows.rows.get(f"appointment:{record.id.hex()}")
    menu.popup(row.mapToGlobal(row.rect().bottomLeft()) if row is not None else QCursor.pos())


def _same(record: Record) -> Answers:
    return {name: record.answers[name] for name in KEPT if record.answers.get(name)}


def _book_again(page: "ClinicPage", record: Record) -> None:
    """Book the suggested time at once; undo of the mark takes it back as well."""
    session = page.session
    then = next_time(record, page.shown.files.get(record.client), now=session.now())
    if then is None:
        return
    at = then.isoformat(timespec="minutes")[:16]
    answers: Answers = {
        **_same(record),
        "booked_for": at,
        "offered_on": session.today().isoformat(),
        "state": "booked",
    }
    edit = Edit("appointment", session.new_record(), record.client, record.audience, answers)
    session.save([edit], lambda _saved: _booked(page, record, edit))


def _booked(page: "ClinicPage", record: Record, edit: Edit) -> None:
    page.booked[record.id] = str(edit.answers.get("booked_for") or "")
    taken_back = today_answers.withdrawn(edit)
    before = page.answered.get(record.id)
    undoing = (*(before.undo if before else ()), taken_back)
    state = before.state if before else record.text("state")
    page.answered[record.id] = Answered((edit,), undoing, state, page.session.now())
    page.fill()


def _open(page: "ClinicPage", record: Record, plan: Plan) -> None:
    file = page.shown.files.get(record.client)
    panel = FormPanel(page.session, replace(plan, who=file.name if file else ""), record.client)
    if plan.form == "appointment":
        panel.saved.connect(lambda edit: _booked(page, record, edit))
    page.open_panel(panel)


def _step(page: "ClinicPage", record: Record) -> None:
    """Open the panel of the next step into treatment."""
    ask_limits(page.session, partial(_open_step, page, record), owner=page)


def _open_step(page: "ClinicPage", record: Record, agreed: Limits) -> None:
    held = page.shown.files.get(record.client)
    session = page.session
    if held is None or not session.may_write("treatment_step"):
        return
    file = client_file(held.client, held.records, session.team, now=session.now())
    plan = booking.treatment_plan(session, file, agreed)
    if plan is not None:
        _open(page, record, plan)
