# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What the doorstep says by itself when an answer changes: warnings, readers, what follows.

Rules, each with a test:

* A next step is proposed when nobody was there, and taken back when somebody was, unless a word of
  it was typed.
* Going with fewer people than an alert allows is said at once; a call or a text is no going.
"""

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.one_visit import FROM_AFAR
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Json, Record
from desktop_app.casework.words import _
from ui.editors.asking import Asking
from ui.pages import doorstep_begin
from ui.pages.doorstep_answers import NOT_SEEN, STEP
from ui.pages.doorstep_facts import Facts
from ui.pages.doorstep_safety import goes_alone_against, left_warning
from ui.pages.doorstep_screen import DoorstepParts

NO_GOING = FROM_AFAR | {"office"}


class Reactions:
    """Keeps what is said in step with what is answered."""

    def __init__(self, parts: DoorstepParts, team: Team, me: Person, asking: Asking) -> None:
        self._parts, self._team, self._me, self._asking = parts, team, me, asking
        self._proposed = ""

    def follow(self, facts: Facts, *, held: Record | None, touched: set[str]) -> None:
        """Say everything that follows from the answers as they stand.

        Args:
            facts: what is known of the client.
            held: the visit that is being recorded or joined; None for a new one.
            touched: questions a person has answered; nothing is proposed over them.
        """
        typed = self._parts.happened.answers()
        people = _texts(typed["people"])
        self._parts.words.readers.set_there(people)
        self._parts.words.next.offer(
            [*people, *_texts(self._parts.words.answers()["next_step_with"])]
        )
        self._warn_alone(facts, people, str(typed["kind"] or ""))
        left, tone = left_warning(facts.file.client.answers, _texts(typed["left"]))
        self._parts.happened.rows["left"].say(left, tone=tone)
        if "minutes" not in touched and not (held and held.answers.get("minutes")):
            self._parts.happened.when.set_minutes(doorstep_begin.usual_minutes(typed["seen"]))
        if typed["seen"] == NOT_SEEN:
            self._say_follows(facts, touched, str(typed["why_not"] or ""))
        elif self._proposed and touched.isdisjoint(STEP):
            self._parts.words.next.show_answers({"next_step": "", "next_step_on": ""})
            self._proposed = ""

    def _warn_alone(self, facts: Facts, people: list[str], kind: str) -> None:
        alerts = live_alerts(facts.file.records, self._asking.now().date())
        going = kind not in NO_GOING
        said = goes_alone_against(alerts, self._team, people) if going else ""
        self._parts.happened.rows["people"].say(said, tone="warn")

    def _say_follows(self, facts: Facts, touched: set[str], why_not: str) -> None:
        follows = doorstep_begin.follows_now(facts, self._team, self._me, self._asking, why_not)
        self._parts.happened.say_follows(follows)
        step = self._parts.words.next
        if touched.isdisjoint(STEP) and (step.is_empty() or self._proposed):
            self._proposed = _("Try again")
            step.propose(self._proposed, follows.next_on)


def _texts(value: Json) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
