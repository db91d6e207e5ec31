# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What choosing asks the vault: the criteria and who agreed, and how much room there is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from PySide6.QtCore import QObject

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.choosing import Capacity, capacity
from desktop_app.casework.matrix import FORMS, programme_places
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.targeting import Place
from storage import reads
from storage.store import Store
from ui.consulting import nothing
from ui.session import Session


@dataclass(frozen=True, slots=True)
class Room:
    """What whoever decides has to see besides the client's file.

    Attributes:
        team: the criteria, who agreed to them, and the team's rule.
        capacity: how much room the programme has.
    """

    team: tuple[Record, ...]
    capacity: Capacity


def team_records(store: Store) -> tuple[Record, ...]:
    """Return the criteria, the agreements and the team's rules. Asked on the store's thread."""
    return tuple(chain.from_iterable(reads.records(store, form=form) for form in FORMS))


def ask_room(session: Session, then: Callable[[Room], None], *, owner: QObject) -> None:
    """Ask for the criteria and how much room there is; nobody is shown by it."""
    day = session.today()
    session.ask(lambda store: room(store, day), then, shows=nothing, owner=owner, name="room")


def room(store: Store, day: date, *, for_all: bool = False) -> Room:
    """Return the criteria and how much room there is. Asked on the store's thread.

    Args:
        store: the vault.
        day: today.
        for_all: whether only places count that every partner may read: a whole room looks on.
    """
    held = team_records(store)
    spells = reads.records(store, form=Place.form)
    if for_all:
        spells = [one for one in spells if one.audience == PARTNERS]
    heads = store.heads({one.client for one in spells})

    def person(client: RecordId) -> RecordId:
        return heads.get(client, client)

    return Room(held, capacity(spells, programme_places(held), day, person=person))
