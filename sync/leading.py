# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Leading: who leads an audience when its lead is new, or has lost their laptop.

Rules, each with a test:

* The first officer leads the police's records, the first nurse those of health; and so does
  whoever comes when nobody is left who could.
* Where the laptop of the only lead is out of the team, the coordinator names another, among the
  laptops whose people the roster lets hold the audience. It needs the root keys.
* Naming gives no key: whoever was let in before goes on with the keys they have, and whoever was
  not begins with a new one.
"""

from collections.abc import Collection

from desktop_app.casework.audience import HEALTH, POLICE
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage.store import Store
from sync.admission import amend_team
from sync.circle import may_enter
from sync.roster import Laptop, Roster
from sync.seals import Random
from sync.seat import coordinators_seat, seat_of

BY_ROLE = {Role.OFFICER: POLICE, Role.NURSE: HEALTH}


def to_lead(roster: Roster, roles: Collection[Role]) -> list[str]:
    """Return the audiences a laptop about to be admitted is to lead: nobody else could."""
    return [
        audience
        for role, audience in BY_ROLE.items()
        if role in roles and not roster.leads_of(audience) and not may_enter(roster, audience)
    ]


def without_lead(store: Store) -> list[tuple[str, list[Laptop]]]:
    """Return the audiences that lost their lead, with the laptops that could lead them.

    Nothing on a laptop that is no coordinator's: it cannot name anybody.
    """
    held = seat_of(store)
    if held is None or held.me.device not in held.roster.coordinators:
        return []
    roster = held.roster
    lost = [one for one, leads in sorted(roster.leads.items()) if leads]
    return [(one, may_enter(roster, one)) for one in lost if not roster.leads_of(one)]


def name_lead(store: Store, audience: str, device: bytes, *, now_ms: int, random: Random) -> None:
    """Let a laptop lead an audience whose lead is gone.

    Raises:
        NotAllowed: this is no coordinator's laptop, the audience has a lead, the laptop's person
            may not hold it, or the root keys are missing.
    """
    roster = coordinators_seat(store).roster
    may = {one.id for one in may_enter(roster, audience)}
    if roster.leads_of(audience) or device not in may:
        raise NotAllowed(_("This laptop cannot lead these records. Nothing was changed."))
    leads = {**roster.leads, audience: (*roster.leads.get(audience, ()), device)}
    amend_team(store, {"leads": leads}, now_ms=now_ms, random=random)
