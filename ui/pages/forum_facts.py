# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What a forum needs of the vault: its agenda, the card of one client, and forums of the past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.boards import board
from desktop_app.casework.due import CaseFile, Due, Facts, Group, Look
from desktop_app.casework.forum import (
    NAME,
    Entry,
    Item,
    entries,
    forms_read,
    item_of,
    open_to_all,
    rank,
)
from desktop_app.casework.forum_card import Card, card
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Record, RecordId, link
from desktop_app.casework.targeting import DEMAND, places_on, support_on
from storage import boards, reads
from storage.store import Store
from ui.pages import boards_facts
from ui.pages.boards_facts import Filled
from ui.pages.choosing_read import room
from ui.team_limits import limits_of

COMMON = ("matrix", "criterion")
AT_ONCE = 400
"""So many clients are worked out while it is opened: nobody is to be missing in a forum."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Who is on the agenda, in its order, and what was recorded of them at this forum.

    Attributes:
        dues: a row each.
        recorded: what this forum recorded, by client; the latest counts.
        held: forums that were closed, the latest first.
        filled: the board it is from; None where it is not known.
    """

    dues: tuple[Due, ...]
    recorded: Mapping[RecordId, Entry]
    held: tuple[Record, ...]
    filled: Filled | None = None

    @property
    def left_over(self) -> list[RecordId]:
        """Return who is still to be talked about, or skipped."""
        return [one.client for one in self.dues if one.client not in self.recorded]

    @property
    def still(self) -> int:
        """Return how many clients are still to be gone through, and may be missing here."""
        return self.filled.shown.left if self.filled is not None else 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One client as a forum sees them.

    Attributes:
        file: what is for all partners.
        item: why they are on the agenda.
        card: what the room has before it.
        before: what forums recorded of them, the earliest first.
        room: how much room the programme has, in words; empty for whoever is on it.
        targeted: whether they are on the programme.
        supported: whether a spell of support runs.
    """

    file: CaseFile
    item: Item | None
    card: Card
    before: tuple[Entry, ...]
    room: str = ""
    targeted: bool = False
    supported: bool = False


def agenda(
    store: Store, forum: RecordId, me: Person, team: Team, now: datetime, *, began: datetime
) -> Agenda:
    """Return the agenda of a forum; who was recorded stays on it whatever has become of them.

    Args:
        store: the vault.
        forum: its record; empty before one has begun.
        me: who looks.
        team: the team.
        now: local time.
        began: when it began: nothing it recorded is older, however long it was left open.
    """
    filled = boards_facts.fill(store, board(NAME), me, team, now, at_once=AT_ONCE)
    recorded: dict[RecordId, Entry] = {}
    for one in entries(reads.records(store, form="forum_entry", since=_day_of(began))):
        if one.forum == forum:
            recorded[one.record.client] = one
    dues = list(filled.dues)
    known = {one.client for one in dues}
    for client, entry in recorded.items():
        if client not in known and (found := reads.client(store, client)) is not None:
            dues.append(_kept(found, entry))
    dues.sort(key=lambda due: due.order[0])
    held = tuple(reads.records(store, form="forum", limit=200))
    return Agenda(tuple(dues), recorded, held, filled)


def shown_of(found: Agenda) -> Sight | None:
    """Return whom an agenda shows, for the audit."""
    clients = [one.client for one in found.dues]
    return sight("forum", clients=clients) if clients else None


def one_client(store: Store, client: RecordId, me: Person, team: Team, now: datetime) -> Shown:
    """Return the card of one client: what is for all partners, and nothing else."""
    common = tuple(one for form in COMMON for one in reads.records(store, form=form))
    file = open_to_all(boards.case_files(store, [client], forms_read())[client])
    look = Look(Facts((), team, common=common, limits=limits_of(store)), me, now)
    day = now.date()
    targeted = any(one.cohort == DEMAND for one in places_on(file.records, day))
    return Shown(
        file,
        item_of(file, look),
        card(file, look),
        tuple(entries(file.records)),
        "" if targeted else room(store, day, for_all=True).capacity.words,
        targeted,
        support_on(file.records, day) is not None,
    )


def of_forum(store: Store, forum: RecordId) -> tuple[list[Record], dict[RecordId, str]]:
    """Return what a forum recorded, the latest of each client, and the clients' names."""
    found: dict[RecordId, Record] = {}
    for one in entries(reads.records(store, form="forum_entry")):
        if one.record.text("forum") == link(forum):
            found[one.record.client] = one.record
    names = {}
    for client in found:
        held = reads.client(store, client)
        if held is not None:
            names[client] = full_name(held.answers)
    return list(found.values()), names


def _day_of(began: datetime) -> str:
    return began.date().isoformat()


def _kept(client: Record, entry: Entry) -> Due:
    return Due(
        Group.NEEDS,
        NAME,
        client.id,
        b"",
        full_name(client.answers),
        icon="gavel",
        order=(rank(entry.segment), 0),
    )
