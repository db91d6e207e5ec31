# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands on a board, gathered from the vault; after a change only what it touched anew."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.board import Board, Exact
from desktop_app.casework.due import Due, Facts, Look
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import RecordId
from storage import board_rows, reads
from storage.board_rows import MOST, Asked, Shown
from storage.store import Store
from ui.team_limits import limits_of


@dataclass(frozen=True, slots=True)
class Filled:
    """A board with what stands on it.

    Attributes:
        name: of the board.
        team: who is who.
        shown: its first rows, how many there are, and how many clients are left to work out.
    """

    name: str
    team: Team
    shown: Shown

    @property
    def dues(self) -> tuple[Due, ...]:
        """Return the rows that were asked for, in their order."""
        return self.shown.dues

    def to_look_at(self, answered: Collection[str]) -> Shown:
        """Return what stands on it still; a row that stays when it was answered is not counted.

        Args:
            answered: keys of the rows that were.
        """
        done = [due for due in self.dues if due.key in answered]
        late = self.shown.late - sum(due.late for due in done)
        return replace(self.shown, count=self.shown.count - len(done), late=late)


def asked(
    store: Store,
    rule: Exact,
    me: Person,
    team: Team,
    now: datetime,
    *,
    read: frozenset[str] = frozenset(),
) -> Asked:
    """Return the question for the rows of a board. Asked on the store's thread.

    Args:
        store: the vault.
        rule: what they are worked out from.
        me: who looks.
        team: who is who.
        now: local time.
        read: hex ids of what this person has read, for Today.
    """
    common = tuple(
        one
        for form in sorted(rule.common)
        for one in reads.records(store, form=form)
        if not one.client
    )
    facts = Facts((), team, read=read, common=common, limits=limits_of(store))
    return Asked(store, rule, Look(facts, me, now))


def fill(
    store: Store,
    board: Board,
    me: Person,
    team: Team,
    now: datetime,
    *,
    most: int | None = None,
    at_once: int = MOST,
    before: Filled | None = None,
    touched: Collection[RecordId] = (),
) -> Filled:
    """Return what stands on a board. Asked on the store's thread; writes nothing.

    Args:
        store: the vault.
        board: the board.
        me: who looks.
        team: who is who.
        now: local time.
        most: at most so many rows; None for all.
        at_once: at most so many clients are worked out for it.
        before: what stood on it; what was worked out for it and nobody touched is taken from it.
        touched: ids of the records and clients that were.
    """
    question = asked(store, board.rule, me, team, now)
    last = before.shown if before is not None and before.name == board.name else None
    found = board_rows.shown(question, most=most, at_once=at_once, before=last, touched=touched)
    return Filled(board.name, team, found)


def shown_of(filled: Filled) -> Sight | None:
    """Return whom a board shows, for the audit; None for nobody."""
    clients = [due.client for due in filled.dues if due.client]
    return sight("board", clients=clients) if clients else None
