# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""All the boards there are, in their order. A new one is one more line here.

Today is worked out in the same two steps, but each person has their own (see `today_whose`).
"""

from collections.abc import Mapping
from datetime import timedelta

from desktop_app.casework import (
    care_plan,
    due_chain,
    due_choosing,
    due_missing,
    due_release,
    due_removal,
    due_unseen,
    due_waiting,
    forum,
    handover,
    outcomes,
    posture_rows,
    today,
    today_whose,
)
from desktop_app.casework.board import Board, Coarse, Exact
from desktop_app.casework.people import Person

_MADE = (
    due_chain.board,
    due_release.board,
    due_waiting.board,
    due_unseen.board,
    handover.board,
    posture_rows.board,
    care_plan.board,
    outcomes.board,
    due_choosing.nominated,
    due_choosing.not_told,
    due_choosing.not_included,
    due_removal.board,
    forum.board,
    due_missing.board,
)
"""Each makes its board, in the language in use: today's most urgent first, then what is talked over
together, last what is kept."""


def boards() -> tuple[Board, ...]:
    """Return every board."""
    return tuple(made() for made in _MADE)


def boards_for(person: Person) -> tuple[Board, ...]:
    """Return the boards somebody is shown."""
    return tuple(one for one in boards() if one.is_for(person))


def board(name: str) -> Board:
    """Return a board by its name."""
    return next(one for one in boards() if one.name == name)


def coarse_rules() -> Mapping[str, Coarse]:
    """Return the coarse rule of every board and of Today, by name."""
    return {today_whose.TODAY: today_whose.whose, **{one.name: one.coarse for one in boards()}}


def todays() -> Exact:
    """Return what Today's rows are worked out from."""
    return Exact(
        today_whose.TODAY,
        today_whose.FORMS,
        today.of_file,
        lambda due: due.sort_key,
        own=True,
        shortly=timedelta(minutes=1),
    )


def forms_read() -> frozenset[str]:
    """Return the forms the coarse rules read."""
    return today_whose.FORMS.union(*(one.reads for one in boards()))
