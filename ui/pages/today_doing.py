# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What an answer on Today does: saves and leaves a receipt, opens a page, or opens a panel."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from msgspec import structs
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from desktop_app.casework.alerts import not_alone
from desktop_app.casework.assignments import duties_on
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Due
from desktop_app.casework.limits import limits
from desktop_app.casework.one_visit import FROM_AFAR, pairs
from desktop_app.casework.overlap import Together, go_together, others_on, to_join
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId
from desktop_app.casework.sharing_agreements import FORM as AGREEMENT
from desktop_app.casework.whereabouts import setting_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from ui import booking
from ui.pages import today_answers
from ui.pages.draft_places import place_of_draft
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.overlap_hint import DAYS, OverlapHint
from ui.pages.rebooking import rearranged
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered, Hand
from ui.pages.today_read import mark_read
from ui.pages.today_words import MORE, NOTE, UNDO, first_reasons, reasons
from ui.places import Place

OPEN = "open"
LEAD_AWAY = {
    "share": "sharing",
    "two_answers": "twice",
    "settled": "twice",
    "twice_all": "twice",
    AGREEMENT: "agreements",
}
"""Rows that lead to a page of their own."""


def _saved_at_once(page: RowPage, due: Due, code: str) -> None:
    """Save an answer that has everything in it, and leave its receipt."""
    answered = _answered(page, due, code)
    if answered is not None:
        save(page, due, answered)


def _answered(page: RowPage, due: Due, code: str) -> Answered | None:
    """Return the answer that is saved at once; None where its record has gone."""
    record, pen = _record(page, due), hand(page)
    if record is None:
        return None
    if code in ("attended", "not_attended"):
        return today_answers.marked(record, pen, state=code)
    if code == "meet":
        return today_answers.to_meet(due, pen, record)
    if code == "action_heard":
        return today_answers.heard(record, pen)
    if code in ("one_visit", "two_visits"):
        return _one_or_two(page, due, one=code == "one_visit")
    return today_answers.done(record, pen)


def place_of(due: Due, code: str, page: RowPage) -> Place:
    """Return where a row leads that is opened, not answered."""
    if due.kind == "draft":
        draft = page.draft(due)
        form = draft.form if draft else "visit"
        return place_of_draft(due.client, form, due.record)
    if due.kind in LEAD_AWAY:
        return Place(LEAD_AWAY[due.kind], record=due.record or None)
    if code == "setting":
        return Place("client", client=due.client, form="setting")
    if due.kind == "visit":
        return Place("visit", client=due.client, record=due.record)
    if due.kind in ("alert", "alert_review", "note"):
        return Place("record", client=due.client, record=due.record)
    return Place("client", client=due.client)


def hand(page: RowPage) -> Hand:
    """Return who answers, and when."""
    session = page.session
    return Hand(session.me.id, session.now(), session.new_record)


def _records(page: RowPage, client: RecordId) -> tuple[Record, ...]:
    file = page.file(client)
    return file.records if file else ()


def _record(page: RowPage, due: Due) -> Record | None:
    return next((one for one in _records(page, due.client) if one.id == due.record), None)


def _visited(page: RowPage, due: Due, code: str) -> None:
    """Record a visit of one; where two are needed, open it instead."""
    records = _records(page, due.client)
    visit = _record(page, due) if due.kind == "visit" else None
    remote = visit is not None and visit.text("kind") in FROM_AFAR
    if not_alone(records, page.session.today()) and not remote:
        record = visit.id if visit else None
        page.go.emit(Place("visit", client=due.client, record=record, answer=code))
        return
    setting = setting_on(records, page.session.today())
    save(
        page,
        due,
        today_answers.visited(due, hand(page), seen=code == "seen", visit=visit, setting=setting),
    )


def save(page: RowPage, due: Due, answered: Answered) -> None:
    """Save an answer and let its row stand as the receipt."""
    page.session.save(answered.edits, lambda _saved: page.keep(due, answered))


def _one_or_two(page: RowPage, due: Due, *, one: bool) -> Answered | None:
    """Return the answer whether two visits are one; None where that was answered meanwhile."""
    since = page.session.today() - timedelta(days=limits().twice.visit_days)
    found = pairs(_records(page, due.client), limits(), since=since)
    pair = next((some for some in found if some.second.id == due.record), None)
    return today_answers.one_or_two(pair, hand(page), one=one) if pair is not None else None


def _read(page: RowPage, due: Due, _code: str) -> None:
    answered = Answered((), (), "read", page.session.now())

    def done(_nothing: None) -> None:
        page.keep(due, answered)
        page.refresh()

    page.session.work(lambda store: mark_read(store, due.record, read=True), done, owner=page.rows)


def after(page: RowPage, due: Due, code: str) -> None:
    """Act on a receipt: why not, a note, undo."""
    answered = page.receipts[due.key][1]
    if code == UNDO:
        _undo(page, due, answered)
    elif code == MORE:
        _more_reasons(page, due, answered)
    elif code.startswith("why:"):
        said = today_answers.because(answered, code.removeprefix("why:"))
        page.session.save(said.edits, lambda _saved: page.keep(due, said))
    elif code == NOTE:
        page.go.emit(Place("visit", client=due.client, record=answered.visit))
    else:
        page.go.emit(place_of(due, OPEN, page))


