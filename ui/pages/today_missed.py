# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The strip beneath a client who missed appointments: who was told, who has heard, who goes.

Every link is a fact of the records; none is taken for done because its day has passed.
"""

from datetime import datetime

from desktop_app.casework.chain import Chain, Link, Part
from desktop_app.casework.dates import say_short
from desktop_app.casework.due_chain import paused_words
from desktop_app.casework.people import Team
from desktop_app.casework.words import _, ngettext
from ui.pages.today_chain import ChainStrip
from ui.pages.today_chain import Link as Drawn

HEARING = (Part.WORKER, Part.POLICE)
"""Links that are called after who is to hear of it."""


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


def chain_strip(chain: Chain, team: Team, now: datetime) -> ChainStrip:
    """Return the strip, drawn."""
    return ChainStrip(strip(chain, team, now=now))


def _drawn(link: Link, chain: Chain, team: Team, now: datetime) -> Drawn:
    who = team.name_of(link.done_by or link.owner) if link.done_by or link.owner else ""
    if link.done_at is not None:
        day = say_short(link.done_at.date().isoformat(), now.date())
        return Drawn(_done(link.part, chain, who), _beneath_done(link.part, who, day), done=True)
    by = say_short(link.due_on.isoformat(), now.date()) if link.due_on else ""
    beneath = _("by %(day)s") % {"day": by} if by else ""
    if chain.paused_because:  # said once: of the link whose turn it is
        live = next(one for one in chain.links if one.done_at is None)
        beneath = _("paused: %(why)s") % {"why": paused_words(chain)} if link is live else ""
    if link.part in HEARING and not who:
        return Drawn(_("No key worker"), beneath if chain.paused_because else _names_one(team))
    if link.part in HEARING:
        return Drawn(who, beneath or _("to hear of it"))
    named = ", ".join(one for one in (who, beneath) if one)
    return Drawn(_to_do(link.part), named)


def _names_one(team: Team) -> str:
    """Return who is to give the duty to somebody."""
    chair = next(iter(team.coordinators), "")
    return _("%(name)s names one") % {"name": team.name_of(chair)} if chair else _("name one")


def _beneath_done(part: Part, who: str, day: str) -> str:
    if part in HEARING:
        return _("heard %(day)s") % {"day": day}
    return f"{who}, {day}" if who else day


def _done(part: Part, chain: Chain, who: str) -> str:
    if part in HEARING:
        return who
    said = {
        Part.TELL: _("Told"),
        Part.VISIT: _("Seen") if chain.seen else _("Not seen"),
        Part.OUTCOME: _("What came of it"),
        Part.FORUM: _("Forum"),
    }
    return said[part]


def _to_do(part: Part) -> str:
    said = {
        Part.TELL: _("Tell them"),
        Part.VISIT: _("Visit"),
        Part.OUTCOME: _("What came of it?"),
        Part.FORUM: _("Forum"),
    }
    return said[part]
