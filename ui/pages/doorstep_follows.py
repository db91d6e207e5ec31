# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What follows when nobody was there, worked out from the clocks and what was recorded.

Rules, each with a test:

* Nothing reassuring is said that the records do not bear out: how many tries there were, when the
  client was last seen and when the limit ends are counted, never assumed.
* Where the reason itself calls for something (custody, hospital, not safe), that is said first.
* Where no limit holds, none is invented.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desktop_app.casework import one_visit
from desktop_app.casework.dates import say_days, say_short
from desktop_app.casework.due import CaseFile, Look
from desktop_app.casework.due_visits import unseen
from desktop_app.casework.last_seen import CARE, Contact, Met, last_seen
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _, ngettext

ELSEWHERE = frozenset({"in_custody", "in_hospital", "in_rehab"})
AHEAD_DAYS = 2


@dataclass(frozen=True, slots=True)
class Follows:
    """What is said after a try.

    Attributes:
        head: the first words, in bold.
        words: the rest.
        limit: by when the client is to be seen; empty when no limit runs.
        late: whether that day has passed.
        next_on: a day proposed for the next step.
    """

    head: str
    words: str
    limit: str
    late: bool
    next_on: date


def after_a_try(
    file: CaseFile, look: Look, *, why_not: str = "", without: RecordId = b""
) -> Follows:
    """Return what follows when a client was not seen.

    Args:
        file: the client's case file.
        look: when, and with which clocks.
        why_not: the reason given.
        without: the visit that is being recorded; it is counted as one more try.
    """
    others = tuple(one for one in file.records if one.id != without)
    rest = CaseFile(file.client, others)
    seen = last_seen(others, look.now, team=look.team, by=CARE)
    tries = 1 + sum(
        _tried_since(one, seen, look.now) for one in read_all(Met, one_visit.whole(others))
    )
    limit, due = _limit(rest, look)
    return Follows(
        _head(why_not),
        " ".join(one for one in (_last_words(seen, look.day), _tries_words(tries, seen)) if one),
        limit,
        due is not None and due < look.day,
        _next(due, look.day),
    )


def _tried_since(visit: Met, seen: Contact | None, now: datetime) -> bool:
    if visit.state != "tried" or visit.at is None or visit.at > now:
        return False
    return seen is None or seen.at < visit.at


def _last_words(seen: Contact | None, today: date) -> str:
    if seen is None:
        return _("No key worker or nurse has seen them yet.")
    day = seen.at.date()
    return _("Last seen %(when)s, %(day)s.") % {
        "when": say_days(day, today),
        "day": say_short(day.isoformat(), today),
    }


def _tries_words(tries: int, seen: Contact | None) -> str:
    if seen is None:
        words = ngettext("The first try recorded.", "%(n)d tries recorded.", tries)
    else:
        words = ngettext("The first try since then.", "%(n)d tries since then.", tries)
    return words % {"n": tries}


def _head(why_not: str) -> str:
    if why_not in ELSEWHERE:
        return _("Record where they are now: support goes on there.")
    return {
        "not_safe": _("Set a safety alert, so that nobody else knocks."),
        "not_living_there": _("Ask who knows where they are, and change the address."),
        "turned_away": _("Note who turned you away. Ask how to meet them elsewhere."),
        "visit_refused": _("Ask how the next visit is to be booked."),
    }.get(why_not, _("This is a try, not a missed appointment."))


def _limit(file: CaseFile, look: Look) -> tuple[str, date | None]:
    """Return by when the client is to be seen, in words and as a day; None when no limit holds."""
    found = unseen(file, look)
    if found is None:
        return "", None
    due = look.day + timedelta(days=found.left)
    said = {"day": say_short(due.isoformat(), look.day), "n": found.limit}
    if found.left < 0:
        words = ngettext(
            "Was to be seen by %(day)s: the limit here is %(n)d day.",
            "Was to be seen by %(day)s: the limit here is %(n)d days.",
            found.limit,
        )
    else:
        words = ngettext(
            "Next limit: be seen by %(day)s, within %(n)d day.",
            "Next limit: be seen by %(day)s, within %(n)d days.",
            found.limit,
        )
    return words % said, due


def _next(due: date | None, today: date) -> date:
    soon = today + timedelta(days=AHEAD_DAYS)
    tomorrow = today + timedelta(days=1)
    return soon if due is None else min(soon, max(due, tomorrow))
