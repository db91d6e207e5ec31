# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Giving an appointment another day: a new one in its place, linked from the old."""

from desktop_app.casework.records import Answers, Edit, Record, RecordId, link
from desktop_app.casework.words import _
from ui import booking
from ui.pages.form_panel import Plan
from ui.session import Session


def rearranged(session: Session, old: Record) -> Plan:
    """Return the plan of a new appointment in the place of an old one."""
    kept = ("kind", "with_person", "with_whom", "place", "what", "company")
    preset: Answers = {name: old.answers[name] for name in kept if old.answers.get(name)}
    plan = booking.appointment_plan(preset)

    def also(_answers: Answers, new: RecordId) -> list[Edit]:
        mark: Answers = {
            "state": "rearranged",
            "reason": None,
            "reason_note": None,
            "marked_on": session.today().isoformat(),
            "moved_to": link(new),
        }
        return [Edit(old.form, old.id, old.client, old.audience, mark)]

    return Plan(
        plan.form,
        _("Rebook the appointment"),
        _("Rebook"),
        plan.preset,
        plan.leave_out,
        also=also,
    )
