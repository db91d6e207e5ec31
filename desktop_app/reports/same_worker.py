# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who has had the same key worker since being accepted, and who has not, with the reason (R67)."""

from collections.abc import Iterable, Sequence
from datetime import date

from desktop_app.casework.audience import PARTNERS, title
from desktop_app.casework.continuity import Kept, share_words
from desktop_app.casework.dates import say_date, say_short
from desktop_app.casework.names import full_name
from desktop_app.casework.people import Team
from desktop_app.casework.words import _
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet, marked


def same_worker(found: Sequence[Kept], team: Team, *, on: date, made: str = "") -> Sheet:
    """Return the count and the list behind it as a sheet.

    Args:
        found: every client who was accepted.
        team: whose names are said.
        on: today.
        made: who takes it out of Tandem, when and for whom; empty on the screen.
    """
    changed = [one for one in found if not one.same]
    same = [one for one in found if one.same]
    counted = _(
        "Accepted: the day their place on the outreach programme or their spell of support began, "
        "whichever of those that run began first. Whoever had a day without a key worker has not "
        "had the same."
    )
    facts = (Fact(_("How it is counted"), counted),)
    first = Section("", facts)
    return Sheet(
        title=_("Same key worker"),
        name=share_words(found) or _("Nobody has been accepted yet."),
        banner=(Fact(_("On"), say_date(on.isoformat())),),
        marking=marked(title(PARTNERS), made_up=team.made_up),
        made=made,
        sections=()
        if not found
        else (
            first,
            _part(_("Not the same"), changed, team, on, _("Everybody has had the same.")),
            _part(_("The same"), same, team, on, _("Nobody has had the same.")),
        ),
    )


def _part(heading: str, some: Iterable[Kept], team: Team, on: date, empty: str) -> Section:
    entries = tuple(
        Entry(
            _("since %(day)s") % {"day": say_short(one.since.isoformat(), on)},
            full_name(one.client.answers),
            _now(one, team),
            one.why,
        )
        for one in sorted(some, key=lambda one: (one.since, full_name(one.client.answers)))
    )
    return Section(heading, entries=entries, empty=empty)


def _now(one: Kept, team: Team) -> str:
    if not one.worker:
        return _("Nobody now")
    return _("%(name)s now") % {"name": team.name_of(one.worker)}
