# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Members: somebody's work in the team changes, or ends.

Rules, each with a test:

* Whoever coordinates the team is changed by the root keys, never by the way: not here.
* What somebody wrote stands as they were when they wrote it, whatever they do now.
* Whoever leaves takes no laptop along: each is out, what it had shared counts, what comes later is
  kept aside. All of it happens, or nothing.
* Whoever may read less from now on reads nothing new of it: those who lead it make a new key.
"""

from desktop_app.casework.audience import by_default
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.store import Store
from sync.admission import change_roles, take_out_laptop
from sync.roster import Roster
from sync.seals import Random
from sync.seat import coordinators_seat


def coordinating(roster: Roster) -> frozenset[str]:
    """Return the ids of the people who coordinate the team: the root keys alone change them."""
    return frozenset(one.person for one in roster.devices if one.id in roster.coordinators)


def change_work(
    store: Store, person: str, roles: frozenset[Role], *, now_ms: int, random: Random
) -> None:
    """Let somebody do other work from now on, and read what goes with it.

    Raises:
        NotAllowed: this is no coordinator's laptop, they coordinate the team or are not in it, or
            no work is left.
    """
    _refuse_unless_possible(store, person)
    if not roles or Role.COORDINATOR in roles:
        raise NotAllowed(_("Say what they do. Nothing was changed."))
    change_roles(
        store, person, roles=roles, audiences=by_default(roles), now_ms=now_ms, random=random
    )


def leave(store: Store, person: str, *, now_ms: int, random: Random) -> None:
    """Let somebody leave the team, with every laptop of theirs.

    Raises:
        NotAllowed: this is no coordinator's laptop, or they coordinate the team or are not in it.
    """
    _refuse_unless_possible(store, person)
    laptops = [
        one.id
        for one in coordinators_seat(store).roster.devices
        if one.person == person and one.active
    ]
    with store.transaction():
        for laptop in laptops:
            take_out_laptop(store, laptop, now_ms=now_ms, random=random)
        none: frozenset[Role] = frozenset()
        change_roles(
            store,
            person,
            roles=none,
            audiences=frozenset(),
            now_ms=now_ms,
            random=random,
            active=False,
        )


def _refuse_unless_possible(store: Store, person: str) -> None:
    seat = coordinators_seat(store)
    known = seat.team.persons.get(person)
    if known is None or not known.active or person in coordinating(seat.roster):
        raise NotAllowed(_("This person's work cannot be changed here. Nothing was changed."))
