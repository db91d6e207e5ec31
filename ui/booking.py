# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Booking: appointments, planned visits, a change of setting and steps into treatment.

A change of setting ends nothing. The panel says so in words made from the records: that support
and the key worker go on is said only of a client who has them.
"""

from functools import partial

from PySide6.QtCore import Signal

from desktop_app.casework import fast_track, treatment
from desktop_app.casework.dates import as_date
from desktop_app.casework.forms import Problem
from desktop_app.casework.limits import Limits
from desktop_app.casework.records import Answers, Edit, Json, Record, RecordId, link
from desktop_app.casework.words import _
from ui.kit.segment import Segment
from ui.pages.client_file import ClientFile
from ui.pages.form_panel import FormPanel, Plan
from ui.session import Session

MARKS = ("state", "reason", "reason_note", "marked_on", "moved_to")
AFTERWARDS = (
    "state",
    "outcome",
    "minutes",
    "called_off_because",
    "next_step",
    "next_step_on",
    "next_step_time",
    "next_step_with",
)
"""Questions of a visit that are asked once it has happened."""


def appointment_plan(preset: Answers | None = None) -> Plan:
    """Return the plan of an appointment."""
    known: dict[str, Json] = {"state": "booked", **(preset or {})}
    return Plan("appointment", _("Book an appointment"), _("Book"), known, MARKS)


def visit_plan(preset: Answers | None = None) -> Plan:
    """Return the plan of a visit that is still to come."""
    known: dict[str, Json] = {
        "state": "planned",
        "at": None,
        "next_step_with": None,
        **(preset or {}),
    }
    return Plan("visit", _("Plan a visit"), _("Plan"), known, AFTERWARDS)


class BookingPanel(FormPanel):
    """Books an appointment, or plans a visit; a switch above chooses which.

    Signals:
        switched: something else is asked for now.
    """

    switched = Signal()

    def __init__(
        self, session: Session, client: RecordId, *, form: str = "", preset: Answers | None = None
    ) -> None:
        """Make a panel.

        Args:
            session: who books.
            client: for whom.
            form: "visit" or "appointment"; the nurse begins with an appointment.
            preset: answers known already.
        """
        first = form or ("appointment" if "nurse" in session.roles else "visit")
        plan = visit_plan(preset) if first == "visit" else appointment_plan(preset)
        super().__init__(session, plan, client)
        self.kind = Segment(
            [("visit", _("Visit")), ("appointment", _("Appointment"))],
            _("What is booked"),
            value=first,
        )
        self.kind.chosen.connect(self._switch)
        self.put_choice(self.kind)

    def _switch(self, form: str) -> None:
        self.take_plan(visit_plan() if form == "visit" else appointment_plan())
        self.switched.emit()


def setting_plan(session: Session, file: ClientFile | None) -> Plan | None:
    """Return the plan of a change of setting, with what goes on whatever the setting."""
    if file is None:
        return None
    return Plan(
        "setting",
        _("Change setting"),
        _("Save setting"),
        preset={"from_on": session.today().isoformat()},
        says=goes_on(file),
    )


def release_plan(file: ClientFile) -> Plan | None:
    """Return the plan that adds to the setting somebody is in: the release above all."""
    if file.setting is None:
        return None
    return Plan(
        "setting",
        _("More is known of this setting"),
        _("Save"),
        leave_out=("setting",),
        record=file.setting.record,
    )


def goes_on(file: ClientFile) -> tuple[str, ...]:
    """Return what a change of setting leaves as it is, from what the records hold."""
    said = []
    if file.supported and file.key_worker:
        said.append(
            _("Support goes on, and %(name)s stays key worker, wherever they are.")
            % {"name": file.key_worker}
        )
    elif file.supported:
        said.append(_("Support goes on, wherever they are. Nobody is key worker yet."))
    elif file.key_worker:
        said.append(_("%(name)s stays key worker, wherever they are.") % {"name": file.key_worker})
    else:
        said.append(_("A change of setting ends nothing. Nobody is key worker yet."))
    if file.setting is not None:
        said.insert(0, _("%(setting)s until now.") % {"setting": file.setting.words})
    return (" ".join(said),)


def treatment_plan(
    session: Session, file: ClientFile | None, agreed: Limits | None = None
) -> Plan | None:
    """Return the plan of the next step into treatment; of being accepted when none runs.

    Args:
        session: who writes it.
        file: the client's.
        agreed: the clocks the team agreed; with them a step that took longer than was promised
            is asked what held it up.
    """
    if file is None:
        return None
    if file.episode is None:
        return Plan(
            "treatment",
            _("Accepted for treatment"),
            _("Save"),
            preset={"accepted_on": session.today().isoformat(), "status": "waiting"},
            leave_out=("status", "ended_on", "end_reason", "end_note"),
            says=(_("The fast track is timed from the day they were accepted."),),
        )
    standing = [one for one in file.records if one.withdrawn is None]
    wait = treatment.waiting(file.episode, standing, session.today())
    preset: dict[str, Json] = {"episode": link(file.episode.record.id)}
    if wait is not None:
        preset["step"] = wait.step
    episode = file.episode
    return Plan(
        "treatment_step",
        _("Treatment step"),
        _("Save step"),
        preset=preset,
        leave_out=("episode",),
        says=so_far(file, session),
        check=partial(_held_up, episode, standing, agreed) if agreed else None,
        also=lambda answers, _record: _started(session, episode, answers),
    )


def _held_up(
    episode: treatment.Episode, records: list[Record], agreed: Limits, answers: Answers
) -> list[Problem]:
    """Return the question what held a step up, where the promise was missed and nothing is said."""
    step, on = str(answers.get("step") or ""), answers.get("happened_on")
    day = as_date(on) if isinstance(on, str) else None
    if day is None or answers.get("delay_reason") not in (None, "", "none"):
        return []
    days = fast_track.would_take(episode, records, step, day)
    asked = fast_track.why_asked(days, step, agreed.fast_track)
    return [Problem("delay_reason", asked)] if asked else []


def _started(session: Session, episode: treatment.Episode, answers: Answers) -> list[Edit]:
    """Return what makes a waiting episode one that runs, once treatment has started."""
    if answers.get("step") != "started" or episode.status != "waiting":
        return []
    edit = session.edit(
        "treatment",
        {"status": "on_going", "ended_on": None, "end_reason": None, "end_note": None},
        client=episode.record.client,
        record=episode.record.id,
        narrowed_to=episode.record.audience,
    )
    return [edit]


def so_far(file: ClientFile, session: Session) -> tuple[str, ...]:
    """Return the days of each leg behind somebody, and what they wait for now."""
    episode = file.episode
    if episode is None:
        return ()
    standing = [one for one in file.records if one.withdrawn is None]
    said = [leg.words for leg in treatment.legs(episode, standing)]
    wait = treatment.waiting(episode, standing, session.today())
    if wait is not None:
        said.append(wait.words[:1].upper() + wait.words[1:])
    return (". ".join(said) + ".",) if said else ()
