# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands on a board, gathered from the vault; after a change only what it touched anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.board import Board, Known
from desktop_app.casework.due import CaseFile, Due, Facts, Look
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Record, RecordId
from storage import boards, reads
from storage.store import Store
from ui.pages.today_facts import ids_of
from ui.team_limits import limits_of

KEPT = timedelta(minutes=5)
"""For so long rows are taken from before, where nothing of their client was touched."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One client's rows, and the ids of everybody who is that one person."""

    ids: frozenset[RecordId]
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A board with what stands on it.

    Attributes:
        name: of the board.
        by_client: each client's rows, by who they are shown as.
        others: rows about no client.
        at: when the oldest of it was worked out, in local time.
        common: the records about no client it was worked out with.
        known: the team, the clocks and the moment it was asked for.
        waiting: clients who were not gone through yet.
        left: how many of them may be missing here.
    """

    name: str
    by_client: Mapping[RecordId, Rows]
    others: tuple[Due, ...]
    at: datetime
    common: tuple[Record, ...]
    known: Known
    waiting: int = 0
    left: int = 0

    @property
    def dues(self) -> list[Due]:
        """Return every row, in its order."""
        found = [due for rows in self.by_client.values() for due in rows.dues]
        return sorted([*found, *self.others], key=lambda due: (due.order, *due.sort_key[2:]))

    @property
    def late(self) -> int:
        """Return how many of the rows are late."""
        return sum(due.late for due in self.dues)


def fill(
    store: Store,
    board: Board,
    me: Person,
    team: Team,
    now: datetime,
    *,
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
        before: what stood on it; rows of clients nobody touched since are taken from it.
        touched: ids of the records and clients that were.
    """
    known = Known(team, limits_of(store), now)
    standing = boards.standing(store, board.name, known)
    common = tuple(
        one
        for form in sorted(board.common)
        for one in reads.records(store, form=form)
        if not one.client
    )
    look = Look(Facts((), team, common=common, limits=known.limits), me, now)
    kept = _kept(before, board, look, frozenset(touched))
    at = before.at if kept and before is not None else now
    by_client = {one: kept[one] for one in standing.clients if one in kept}
    new = [one for one in standing.clients if one not in by_client]
    for one, file in boards.case_files(store, new, board.reads).items():
        by_client[one] = _rows(board, file, look)
    others = tuple(board.others(look))
    return Filled(board.name, by_client, others, at, common, known, standing.waiting, standing.left)


def shown_of(filled: Filled) -> Sight | None:
    """Return whom a board shows, for the audit; None for nobody."""
    clients = [due.client for due in filled.dues if due.client]
    return sight("board", clients=clients) if clients else None


def _kept(
    before: Filled | None, board: Board, look: Look, touched: frozenset[RecordId]
) -> Mapping[RecordId, Rows]:
    """Return the rows that are as they were."""
    if before is None or before.name != board.name or not _is_fresh(before.at, look.now):
        return {}
    same = (before.known.team is look.team, before.known.limits == look.limits)
    if not all(same) or before.common != look.common:
        return {}
    return {one: rows for one, rows in before.by_client.items() if touched.isdisjoint(rows.ids)}


def _is_fresh(before: datetime, now: datetime) -> bool:
    return before.date() == now.date() and timedelta(0) <= now - before <= KEPT


def _rows(board: Board, file: CaseFile, look: Look) -> Rows:
    return Rows(frozenset(ids_of(file)), tuple(board.exact(file, look)))
