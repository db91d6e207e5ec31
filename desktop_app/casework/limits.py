# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The clocks the partners agree: how long is too long. They stand in resources/limits.toml."""

from collections.abc import Mapping
from functools import cache

import msgspec

from resources import folder


class Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many days ahead, or behind, a thing is shown."""

    coming_out: int
    alert_review: int
    need_due: int
    visit_due_soon: int
    missed_window: int


class Missed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many missed appointments bring a client to Today."""

    in_a_row: int
    in_window: int


class Twice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two people wrote of the same.

    Attributes:
        settled_told: days for which whoever answered otherwise is told that it was settled.
        visit_days: days for which it is asked whether two visits are one.
        visit_minutes: minutes between two visits that may still be one.
    """

    settled_told: int
    visit_days: int
    visit_minutes: int


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All clocks.

    Attributes:
        seen_within: days between two times of being seen, by setting.
        days: how many days ahead a thing is shown.
        missed: when missed appointments count.
        twice: when two people wrote of the same.
    """

    seen_within: Mapping[str, int]
    days: Days
    missed: Missed
    twice: Twice


@cache
def limits() -> Limits:
    """Return the clocks Tandem ships with."""
    return msgspec.toml.decode(folder("limits.toml").read_bytes(), type=Limits)
