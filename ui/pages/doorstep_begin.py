# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How the doorstep begins: what stands on it before anybody types.

Rules, each with a test:

* What was planned stands there: kind, place, and who is booked to come along.
* Somebody in custody, rehab or hospital is visited there: kind and place say so at once.
* Whether the client was seen is never preset by anybody but the one who says so.
"""

from collections.abc import Collection

from desktop_app.casework import whereabouts
from desktop_app.casework.due import Facts as DueFacts
from desktop_app.casework.due import Look
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Answers, Json, Record
from desktop_app.casework.visits import HAPPENED
from desktop_app.casework.words import _
from ui.authors import newest_of
from ui.editors.asking import Asking
from ui.pages.doorstep_answers import NOT_SEEN, of_account, of_visit
from ui.pages.doorstep_facts import Facts, address
from ui.pages.doorstep_follows import Follows, after_a_try
from ui.pages.doorstep_where import Usual

KIND_IN = {
    "remand": "prison",
    "sentenced": "prison",
    "recall": "prison",
    "police_custody": "police_station",
    "rehab": "rehab",
    "detox": "rehab",
    "hospital": "hospital",
}
MINUTES_SEEN, MINUTES_TRIED = 20, 10


def first_answers(facts: Facts, asking: Asking) -> Answers:
    """Return what stands on the screen at first."""
    me: Json = asking.me
    answers: Answers = {
        "kind": usual_kind(facts, asking),
        "people": [me],
        "minutes": MINUTES_SEEN,
        "next_step_with": [me],
    }
    if facts.visit is not None:
        answers |= {name: v for name, v in of_visit(facts.visit).items() if v is not None}
        if outcome_by(facts) == asking.me:
            answers["seen"] = facts.visit.answers.get("outcome")
    if facts.account is not None:
        answers |= of_account(facts.account)
    return answers


def outcome_by(facts: Facts) -> str:
    """Return the person id of who said whether the client was seen; empty when nobody did."""
    live = newest_of(facts.visit, "outcome") if facts.visit else None
    return facts.authors.get(live.feed, "") if live and live.answers["outcome"] else ""


def recorded_by_another(facts: Facts, me: str) -> bool:
    """Say whether a colleague recorded the visit already, so that only an account is added."""
    happened = facts.visit is not None and facts.visit.text("state") in HAPPENED
    return happened and facts.account is None and outcome_by(facts) not in ("", me)


def joined_answers(visit: Record, typed: Answers, touched: Collection[str]) -> Answers:
    """Return what a colleague's visit puts on the screen; what was typed here stays."""
    shown = {name: v for name, v in of_visit(visit).items() if name not in touched}
    there, here = shown.get("people"), typed.get("people")
    if isinstance(there, list) and isinstance(here, list):
        shown["people"] = [*there, *(one for one in here if one not in there)]
    return shown


def usual_kind(facts: Facts, asking: Asking) -> str:
    """Return what kind of visit it usually is, from where the client is."""
    setting = whereabouts.setting_on(facts.file.records, asking.now().date())
    return KIND_IN.get(setting.setting, "home") if setting else "home"


def usual_place(facts: Facts, asking: Asking, kind: str) -> Usual:
    """Return the usual place of a kind of visit."""
    setting = whereabouts.setting_on(facts.file.records, asking.now().date())
    if setting is not None and KIND_IN.get(setting.setting) == kind and setting.where:
        return Usual(setting.where)
    if kind == "home":
        return Usual(address(facts), _("No address on file"), goes_without_saying=True)
    return Usual(hint=_("Where"))


def follows_now(facts: Facts, team: Team, me: Person, asking: Asking, why_not: str) -> Follows:
    """Return what follows when nobody was there."""
    look = Look(DueFacts((facts.file,), team), me, asking.now())
    here = facts.visit.id if facts.visit else b""
    return after_a_try(facts.file, look, why_not=why_not, without=here)


def usual_minutes(seen: Json) -> int:
    """Return how long a visit usually takes."""
    return MINUTES_TRIED if seen == NOT_SEEN else MINUTES_SEEN
