# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Clients to measure boards with: forty events each, and what brings some to every board."""

import random
from datetime import date, timedelta

from desktop_app.casework.records import Answers, Edit, Json
from tests.bench.invented import Invented

EVENTS, MINE = 40, 40


class Caseload:
    """Invents clients with forty events each: visits, appointments kept and missed, a stay."""

    def __init__(self, me: str, other: str, today: date) -> None:
        self.me, self.other, self.clients = me, other, list[bytes]()
        self._dice = random.Random("boards")  # noqa: S311  the same on every run
        self._invented = Invented("boards")
        self._today = today

    def more(self, count: int) -> list[Edit]:
        """Return so many more clients and all about them."""
        made = []
        for _number in range(count):
            client = self._invented.client()
            self.clients.append(client.record)
            made += [client, *self._life(client.record)]
        return made

    def missed(self, client: bytes) -> Edit:
        """Return one more appointment missed."""
        return self._appointment(client, 1, "not_attended")

    def _life(self, client: bytes) -> list[Edit]:
        dice, number = self._dice, len(self.clients)
        worker = self.me if number <= MINE else self.other
        duty: Answers = {"duty": "key_worker", "worker": worker, "from_on": "2024-10-01"}
        made = [self._edit("assignment", client, duty), self._stay(client)]
        made += [self._edit(form, client, told) for form, told in self._chosen(number, worker)]
        seldom_seen = dice.random() < 0.1
        for back in range(18):
            days = 14 * back + dice.randint(1, 13) + (60 if seldom_seen else 0)
            made.append(self._visit(client, worker, days))
            state = "not_attended" if dice.random() < 0.15 else "attended"
            made.append(self._appointment(client, 14 * back + dice.randint(1, 13), state))
        if dice.random() < 0.1:
            told: Answers = {"accepted_on": self._day(dice.randint(2, 20)), "status": "waiting"}
            made.append(self._edit("treatment", client, told))
        if dice.random() < 0.1:
            alert: Answers = {"headline": "Dog", "set_on": self._day(40), "how_to_visit": "two"}
            made.append(self._edit("alert", client, alert))
        while len(made) < EVENTS:
            made.append(self._visit(client, worker, dice.randint(260, 700)))
        return made

    def _chosen(self, number: int, worker: str) -> list[tuple[str, Answers]]:
        """Return what brings somebody to the boards: eight clients of twenty."""
        day, on = self._day, dict[str, Json](cohort="demand_side", score=12)
        colleague = self.other if worker == self.me else "somebody else"
        stolen: Answers = {"offence_group": "shoplifting", "arrested_on": day(10)}
        offer: Answers = {"duty": "key_worker", "worker": worker, "handed_to": colleague}
        goal: Answers = {"words": "A place of my own", "domain": "housing", "set_on": day(40)}
        some: dict[int, list[tuple[str, Answers]]] = {
            1: [
                ("cohort", {**on, "started_on": day(200), "told_on": day(199)}),
                ("arrest", {**stolen, "further_action": "charged", "disposal": "not_known"}),
            ],
            2: [("cohort", {**on, "started_on": day(self._dice.randint(1, 20))})],
            3: [("cohort", {**on, "started_on": day(400), "told_on": day(399)})],
            4: [("nomination", self._nominated())],
            5: [("cohort", {"cohort": "eligible_not_included", "started_on": day(30)})],
            6: [("support", {"started_on": day(60)}), ("goal", goal)],
            7: [("handover", {**offer, "offered_on": day(3), "reason": "balance"})],
            8: 2 * [("appointment", self._booked(1, "not_attended"))],
        }
        return some.get(number % 20, [])

    def _nominated(self) -> Answers:
        back, why = self._dice.randint(1, 40), self._invented.text()
        return {
            "nominated_on": self._day(back),
            "nominated_by": self.other,
            "cohort": "demand_side",
            "why": why,
        }

    def _visit(self, client: bytes, worker: str, back: int) -> Edit:
        made = self._invented.visit(client, worker)
        outcome = self._dice.choice(("seen", "seen", "refused", "not_seen"))
        return Edit(
            "visit",
            made.record,
            client,
            "partners",
            {**made.answers, "at": f"{self._day(back)}T10:30", "kind": "home", "outcome": outcome},
        )

    def _appointment(self, client: bytes, back: int, state: str) -> Edit:
        return self._edit("appointment", client, self._booked(back, state))

    def _booked(self, back: int, state: str) -> Answers:
        day = self._day(back)
        return {"booked_for": f"{day}T09:00", "state": state, "kind": "nurse", "marked_on": day}

    def _stay(self, client: bytes) -> Edit:
        inside = self._dice.random() < 0.15
        told: Answers = {"setting": "community", "from_on": self._day(300)}
        if inside:
            out = self._day(-self._dice.randint(1, 200))
            told |= {"setting": "sentenced", "expected_release_on": out}
        return self._edit("setting", client, told)

    def _edit(self, form: str, client: bytes, answers: Answers) -> Edit:
        return Edit(form, self._invented.new_id(), client, "partners", answers)

    def _day(self, back: int) -> str:
        return (self._today - timedelta(days=back)).isoformat()
