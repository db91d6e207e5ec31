# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What must be read before anything else at a door: the alerts that stand, and safe contact.

Rules, each with a test:

* The gravest alert is said in full, and how many there are.
* What was answered "no" is said as a prohibition; what was never asked is said to be not asked, and
  never taken for a yes.
* What may not be left is worked out from the safe contact answers, not from what was usual.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.casework.alerts import Alert
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.people import Role, Team
from desktop_app.casework.records import Answers
from desktop_app.casework.words import _

_LEFT_NEEDS = {
    "text": "may_text",
    "card": "may_write",
    "letter": "may_write",
    "message": "may_leave_message",
    "voicemail": "may_leave_message",
}


@dataclass(frozen=True, slots=True)
class SafeLine:
    """One safe contact rule: "do", "dont" or "say", and its words."""

    kind: str
    words: str


def order_of(alert: Alert) -> str:
    """Return what an alert orders: "Do not visit alone."; empty when it only warns."""
    if alert.how_to_visit in ("", "as_usual"):
        return ""
    return codes("how_to_visit").label(alert.how_to_visit) + "."


def sentence(words: str) -> str:
    """Return words as a sentence, so that what follows does not run into them."""
    said = words.strip()
    return said if not said or said[-1] in ".!?…" else f"{said}."


def set_by(alert: Alert, team: Team, today: date) -> str:
    """Return who set an alert, when, and when it is looked at again."""
    said = _("Set by %(who)s, %(day)s") % {
        "who": team.name_of(alert.record.author),
        "day": say_short(alert.set_on.isoformat(), today) if alert.set_on else _("not known"),
    }
    if alert.review_on is None:
        return said + "."
    day = say_short(alert.review_on.isoformat(), today)
    if alert.review_on < today:
        return said + ", " + _("review was due %(day)s.") % {"day": day}
    return said + ", " + _("review %(day)s.") % {"day": day}


def safe_lines(client: Answers) -> list[SafeLine]:
    """Return how to reach a client safely; empty when nothing was ever asked."""
    said = {name: _text(client, name) for name in client}
    lines = [SafeLine("do", said["find_the_door"])] if said.get("find_the_door") else []
    ways = []
    if said.get("may_text") == "yes":
        ways.append(_("Text"))
    if said.get("may_ring") == "yes":
        ways.append(_("ring") if ways else _("Ring"))
    times, phone = said.get("safe_times", ""), said.get("phone", "")
    if ways:
        how = _(" or ").join(ways)
        lines.append(SafeLine("do", " ".join(one for one in (how, phone, times) if one)))
    elif times:
        lines.append(SafeLine("do", _("Safe times: %(times)s") % {"times": times}))
    barred = [words for field, words in _barred() if said.get(field) == "no"]
    if barred:
        lines.append(SafeLine("dont", _("No %(what)s") % {"what": ", ".join(barred)}))
    if said.get("may_say_who_we_are") == "no":
        lines.append(SafeLine("dont", _("Do not say who we are")))
    if said.get("never"):
        lines.append(SafeLine("dont", " ".join(said["never"].split())))  # its cross says never
    if said.get("say_instead"):
        words = _("If others answer: “%(words)s”") % {"words": said["say_instead"]}
        lines.append(SafeLine("say", words))
    if said.get("doorstep_notes"):
        lines.append(SafeLine("say", " ".join(said["doorstep_notes"].split())))
    return lines


def _barred() -> tuple[tuple[str, str], ...]:
    return (
        ("may_text", _("texts")),
        ("may_ring", _("calls")),
        ("may_leave_message", _("messages left")),
        ("may_write", _("letters or cards")),
    )


def may_not_leave(client: Answers) -> frozenset[str]:
    """Return what may not be left, as codes of "What was left"."""
    return frozenset(code for code, field in _LEFT_NEEDS.items() if _text(client, field) == "no")


def left_warning(client: Answers, chosen: Iterable[str]) -> tuple[str, str]:
    """Return what to say beside "Left", and its tone; empty when there is nothing to say."""
    barred, picked = may_not_leave(client), set(chosen)
    offered = codes("left")
    wrong = [offered.label(code).lower() for code in _LEFT_NEEDS if code in barred & picked]
    if wrong:
        said = _("Safe contact says no: %(what)s. Tell the key worker if it was left.")
        return said % {"what": ", ".join(wrong)}, "bad"
    if barred:
        kept = ", ".join(offered.label(code).lower() for code in _LEFT_NEEDS if code in barred)
        return _("Safe contact says no to: %(what)s") % {"what": kept}, "warn"
    needed = {_LEFT_NEEDS[code] for code in picked if code in _LEFT_NEEDS}
    if any(_text(client, field) in ("", "not_asked", "not_known") for field in needed):
        return _("It was never asked whether this is safe. Ask next time."), "warn"
    return "", "warn"


def goes_alone_against(alerts: Iterable[Alert], team: Team, people: Iterable[str]) -> str:
    """Return what an alert says against going with these people only; empty when nothing."""
    there = list(people)
    officers = [one for one in there if _is_officer(team, one)]
    for alert in alerts:
        if alert.how_to_visit == "not_at_all":
            return _("An alert says: do not go to this address.")
        if alert.how_to_visit == "with_police" and not officers:
            return _("An alert says: only with a police officer.")
        if alert.how_to_visit == "two" and len(set(there)) < 2:
            return _("An alert says: do not visit alone.")
    return ""


def _is_officer(team: Team, person: str) -> bool:
    known = team.persons.get(person)
    return known is not None and Role.OFFICER in known.roles


def _text(answers: Answers, field: str) -> str:
    value = answers.get(field)
    return value.strip() if isinstance(value, str) else ""
