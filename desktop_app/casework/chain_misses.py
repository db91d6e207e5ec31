# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Which missed appointments count, and which are no miss of the client's.

Rules, each with a test:

* One that was cancelled, by whomever, or moved, neither counts nor ends a row of misses.
* What was our own mistake, or could not be known or kept, is no miss.
* A miss on a day in custody, rehab or hospital is none: they could not come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from desktop_app.casework.records import Record
from desktop_app.casework.whereabouts import AWAY, setting_on

EXCUSED = frozenset({"in_custody", "in_hospital", "our_mistake", "not_told", "worker_away", "room"})
"""Reasons that are no miss of the client's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What these rules need of an appointment."""

    form: ClassVar[str] = "appointment"
    record: Record
    booked_for: datetime | None
    state: str
    reason: str


def counts(kept: Kept, at: datetime, records: Iterable[Record]) -> bool:
    """Say whether a missed appointment counts.

    Args:
        kept: the appointment, which was not attended.
        at: when it was.
        records: the client's records.
    """
    if kept.reason in EXCUSED:
        return False
    setting = setting_on(records, at.date())
    return setting is None or setting.setting not in AWAY
