# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Offering a client to a colleague, and answering an offer: from the rows and the client page."""

from collections.abc import Callable, Mapping

from desktop_app.casework.assignments import KEY_WORKER, Assignment, duties_on, worker_on
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.forms import Problem
from desktop_app.casework.handover import NOT_YET, TAKEN_BACK, Offer, Reply, accepting, open_offers
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Answers, Edit, link
from desktop_app.casework.words import _
from ui.pages import today_answers, today_doing
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.pack_paper import PackPanel
from ui.pages.row_page import RowPage
from ui.pages.today_answers import Answered
from ui.session import Session


def offer_plan(file: CaseFile, session: Session) -> Plan | None:
    """Return the panel that offers a client to somebody; None where nobody has a duty to offer."""
    today = session.today()
    duties = duties_on(file.records, session.me.id, today)
    duty = duties[0] if duties else KEY_WORKER
    worker = session.me.id if duties else worker_on(file.records, duty, today)
    if not worker:
        return None
    name = session.team.name_of(worker)

    def to_another(answers: Answers) -> list[Problem]:
        if answers.get("handed_to") != answers.get("worker", worker):
            return []
        return [Problem("handed_to", _("Choose somebody else than who has them now."))]

    return Plan(
        Offer.form,
        _("Hand over"),
        _("Offer"),
        preset={"duty": duty, "worker": worker, "offered_on": today.isoformat()},
        leave_out=("worker", "assignment", "offered_on"),
        says=(
            _("%(name)s stays until the other has accepted. Nothing changes before.")
            % {"name": name},
        ),
        also=lambda answers, _record: _own_assignment(file, answers, session),
        check=to_another,
    )


def _own_assignment(file: CaseFile, answers: Answers, session: Session) -> list[Edit]:
    """Return an assignment of the worker's own, where theirs was only ever handed to them."""
    duty, worker = str(answers.get("duty")), str(answers.get("worker"))
    held = [one for one in read_all(Assignment, file.records) if one.duty == duty]
    if any(one.worker == worker and one.ended_on is None for one in held):
        return []
    known: Answers = {"duty": duty, "worker": worker, "from_on": session.today().isoformat()}
    return [session.edit(Assignment.form, known, client=file.client.id)]


def _accept(page: RowPage, due: Due, _code: str) -> None:
    session, file, offer = page.session, page.file(due.client), _offer(page, due)
    if file is None or offer is None:
        return
    edits, back = accepting(offer, file.records, on=session.today(), new=session.new_record)
    made = [edits[0], edits[-1]]
    undo = (*(today_answers.withdrawn(one) for one in made), *back)
    said = (_("Accepted: they are yours"), "ok", "handshake")
    today_doing.save(page, due, Answered(edits, undo, "accepted", session.now(), said=said))


def _not_yet(page: RowPage, due: Due, _code: str) -> None:
    """Ask what has to be settled first."""
    session = page.session
    plan = Plan(
        Reply.form,
        _("Not yet"),
        _("Say so"),
        preset={
            "answer": NOT_YET,
            "answered_on": session.today().isoformat(),
            "handover": link(due.record),
        },
        leave_out=("answer", "answered_on", "handover"),
        who=due.name,
    )
    panel = FormPanel(session, plan, due.client)

    def saved(edit: Edit) -> None:
        said = (_("Not yet"), "warn", "handshake")
        undo = (today_answers.withdrawn(edit),)
        page.keep(due, Answered((edit,), undo, "not_yet", session.now(), said=said))

    panel.saved.connect(saved)
    page.open_panel(panel)


def _take_back(page: RowPage, due: Due, _code: str) -> None:
    """Take back an offer nobody has accepted; the worker stays."""
    session, offer = page.session, _offer(page, due)
    if offer is None:
        return
    answers: Answers = {
        "answer": TAKEN_BACK,
        "answered_on": session.today().isoformat(),
        "handover": link(offer.record.id),
    }
    edit = session.edit(Reply.form, answers, client=offer.record.client)
    undo = (today_answers.withdrawn(edit),)
    said = (_("Taken back: nothing changes"), "neutral", "undo-2")
    today_doing.save(page, due, Answered((edit,), undo, TAKEN_BACK, session.now(), said=said))


def _pack(page: RowPage, due: Due, _code: str) -> None:
    """Open the panel that takes the pack out, for whom the client was offered to."""
    file, offer = page.file(due.client), _offer(page, due)
    if file is not None and offer is not None:
        panel = PackPanel(page.session, page.dialogs, file, receiver=offer.handed_to)
        page.open_panel(panel)


def _offer(page: RowPage, due: Due) -> Offer | None:
    """Return the offer a row is about, as it is now; None when it no longer waits."""
    file = page.file(due.client)
    waits = open_offers(file.records, page.session.today()) if file is not None else []
    return next((one.offer for one in waits if one.offer.record.id == due.record), None)


ACTS: Mapping[str, Callable[[RowPage, Due, str], None]] = {
    "accept_handover": _accept,
    "not_yet": _not_yet,
    "take_back_offer": _take_back,
    "handover_pack": _pack,
}
"""What is done for each answer."""
