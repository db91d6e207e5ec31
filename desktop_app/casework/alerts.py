# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Safety alerts: which hold on a day, and what they ask of a visit.

Rules, each with a test:

* An alert holds until somebody ends it. A review day that has passed ends nothing.
* The gravest comes first: do not go, only with a police officer, not alone, then the newest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record

GRAVE = ("not_at_all", "with_police", "two")
"""Codes of how_to_visit that forbid going alone, the gravest first."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What these rules need of a safety alert."""

    form: ClassVar[str] = "alert"
    record: Record
    headline: str
    how_to_visit: str
    set_on: date | None
    review_on: date | None
    ended_on: date | None


def live_alerts(records: Iterable[Record], on: date) -> list[Alert]:
    """Return the alerts that hold on a day, the gravest first, then the newest."""
    running = [one for one in read_all(Alert, records) if not (one.ended_on and one.ended_on <= on)]
    newest = sorted(running, key=lambda one: one.record.id, reverse=True)
    return sorted(newest, key=_rank)


def not_alone(records: Iterable[Record], on: date) -> bool:
    """Say whether an alert that holds forbids going alone."""
    return any(one.how_to_visit in GRAVE for one in live_alerts(records, on))


def _rank(alert: Alert) -> int:
    return GRAVE.index(alert.how_to_visit) if alert.how_to_visit in GRAVE else len(GRAVE)
