# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Retention: how long records are kept, who decides, and what a decision is.

The rules stand in resources/retention.toml; adding one touches that file alone. A decision is a
record like any other. Rules, each with a test:

* Every kind of record about a client falls under exactly one rule.
* Nothing is erased by itself: a rule only asks for a decision.
* A decision to keep asks again when its day has come; the newest decision counts.
* A decision keeps who, when, on whose authority and why; of what it erased it names no word.
"""

from desktop_app.casework.audience import COORDINATION, HEALTH, PARTNERS, POLICE
from desktop_app.casework.records import Json, Record, linked

RETENTION = "retention"
"""The form of a decision."""
REPACKED = "repacked"
"""The form that announces what was taken out of bundles."""
KEEP, ERASE = "keep", "erase"
DECIDED = (PARTNERS, COORDINATION, HEALTH, POLICE)
"""The audiences somebody decides about."""
AT_ONCE = 1_000
"""So many records at most are named by one decision: a longer one would not fit a bundle."""


def erased_by(decision: Record) -> list[bytes]:
    """Return the records a decision erases; none when it keeps."""
    if decision.form != RETENTION or decision.answers.get("decision") != ERASE:
        return []
    return [id_ for one in _list(decision.answers.get("records")) if (id_ := linked(one))]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
