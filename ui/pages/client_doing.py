# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Doing things from the client page: which panel or page each of them opens."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from desktop_app.casework import assignments, handover, whereabouts
from desktop_app.casework.answers import is_empty
from desktop_app.casework.assignments import Assignment
from desktop_app.casework.audit import sight
from desktop_app.casework.dates import say_moment
from desktop_app.casework.due import CaseFile
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.limits import Limits
from desktop_app.casework.overlap import Together
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import WITHDRAWN, Answers, Edit, Record, RecordId
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _
from storage import reads
from storage.store import Saved, Store
from ui import booking
from ui.pages import client_choosing, client_posture, handover_doing, release_doing
from ui.pages.asking_doing import ASKS, question_of
from ui.pages.attaching import AttachingPanel
from ui.pages.card_paper import CardPanel
from ui.pages.client_joined import Joined, parting_panel
from ui.pages.client_taking_out import TakingOutPanel
from ui.pages.form_panel import FormPanel, Plan
from ui.pages.overlap_hint import OverlapHint
from ui.pages.pack_paper import PackPanel
from ui.places import Place
from ui.team_limits import ask_limits

if TYPE_CHECKING:
    from ui.pages.client import ClientPage
    from ui.pages.plan import PlanPage


def do(page: "ClientPage", code: str) -> None:
    """Do what was pressed."""
    plan: Plan | None = None
    match code:
        case "setting":
            plan = booking.setting_plan(page.session, page.file)
        case "handover":
            plan = handover_plan(page)
        case "offer":
            plan = _offer(page)
        case "release_day":
            plan = _release_day(page)
        case "book" | "treatment" | "summary" | "attachment" | "handover_pack" | "card":
            _OPENING[code](page)
            return
        case "client":
            page.go.emit(Place("record", client=page.client, record=page.client, form="client"))
            return
        case "retention" | "seen" | "twice" | "plan" | "outcome":
            page.go.emit(Place("audit" if code == "seen" else code, client=page.client))
            return
        case _ if code in client_posture.DOES:
            client_posture.plan(page, code, partial(open_plan, page))
            return
        case _ if code in client_choosing.DOES:
            client_choosing.do(page, code)
            return
        case _ if code.startswith(ASKS):
            open_question(page, bytes.fromhex(code.removeprefix(ASKS)))
        case _:
            name = "visit" if code == "visit" else "record"
            page.go.emit(Place(name, client=page.client, form=code))
            return
    if plan is not None:
        open_plan(page, plan)


def _offer(page: "ClientPage") -> Plan | None:
    """Return the plan that offers the client to a colleague; to name one where there is none."""
    if page.file is None:
        return None
    held = CaseFile(page.file.client, page.file.records)
    return handover_doing.offer_plan(held, page.session) or handover_plan(page)


def _release_day(page: "ClientPage") -> Plan | None:
    """Return the plan for the day they come out; the setting first where none is recorded."""
    file = page.file
    if file is None:
        return None
    if not whereabouts.run_away(file.records, page.session.today()):
        return booking.setting_plan(page.session, file)
    held = CaseFile(file.client, file.records)
    return release_doing.day_plan(held, page.session, visits=[])


def open_summary(page: "ClientPage") -> None:
    """Open the panel that takes a summary out."""
    page.open_panel(TakingOutPanel(page.session, page.dialogs, page.client, page.files))


def open_pack(page: "ClientPage") -> None:
    """Ask whom they were offered to, then open the panel that takes the handover pack out."""
    session, held = page.session, page.file
    if held is None:
        return
    client = held.client.id

    def offers(store: Store) -> list[Record]:
        forms = (handover.Offer.form, handover.Reply.form)
        return [one for name in forms for one in reads.records(store, form=name, client=client)]

    def show(found: list[Record]) -> None:
        file = CaseFile(held.client, (*held.records, *found))
        page.open_panel(PackPanel(session, page.dialogs, file))

    session.ask(
        offers,
        show,
        shows=lambda found: sight("client", found, clients=[client]),
        owner=page,
        name="offers",
    )


def open_card(page: "ClientPage") -> None:
    """Open the panel that makes the card they keep."""
    if page.file is not None:
        file = CaseFile(page.file.client, page.file.records)
        page.open_panel(CardPanel(page.session, page.dialogs, file))


def open_treatment(page: "ClientPage") -> None:
    """Ask what the team promises, then open the panel of the next step into treatment."""
    ask_limits(page.session, partial(open_step, page), owner=page)


def open_step(page: "ClientPage", agreed: Limits) -> None:
    """Open the panel of the next step into treatment."""
    plan = booking.treatment_plan(page.session, page.file, agreed)
    if plan is not None:
        open_plan(page, plan)