def _undo(page: RowPage, due: Due, answered: Answered) -> None:
    if answered.undo:
        page.session.save(answered.undo, lambda _saved: page.keep(due, None))
        return

    def done(_nothing: None) -> None:
        page.keep(due, None)
        page.refresh()

    page.session.work(lambda store: mark_read(store, due.record, read=False), done, owner=page.rows)


def _more_reasons(page: RowPage, due: Due, answered: Answered) -> None:
    """Offer the other reasons as a menu, which the keyboard works like any other."""
    menu = QMenu(page.rows)
    for one in reasons(answered.asks_why)[first_reasons(answered.asks_why) :]:
        action = menu.addAction(_(one.label))
        action.triggered.connect(lambda _on=False, code=one.code: after(page, due, f"why:{code}"))
    row = page.rows.rows.get(due.key)
    place = row.mapToGlobal(row.rect().bottomLeft()) if row is not None else QCursor.pos()
    menu.popup(place)


def _rebook(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel that gives it another day."""
    record = _record(page, due)
    if due.kind == "appointment" and record is not None:
        open_form(page, due, rearranged(page.session, record))
    elif due.kind == "visit" and record is not None:
        plan = Plan(
            "visit",
            _("Rebook the visit"),
            _("Rebook"),
            leave_out=(*booking.AFTERWARDS, "ask", "others"),
            record=record,
        )
        open_form(page, due, plan)
    else:
        open_form(page, due, booking.visit_plan(_where_they_are(page, due)))


def _where_they_are(page: RowPage, due: Due) -> Answers:
    """Return what is known of a visit to a client: in prison it is a prison visit, and which."""
    setting = setting_on(_records(page, due.client), page.session.today())
    kind = today_answers.kind_in(setting)
    place = setting.where if setting is not None else ""
    return {"kind": kind, "place": place} if place and kind != "home" else {"kind": kind}


def _ask_team(page: RowPage, due: Due, _code: str) -> None:
    """Write to everybody who stands by the client: who can be there?"""
    records = _records(page, due.client)
    today = page.session.today()
    people: list[Json] = [
        one.id
        for one in page.session.team.persons.values()
        if one.active and one.id != page.session.me.id and duties_on(records, one.id, today)
    ]
    setting = setting_on(records, today)
    out = setting.expected_release_on if setting else None
    day = say_short(out.isoformat(), today) if out else _("the day")
    preset: Answers = {
        "headline": _("Who can meet %(name)s on %(day)s?") % {"name": due.name, "day": day},
        "for_people": people,
    }
    plan = Plan("note", _("Ask the team"), _("Send"), preset)
    open_form(page, due, plan)


def open_form(page: RowPage, due: Due, plan: Plan, *, done: str = "") -> None:
    """Open a form in the panel beside the rows; what it saves becomes the receipt.

    Args:
        page: where the row stands.
        due: the row.
        plan: the form.
        done: what the receipt says was done; empty where something is asked or booked.
    """
    panel = FormPanel(page.session, replace(plan, who=due.name), due.client)
    panel.saved.connect(lambda edit: _booked(page, due, plan, edit, done))
    file = page.file(due.client)
    if file is not None and plan.form in DAYS:
        OverlapHint(panel, page.session, file, partial(_join, page, due, panel))
    page.open_panel(panel)


def _together(page: RowPage, due: Due, _code: str) -> None:
    """Make one of two visits of today."""
    file, session, mine = page.file(due.client), page.session, _record(page, due)
    if file is None or mine is None:
        return
    other = to_join(others_on(file.records, session.today(), session.me.id), mine.audience)
    if other is not None:
        me, now, new = session.me.id, session.now(), session.new_record
        made = go_together(other.record, me, team=session.team, now=now, new=new, mine=mine)
        _keep_together(page, due, made)


def _join(page: RowPage, due: Due, panel: FormPanel, made: Together) -> None:
    """Make one of two visits, from the panel that was to plan the second."""
    panel.end()
    _keep_together(page, due, made)


def _keep_together(page: RowPage, due: Due, made: Together) -> None:
    session = page.session
    names = listed([session.team.name_of(one) for one in made.people if one != session.me.id])
    words = _("Together with %(names)s, %(time)s") % {"names": names, "time": made.at[11:16]}
    answered = Answered(
        made.edits, made.undo, "together", session.now(), said=(words, "ok", "handshake")
    )
    save(page, due, answered)


def _booked(page: RowPage, due: Due, plan: Plan, edit: Edit, done: str) -> None:
    """Leave the receipt of what a panel saved, and the way back."""
    undo = [
        today_answers.withdrawn(edit)
        if plan.record is None
        else today_answers.back(plan.record, edit)
    ]
    old = _record(page, due)
    if due.kind == "appointment" and old is not None:
        undo.append(
            today_answers.back(old, structs.replace(edit, answers=dict.fromkeys(booking.MARKS)))
        )
    when = str(edit.answers.get("at") or edit.answers.get("booked_for") or "")
    state = "rebooked" if when else "asked"
    said = (done, "ok", "check") if done else None
    now = page.session.now()
    page.keep(due, Answered((edit,), tuple(undo), state, now, next_due=when[:10], said=said))


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    "seen": _visited,
    "not_seen": _visited,
    "read": _read,
    "rebook": _rebook,
    "rearranged": _rebook,
    "ask_team": _ask_team,
    "together": _together,
    **dict.fromkeys(
        (
            *("attended", "not_attended", "step_done", "need_done", "meet", "action_heard"),
            *("one_visit", "two_visits"),
        ),
        _saved_at_once,
    ),
}
"""What is done for each answer that is more than opening something."""
