# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How many clients have had the same key worker since they were accepted (guide, chapter 4).

Rules, each with a test:

* Accepted is the day their place on the outreach programme began, or their spell of support,
  whichever of those that run today began first. Who has neither is not counted.
* The same is one person who was key worker on every day since. A day without anybody is a gap,
  and whoever had a gap has not had the same; nor has whoever has nobody today.
* Custody, rehab or the end of treatment change nothing: these rules do not read them.
* Nobody is left out to make the share better: n of m, with the reason for each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.casework.assignments import KEY_WORKER, Assignment, turns, worker_on
from desktop_app.casework.dates import say_short
from desktop_app.casework.people import Team
from desktop_app.casework.readings import held
from desktop_app.casework.records import Record
from desktop_app.casework.targeting import DEMAND, Place, Support, places_on, support_on
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext

FORMS = frozenset({Assignment.form, Place.form, Support.form})
"""The forms these rules read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One client who was accepted.

    Attributes:
        client: the client's record.
        since: the day they were accepted.
        worker: person id of who is key worker today; empty for nobody.
        same: whether they have been so on every day since.
        why: why not; empty where they have.
    """

    client: Record
    since: date
    worker: str
    same: bool
    why: str = ""


def accepted_on(records: Iterable[Record], day: date) -> date | None:
    """Return the day somebody was accepted, as far as what runs on a day says; None for none."""
    known = held(records)
    began = [one.started_on for one in places_on(known, day) if one.cohort == DEMAND]
    support = support_on(known, day)
    if support is not None:
        began.append(support.started_on)
    return min((one for one in began if one is not None), default=None)


def kept(client: Record, records: Iterable[Record], team: Team, day: date) -> Kept | None:
    """Return whether a client has had one key worker since they were accepted; None for nobody's.

    Args:
        client: the client's record.
        records: their other records.
        team: whose names are said.
        day: today.
    """
    known = held(records)
    since = accepted_on(known, day)
    if since is None:
        return None
    worker = worker_on(known, KEY_WORKER, day)
    spells = _spells(known, since, day)
    if any(_covers(some, since, day) for some in spells.values()):
        return Kept(client, since, worker, same=True)
    return Kept(client, since, worker, same=False, why=_why(spells, since, day, team))


def share_words(found: Sequence[Kept]) -> str:
    """Return the count as a sentence; empty where nobody was accepted."""
    if not found:
        return ""
    words = ngettext(
        "%(n)d of %(of)d client has kept the same key worker",
        "%(n)d of %(of)d clients have kept the same key worker",
        len(found),
    )
    return words % {"n": sum(one.same for one in found), "of": len(found)}


Spells = dict[str, list[tuple[date, date]]]
"""By person the first days and the days after the last, in order."""


def _spells(records: Iterable[Record], since: date, day: date) -> Spells:
    """Return who was key worker from when until when, within the days that count."""
    found: Spells = {}
    end = day + timedelta(days=1)
    for person, begun, until in turns(records, KEY_WORKER):
        first, after = max(begun or date.max, since), min(until or end, end)
        if person and first < after:
            found.setdefault(person, []).append((first, after))
    return {person: sorted(some) for person, some in found.items()}


def _covers(spells: Iterable[tuple[date, date]], since: date, day: date) -> bool:
    """Say whether spells leave no day out, from the first to the last."""
    at = since
    for first, after in spells:
        if first > at:
            return False
        at = max(at, after)
    return at > day


def _why(spells: Spells, since: date, day: date, team: Team) -> str:
    """Return why somebody has not had the same: whom they had, and the first day with nobody."""
    had = sorted(spells, key=lambda person: (spells[person][0][0], person))
    gap = _first_gap([one for some in spells.values() for one in some], since, day)
    said = []
    if len(had) > 1:
        names = listed([team.name_of(one) for one in had])
        said.append(_("had %(names)s") % {"names": names})
    if gap is not None:
        values = {"day": say_short(gap.isoformat(), day)}
        said.append(_("nobody was key worker on %(day)s") % values)
    words = "; ".join(said)
    return words[:1].upper() + words[1:]


def _first_gap(spells: Iterable[tuple[date, date]], since: date, day: date) -> date | None:
    at = since
    for first, after in sorted(spells):
        if first > at:
            return at
        at = max(at, after)
    return at if at <= day else None