def open_question(page: "ClientPage", record: RecordId) -> None:
    """Open the panel that asks a colleague about a record."""

    def show(held: Record | None) -> None:
        if held is not None:
            open_plan(page, question_of(page.session, held))

    page.session.ask(
        lambda store: store.record(record),
        show,
        shows=lambda held: sight("record", [held]) if held else None,
        owner=page,
        name="question",
    )


def open_plan(page: "ClientPage", plan: Plan) -> None:
    """Open a panel, and offer to take back what it saved."""
    panel = FormPanel(page.session, plan, page.client)
    panel.saved.connect(lambda edit: offer_undo(page, panel.plan, edit))
    page.open_panel(panel)


def open_booking(page: "ClientPage") -> None:
    """Open the panel that books an appointment or plans a visit."""
    panel = booking.BookingPanel(page.session, page.client)
    panel.saved.connect(lambda edit: offer_undo(page, panel.plan, edit))
    if page.file is not None:
        file = CaseFile(page.file.client, page.file.records)
        hint = OverlapHint(panel, page.session, file, partial(_together, page, panel))
        panel.switched.connect(hint.watch)
    page.open_panel(panel)


def _together(page: "ClientPage", panel: FormPanel, made: Together) -> None:
    """Make a colleague's visit a joint one instead of planning another."""
    session = page.session

    def saved(_saved: Saved) -> None:
        panel.end()
        names = listed([session.team.name_of(one) for one in made.people])
        when = say_moment(made.at, session.today())
        said = _("One visit: %(names)s, %(when)s.") % {"names": names, "when": when}
        page.undo.offer(said, lambda: session.save(made.undo))

    session.save(made.edits, saved)


def open_attaching(page: "ClientPage", place: Path | None = None) -> None:
    """Open the panel that attaches a letter or a picture; with a file, that one."""
    panel = AttachingPanel(page.session, page.dialogs, page.client, place)
    panel.saved.connect(lambda edit: offer_undo(page, panel.plan, edit))
    page.open_panel(panel)


def open_parting(page: "ClientPage", one: Joined) -> None:
    """Open the panel that parts a file that is read with this one."""
    page.open_panel(parting_panel(page.session, one))


def offer_undo(page: "ClientPage | PlanPage", plan: Plan, edit: Edit) -> None:
    """Say what was saved; a new record can be withdrawn at once."""
    if plan.record is not None:
        return
    taken_back = structs.replace(edit, answers={WITHDRAWN: _("Taken back at once by its author")})
    said = _("%(what)s: saved.") % {"what": plan.title}
    page.undo.offer(said, lambda: page.session.save([taken_back]))


def handover_plan(page: "ClientPage") -> Plan | None:
    """Return the plan that hands the key worker over, or names one where there is none."""
    file, session = page.file, page.session
    if file is None:
        return None
    today = session.today()
    held = assignments.workers_on(file.records, assignments.KEY_WORKER, today)
    now = [
        one
        for one in read_all(Assignment, file.records)
        if one.duty == assignments.KEY_WORKER and one.ended_on is None and one.worker in held
    ]
    if not now:
        return Plan(
            "assignment",
            _("Name a key worker"),
            _("Save"),
            preset={"duty": assignments.KEY_WORKER},
            leave_out=("duty", "until_on", "handed_to", "handover_reason", "handover_note"),
            says=(_("Nobody is key worker yet."),) if not held else (),
        )
    return Plan(
        "assignment",
        _("Hand over the key worker"),
        _("Hand over"),
        preset={"until_on": today.isoformat()},
        leave_out=("duty", "worker", "from_on"),
        says=(
            _("%(name)s stays key worker until there is a day, a reason and a name.")
            % {"name": session.team.name_of(now[-1].worker)},
        ),
        record=now[-1].record,
        check=whole_handover,
    )


def whole_handover(answers: Answers) -> list[Problem]:
    """Return what a handover still lacks: it counts only as a whole."""
    wanted = ["until_on", "handover_reason"]
    if answers.get("handover_reason") not in assignments.NOBODY_TAKES_OVER:
        wanted.append("handed_to")
    fields = form("assignment").fields
    return [
        Problem(name, _("Answer “%(question)s”.") % {"question": _(fields[name].label)})
        for name in wanted
        if is_empty(answers.get(name))
    ]


_OPENING = {
    "book": open_booking,
    "treatment": open_treatment,
    "summary": open_summary,
    "attachment": open_attaching,
    "handover_pack": open_pack,
    "card": open_card,
}
"""What opens a panel of its own."""
