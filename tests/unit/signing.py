# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""People who sign for a posture, and records altered by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from desktop_app.casework.people import Team
from desktop_app.casework.posture import Posture, posture_now
from desktop_app.casework.records import Answers, Json, Live, Record, link
from tests.unit.desk import BELLO, LOWE, OSEI, SHAH

DAY = date(2026, 11, 23)
AGENCY = {OSEI: "Harbour", SHAH: "Police", BELLO: "Health", LOWE: "Council"}
Make = Callable[..., Record]


class Signing:
    """Signs acts and reads the posture they add up to."""

    def __init__(self, make: Make, team: Team) -> None:
        self.make, self.team = make, team
        self.held: list[Record] = []

    def add(self, form: str, author: str = SHAH, **answers: Json) -> Record:
        self.held.append(self.make(form, b"c" * 16, author=author, **answers))
        return self.held[-1]

    def arrest(self) -> Record:
        return self.add("arrest", arrested_on="2026-11-20", offence_group="shoplifting")

    def ask(self, level: str, author: str = SHAH, **more: Json) -> Record:
        said: Answers = {
            "says": "asks",
            "acted_on": "2026-11-10",
            "level": level,
            "agency": AGENCY.get(author, ""),
            "reason": "Seen at three shops",
            "until": "2026-12-10",
            "evidence_of": [link(one.id) for one in self.held if one.form == "arrest"],
        }
        return self.add("posture", author, **{**said, **more})

    def agree(self, ask: Record, author: str = OSEI, **more: Json) -> Record:
        kept = ("level", "reason", "until")
        said = {name: ask.answers[name] for name in kept} | {"agrees_with": link(ask.id)}
        return self.ask(**{**said, "says": "agrees", "author": author, **more})  # type: ignore[arg-type]

    def no(self, to: Record, author: str = OSEI, **more: Json) -> Record:
        kept = {name: to.answers[name] for name in ("level", "reason", "until")}
        said = {**kept, "says": "says_no", "declines": link(to.id), "author": author}
        return self.ask(**{**said, **more})  # type: ignore[arg-type]

    def now(self, day: date = DAY) -> Posture:
        return posture_now(self.held, self.team, day)


def with_agencies(team: Team, moved: dict[str, str]) -> Team:
    people = {
        who: replace(one, agency=moved.get(who, one.agency)) for who, one in team.persons.items()
    }
    return replace(team, persons=people)


def replace_answers(record: Record, **answers: Json) -> Record:
    only = record.live[0]
    said = {**only.answers, **answers}
    return replace_live(record, [Live(only.at, only.feed, only.seq, only.idx, said)])


def replace_live(record: Record, live: list[Live]) -> Record:
    return Record(
        record.id, record.form, record.client, record.audience, record.author, live, record.trail
    )
