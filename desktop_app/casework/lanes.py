# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The two lanes, support and enforcement: who stands for which, and whether both agreed.

Rules, each with a test:

* A police officer stands for enforcement, a key worker and a nurse for support; anybody else for
  what those of their own agency stand for.
* Both lanes agreed only where somebody of each did. Whose lane nobody can tell stands for neither.
"""

from collections.abc import Iterable

from desktop_app.casework.codes import codes
from desktop_app.casework.people import Role, Team
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _

SUPPORT, ENFORCEMENT = "support", "enforcement"
LANES = (SUPPORT, ENFORCEMENT)
"""Support first, always."""
_OF = {Role.KEY_WORKER: SUPPORT, Role.NURSE: SUPPORT, Role.OFFICER: ENFORCEMENT}


def lanes_of(person: str, team: Team) -> frozenset[str]:
    """Return the lanes somebody stands for."""
    known = team.persons.get(person)
    own = frozenset(_OF[role] for role in (known.roles if known else ()) if role in _OF)
    if own or known is None or not known.agency.strip():
        return own
    plain = known.agency.casefold().split()
    colleagues = [one for one in team.persons.values() if one.agency.casefold().split() == plain]
    return frozenset(_OF[role] for one in colleagues for role in one.roles if role in _OF)


def lane_of(person: str, team: Team) -> str:
    """Return the lane what somebody takes on belongs to: support, unless they are police."""
    return ENFORCEMENT if lanes_of(person, team) == {ENFORCEMENT} else SUPPORT


def both_agree(people: Iterable[str], team: Team) -> bool:
    """Say whether somebody of each lane is among those who agreed."""
    return frozenset[str]().union(*(lanes_of(one, team) for one in people)) >= set(LANES)


def agreed_words(people: Iterable[str], team: Team) -> str:
    """Return who agreed to the next steps of both lanes: "Both lanes agree"; what is missing."""
    agreed = frozenset[str]().union(*(lanes_of(one, team) for one in people))
    missing = [codes("lane").label(one).lower() for one in LANES if one not in agreed]
    if not missing:
        return _("Both lanes agree")
    return _("Nobody for %(lane)s agreed") % {"lane": listed(missing)}
