# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Visits that two recorded, as rows of Today: asked of the two who did, and of nobody else."""

from datetime import timedelta

from desktop_app.casework.dates import say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, pieces
from desktop_app.casework.one_visit import Pair, pairs
from desktop_app.casework.wording import Chip, listed
from desktop_app.casework.words import _

KIND = "recorded_twice"


def recorded_twice(file: CaseFile, look: Look) -> list[Due]:
    """Return the visits of one client that this person and a colleague each recorded."""
    since = look.day - timedelta(days=look.limits.twice.visit_days)
    found = pairs(file.records, look.limits, since=since)
    return [_due(pair, file, look) for pair in found if look.me.id in pair.authors]


def _due(pair: Pair, file: CaseFile, look: Look) -> Due:
    people = sorted(pair.authors, key=lambda who: who != look.me.id)
    names = [_("you") if who == look.me.id else look.team.name_of(who) for who in people]
    said = {"names": listed(names), "day": say_short(pair.at.date().isoformat(), look.day)}
    words = _("because **%(names)s each recorded a visit** on %(day)s. One visit, two accounts?")
    return Due(
        Group.FINISH,
        KIND,
        pair.second.client,
        pair.second.id,
        file.name,
        because=pieces(words, said),
        chips=(Chip(_("Recorded twice"), "info", "handshake"),),
        answers=(
            Answer("one_visit", _("One visit")),
            Answer("two_visits", _("Two visits")),
            Answer("open", _("Open")),
        ),
        icon="handshake",
        order=(-1, -pair.second.recorded_at),
    )
