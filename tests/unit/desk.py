# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A desk with case files made by hand, to look at somebody's Today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from desktop_app.casework.due import CaseFile, Due, Facts
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Json, Record
from desktop_app.casework.today import today

Make = Callable[..., Record]
OSEI, SHAH, BELLO, LOWE = (letter * 16 for letter in "abcd")
NOW = datetime.fromisoformat("2026-11-23T14:32")


class Desk:
    """Makes case files by hand and looks at one person's Today."""

    def __init__(self, make: Make, team: Team) -> None:
        self.make, self.team = make, team
        self.files: list[CaseFile] = []

    def client(
        self, surname: str, *records: tuple[str, dict[str, Json]], worker: str = OSEI
    ) -> CaseFile:
        person = self.make("client", surname=surname, forename="Lee", phone="07700 900318")
        held = [
            self.make(
                "assignment", person.id, duty="key_worker", worker=worker, from_on="2026-11-20"
            )
        ]
        held += [self._one(person, form, answers) for form, answers in records]
        file = CaseFile(person, tuple(held))
        self.files.append(file)
        return file

    def facts(self) -> Facts:
        return Facts(tuple(self.files), self.team)

    def look(self, who: str = OSEI, *, now: datetime = NOW, **more: object) -> list[Due]:
        """Return somebody's Today."""
        facts = replace(self.facts(), **more)  # type: ignore[arg-type]
        return today(facts, self.me(who), now)

    def me(self, who: str = OSEI) -> Person:
        return self.team.persons[who]

    def _one(self, person: Record, form: str, answers: dict[str, Json]) -> Record:
        plain = {name: value for name, value in answers.items() if name != "author"}
        author = str(answers.get("author", OSEI))
        return self.make(form, person.id, author=author, **plain)


def only(dues: list[Due], kind: str) -> Due:
    (found,) = [due for due in dues if due.kind == kind]
    return found


def kinds(dues: list[Due]) -> list[str]:
    return [due.kind for due in dues]


def seen(day: str, who: str = OSEI) -> tuple[str, dict[str, Json]]:
    return (
        "visit",
        {
            "at": f"{day}T10:00",
            "state": "done",
            "outcome": "seen",
            "kind": "home",
            "people": [who],
        },
    )


def plan(at: str, *people: str, kind: str = "home", **more: Json) -> tuple[str, dict[str, Json]]:
    return (
        "visit",
        {"at": at, "state": "planned", "kind": kind, "people": list(people) or [OSEI], **more},
    )


def alert(**more: Json) -> tuple[str, dict[str, Json]]:
    return (
        "alert",
        {
            "headline": "Dog loose",
            "how_to_visit": "two",
            "set_on": "2026-11-23",
            "review_on": "2027-01-30",
            "author": SHAH,
            **more,
        },
    )


def setting(code: str, **more: Json) -> tuple[str, dict[str, Json]]:
    return ("setting", {"setting": code, "from_on": "2026-11-01", **more})


def missed(day: str, state: str = "not_attended", **more: Json) -> tuple[str, dict[str, Json]]:
    return ("appointment", {"kind": "nurse", "booked_for": f"{day}T14:00", "state": state, **more})


def release(**more: Json) -> tuple[str, dict[str, Json]]:
    return setting(
        "remand",
        place_prison="zz_eastmoor",
        expected_release_on="2026-11-27",
        release_certainty="confirmed",
        **more,
    )
