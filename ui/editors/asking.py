# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What an editor needs to know of the world around it: the day, the team, what can be linked to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Json

Choices = Sequence[tuple[str, str]]
"""Stored values and what a person reads for them, in the order they are offered."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and in which team.

    Attributes:
        team: whose people can be picked.
        me: person id of who is typing.
        now: local time, asked for each time it is needed.
        links: for fields that point at another record, the records they may point at.
    """

    team: Team
    me: str
    now: Callable[[], datetime]
    links: Mapping[str, Choices] = field(default_factory=dict)

    def today(self) -> str:
        """Return the day, ISO."""
        return self.now().date().isoformat()

    def people(self) -> list[Person]:
        """Return everybody active in the team, by name."""
        active = (one for one in self.team.persons.values() if one.active)
        return sorted(active, key=lambda one: one.name)

    def default(self, wanted: str) -> Json:
        """Return the answer a form's `default` stands for: now, today, me, or a code."""
        match wanted:
            case "":
                return None
            case "now":
                return self.now().isoformat(timespec="minutes")[:16]
            case "today":
                return self.today()
            case "me":
                return self.me
            case _:
                return wanted
