# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The strip beneath a client who missed appointments: who was told, who has heard, who goes.

Every link is a fact of the records; none is taken for done because its day has passed.
"""

from datetime import datetime

from desktop_app.casework.chain import Chain, Link, Part
from desktop_app.casework.dates import say_moment, say_short
from desktop_app.casework.due_chain import paused_words
from desktop_app.casework.people import Team
from desktop_app.casework.words import _, ngettext
from ui.pages.today_chain import Link as Drawn


def strip(chain: Chain, team: Team, *, now: datetime) -> list[Drawn]:
    """Return the links to draw.

    Args:
        chain: what followed the missed appointments.
        team: whose names are said.
        now: local time.
    """
    today = now.date()
    missed = ngettext("%(n)d missed", "%(n)d missed", chain.missed) % {"n": chain.missed}
    last = say_short(chain.last_on.isoformat(), today)
    return [Drawn(missed, last, done=True), *(_drawn(one, chain, team, now) for one in chain.links)]


def _drawn(link: Link, chain: Chain, team: Team, now: datetime) -> Drawn:
    who = team.name_of(link.done_by or link.owner) if link.done_by or link.owner else ""
    if link.done_at is not None:
        at = link.done_at.isoformat(timespec="minutes")[:16]
        return Drawn(_done(link.part, chain, who), say_moment(at, now.date()), done=True)
    beneath = who
    if chain.paused_because:
        beneath = paused_words(chain)
    elif link.due_on is not None:
        day = say_short(link.due_on.isoformat(), now.date())
        by = _("%(who)s, by %(day)s") if who else _("by %(day)s")
        beneath = by % {"who": who, "day": day}
    return Drawn(_to_do(link.part), beneath or (_("nobody yet") if _is_whose(link) else ""))


def _done(part: Part, chain: Chain, who: str) -> str:
    said = {
        Part.TELL: _("Told by %(name)s") % {"name": who},
        Part.WORKER: _("%(name)s has heard") % {"name": who},
        Part.POLICE: _("%(name)s has heard") % {"name": who},
        Part.VISIT: _("Visited, seen") if chain.seen else _("Visited, not seen"),
        Part.OUTCOME: _("Said what came of it"),
        Part.FORUM: _("Decided by the forum"),
    }
    return said[part]


def _to_do(part: Part) -> str:
    said = {
        Part.TELL: _("Tell key worker and police"),
        Part.WORKER: _("Key worker to say they heard"),
        Part.POLICE: _("Police to say they heard"),
        Part.VISIT: _("Home visit"),
        Part.OUTCOME: _("What came of it?"),
        Part.FORUM: _("The forum"),
    }
    return said[part]


def _is_whose(link: Link) -> bool:
    return link.part is not Part.FORUM
