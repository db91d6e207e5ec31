# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the organisations of the made-up town agreed to tell one another: two agreements stand."""

from datetime import date, timedelta

from desktop_app.casework.made_up_pen import Pen, moment, workday
from desktop_app.casework.records import Answers, link

_PROTOCOL = "Saltings information-sharing protocol"
_HEALTH = "Prison and community health protocol"


def agreements(pen: Pen, start: date, today: date) -> None:
    """Write down what was signed before the initiative began, and renewed since.

    Args:
        pen: writes it.
        start: the day the initiative began.
        today: the day the team is made for.
    """
    at = moment(workday(start), 10, 10)
    signed = workday(start - timedelta(days=370))
    protocol: Answers = {
        "title": _PROTOCOL,
        "agencies": ["police", "treatment", "council", "probation"],
        "what_for": "What each needs of the others to offer treatment to, keep safe, or stop those "
        "who are on the programme. The least that does it, case by case.",
        "basis": "crime_disorder",
        "kept_at": "Community safety office, signed papers, folder 4",
        "looked_after_by": pen.ids["lowe"],
    }
    first = pen.write("lowe", at, "sharing_agreement", protocol | _days(signed, start))
    again: Answers = _days(start, start + timedelta(days=365)) | {"supersedes": link(first)}
    pen.write("lowe", moment(workday(start), 10, 25), "sharing_agreement", protocol | again)
    health: Answers = {
        "title": _HEALTH,
        "agencies": ["treatment", "health", "prison_drugs", "gp"],
        "what_for": "Prescriptions and appointments of somebody who goes into prison or comes out, "
        "so that no dose is missed.",
        "basis": "consent",
        "kept_at": "With the lead pharmacist",
        "looked_after_by": pen.ids["bello"],
    }
    soon = today + timedelta(days=12)
    days = _days(min(start, workday(soon - timedelta(days=364))), soon)
    pen.write("lowe", moment(workday(start), 10, 40), "sharing_agreement", health | days)


def _days(signed: date, review: date) -> Answers:
    return {"signed_on": signed.isoformat(), "review_on": review.isoformat()}
