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
