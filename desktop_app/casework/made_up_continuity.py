# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Made-up clients who come out soon: a day of release planned in part."""

from collections.abc import Mapping
from datetime import date, timedelta

from desktop_app.casework.made_up_life import Life
from desktop_app.casework.made_up_pen import iso, last_workday, moment
from desktop_app.casework.made_up_stays import OUT_IN
from desktop_app.casework.records import Answers


def days_out(lives: Mapping[str, Life], today: date) -> None:
    """Write the plan for the day of whoever comes through the gate next."""
    life = lives.get("hartnoll")
    if life is None:
        return
    out = today + timedelta(days=OUT_IN["gate"])
    answers: Answers = {
        "release_on": out.isoformat(),
        "meets_where": "Main gate, from 08:45",
        "transport": "K. Osei's car",
        "transport_by": life.person("osei"),
        "prescription": "arranged",
        "prescription_by": life.person("bello"),
        "appointment_at": iso(moment(out, 14)),
        "appointment_where": "Job centre, with K. Osei",
        "appointment_by": life.person("osei"),
        "sleeps_by": life.person("osei"),
        "phone": "not_yet",
        "phone_by": life.person("shah"),
    }
    life.write("osei", moment(last_workday(today), 16, 25), "release_plan", answers)
