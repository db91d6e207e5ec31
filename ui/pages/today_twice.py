# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Questions answered twice, as rows of Today: for those who answered, and for who has to decide.

Nothing is lost and nobody is blamed: two people answered the same question without having seen
each other's answer. It stands under "To finish" until somebody chooses.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.casework.assignments import duties_on
from desktop_app.casework.due import Answer, CaseFile, Due, Group, pieces
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.wording import Chip, listed, told
from desktop_app.casework.words import _

MOST = 5
"""Rows of this kind that are shown; the others come once these are decided."""


def answered_twice(
    conflicts: Sequence[Record],
    files: Mapping[RecordId, CaseFile],
    authors: Mapping[int, str],
    *,
    me: Person,
    team: Team,
    on: date,
) -> list[Due]:
    """Return a row for each record with two answers that this person should look at.

    Args:
        conflicts: the records, the latest first.
        files: the case files at hand, for names and duties.
        authors: person id behind every feed.
        me: whose Today it is.
        team: whose names are said.
        on: today.
    """
    found = []
    for one in conflicts:
        people = sorted(_answered_by(one, authors), key=lambda who: who != me.id)
        file = files.get(one.client)
        mine = file is not None and duties_on(file.records, me.id, on)
        if not (mine or me.id in people or Role.COORDINATOR in me.roles):
            continue
        names = [_("you") if who == me.id else team.name_of(who) for who in people]
        found.append(_row(one, file, names, team, on))
    return found[:MOST]


def _row(record: Record, file: CaseFile | None, names: list[str], team: Team, on: date) -> Due:
    words = _("because **%(names)s answered the same question**, neither having seen the other")
    return Due(
        Group.FINISH,
        "two_answers",
        record.client,
        record.id,
        file.name if file else _("Client"),
        because=pieces(words, {"names": listed(names)}),
        what=_("Name and contact") if record.form == "client" else told(record, team, on=on).title,
        chips=(Chip(_("Two answers"), "warn", "git-merge"),),
        answers=(Answer("decide", _("Look at both")),),
        icon="git-merge",
        tone="warn",
        order=(-1, -record.recorded_at),
    )


def _answered_by(record: Record, authors: Mapping[int, str]) -> list[str]:
    """Return who gave the answers that differ, each once."""
    lives = (live for held in record.conflicts.values() for live in held)
    return list(dict.fromkeys(authors.get(live.feed, "") for live in lives))
