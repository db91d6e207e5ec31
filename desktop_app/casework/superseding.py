# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Superseding: decisions are never edited; a newer record takes the place of an older one.

Rules, each with a test:

* What another one takes the place of no longer stands; both are kept for ever.
* Two that took the place of the same one stand side by side, and the later of them counts.
* Records that take each other's place leave the latest of them standing: nothing is lost by it.
* The order in which records arrive makes no difference, nor does what their ids happen to be: of
  two of one millisecond the one saved later is the later one.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol, TypeVar

from desktop_app.casework.records import Record


class Sealed(Protocol):
    """A reading of a sealed record that may take the place of an earlier one."""

    @property
    def record(self) -> Record:
        """Return the record it was read from."""

    @property
    def supersedes(self) -> bytes | None:
        """Return the record it takes the place of."""


S = TypeVar("S", bound=Sealed)


def standing(held: Iterable[S], day: Callable[[S], date | None]) -> list[S]:
    """Return those no other one takes the place of, earliest first.

    Args:
        held: readings of one form about one client.
        day: the day one counts from.
    """
    every = sorted(
        held,
        key=lambda one: (day(one) or date.min, one.record.stamp, one.record.id),
    )
    gone = {one.supersedes for one in every if one.supersedes != one.record.id}
    left = [one for one in every if one.record.id not in gone]
    return left or every[-1:]


def latest(held: Iterable[S], day: Callable[[S], date | None]) -> S | None:
    """Return the one that counts; None when there is none."""
    left = standing(held, day)
    return left[-1] if left else None
