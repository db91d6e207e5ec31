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


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All clocks.

    Attributes:
        seen_within: days between two times of being seen, by setting.
        days: how many days ahead a thing is shown.
        missed: when missed appointments count.
    """

    seen_within: Mapping[str, int]
    days: Days
    missed: Missed


@cache
def limits() -> Limits:
    """Return the clocks Tandem ships with."""
    return msgspec.toml.decode(folder("limits.toml").read_bytes(), type=Limits)
