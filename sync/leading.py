# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Leading: who leads an audience when its lead is new, or has lost their laptop.

Rules, each with a test:

* The first officer leads the police's records, the first nurse those of health; and so does
  whoever comes when nobody is left who could. Where papers decide, two keepers name them.
* Where the laptop of the only lead is out of the team, the coordinator names another, among the
  laptops whose people the roster lets hold the audience.
* Naming gives no key: whoever was let in before goes on with the keys they have, and whoever was
  not begins with a new one.
"""

from collections.abc import Collection

from desktop_app.casework.audience import HEALTH, POLICE
from desktop_app.casework.people import Role
from storage.store import Store
from sync.circle import may_enter
from sync.roster import Laptop, Roster
from sync.seat import seat_of

BY_ROLE = {Role.OFFICER: POLICE, Role.NURSE: HEALTH}


def to_lead(roster: Roster, roles: Collection[Role]) -> list[str]:
    """Return the audiences a laptop about to be admitted is to lead: nobody else could."""
    return [
        audience
        for role, audience in BY_ROLE.items()
        if role in roles and not roster.leads_of(audience) and not may_enter(roster, audience)
    ]


def without_lead(store: Store) -> list[tuple[str, list[Laptop]]]:
    """Return the audiences nobody leads that have had a lead or need one, and who could lead them.

    Nothing on a laptop that is no coordinator's: it cannot name anybody.
    """
    held = seat_of(store)
    if held is None or held.me.device not in held.roster.coordinators:
        return []
    roster = held.roster
    known = {one for one, leads in roster.leads.items() if leads}
    waiting = {one for one in BY_ROLE.values() if may_enter(roster, one)}
    return [
        (one, may_enter(roster, one)) for one in sorted(known | waiting) if not roster.leads_of(one)
    ]
