# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The people of the team, their roles and their laptops, as the signed roster names them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.casework.letters import set_apart
from desktop_app.casework.words import _


class Role(StrEnum):
    """What somebody does in the team. One person may do several things."""

    KEY_WORKER = "key_worker"
    OFFICER = "officer"
    NURSE = "nurse"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"

    @property
    def words(self) -> str:
        """Return the role in words."""
        return {
            Role.KEY_WORKER: _("Key worker"),
            Role.OFFICER: _("Police officer"),
            Role.NURSE: _("Nurse"),
            Role.COORDINATOR: _("Coordinator"),
            Role.ANALYST: _("Analyst"),
        }[self]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the team.

    Attributes:
        id: 16 hex letters.
        name: as colleagues write it, such as "PC R. Shah".
        agency: who employs them.
        roles: what they do.
        audiences: what the roster lets them hold.
        active: False once they have left; their work stays.
    """

    id: str
    name: str
    agency: str
    roles: frozenset[Role]
    audiences: frozenset[str]
    active: bool = True

    @property
    def role_title(self) -> str:
        """Return their roles in words, in the order of `Role`."""
        return ", ".join(role.words for role in Role if role in self.roles)


@dataclass(frozen=True, slots=True)
class Device:
    """One person's vault on one laptop."""

    id: str
    person: str
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Team:
    """Who is in the team, as the roster this laptop trusts says."""

    id: str
    name: str
    persons: Mapping[str, Person] = field(default_factory=dict)
    devices: Mapping[str, Device] = field(default_factory=dict)
    made_up: bool = False

    @property
    def coordinators(self) -> tuple[str, ...]:
        """Return the person ids of who coordinates, and so chairs the forum; by name."""
        found = [
            one for one in self.persons.values() if one.active and Role.COORDINATOR in one.roles
        ]
        return tuple(one.id for one in sorted(found, key=lambda one: (one.name, one.id)))

    def name_of(self, person: str) -> str:
        """Return somebody's name; somebody the roster does not know is "Not known"."""
        known = self.persons.get(person)
        return set_apart(known.name) if known else _("Not known")
