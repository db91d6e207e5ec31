# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was written twice, as rows of Today: to settle, settled otherwise, and how much there is.

Nothing is lost and nobody is blamed: two people answered the same question without having seen
each other's answer. It stands under "To finish" until somebody chooses. Rules, each with a test:

* A question stands on the Today of those who answered it and of those who stand by the client, a
  row for each record.
* Whoever answered otherwise than was settled is told, with both answers, until they have read it.
* Whoever coordinates is told in words how many are open in the whole casebook.
"""

from collections.abc import Sequence
from datetime import date

from desktop_app.casework.due import Answer, Due, Group, pieces
from desktop_app.casework.people import Person, Team
from desktop_app.casework.today import number_in_words
from desktop_app.casework.wording import Chip, listed, told
from desktop_app.casework.words import _, ngettext
from ui.pages.twice_facts import Matter
from ui.pages.twice_words import short_words

MOST = 5
"""Rows of a kind that are shown; the others come once these are decided."""


def written_twice(
    mine: Sequence[Matter],
    *,
    told_of: Sequence[Matter],
    all_open: int,
    me: Person,
    team: Team,
    on: date,
) -> list[Due]:
    """Return the rows.

    Args:
        mine: what concerns this person and is open, the latest first.
        told_of: what was settled otherwise than they answered.
        all_open: how many are open in the casebook; 0 where that is nobody's to watch.
        me: whose Today it is.
        team: whose names are said.
        on: today.
    """
    records = {one.record.id: one for one in reversed(mine)}
    rows = [_open(records[id_], me, team, on) for id_ in reversed(records)][:MOST]
    rows += [_told(one, me, team, on) for one in told_of[:MOST]]
    return [*rows, _all(all_open)] if all_open > len(rows) else rows


def _open(matter: Matter, me: Person, team: Team, on: date) -> Due:
    record = matter.record
    people = sorted(matter.people, key=lambda who: who != me.id)
    names = listed([_("you") if who == me.id else team.name_of(who) for who in people])
    words = _("because **%(names)s answered the same question**, neither having seen the other")
    chip = Chip(_("Two answers"), "warn", "git-merge")
    if matter.objected:
        names = listed(
            [_("you") if one == me.id else team.name_of(one) for one in matter.objectors]
        )
        words = _("because of an objection by **%(names)s** to how it was settled")
        chip = Chip(_("Objection"), "warn", "message-square")
    return Due(
        Group.FINISH,
        "two_answers",
        record.client,
        record.id,
        matter.name or _("Client"),
        because=pieces(words, {"names": names}),
        what=matter.asked if record.form == "client" else told(record, team, on=on).title,
        chips=(chip,),
        answers=(Answer("decide", _("Look at both")),),
        icon="git-merge",
        tone="warn",
        order=(-1, -record.recorded_at),
    )


def _told(matter: Matter, me: Person, team: Team, on: date) -> Due:
    """Return what tells somebody that their answer does not stand."""
    record, settled = matter.record, matter.settled
    author = settled.author if settled else ""
    others = [team.name_of(one) for one in matter.people if one not in (me.id, author)]
    said = {
        "who": team.name_of(author),
        "names": listed([_("you"), *others]),
        "now": short_words(record, matter.differ, record.answers, team, on=on),
        "yours": short_words(record, matter.differ, dict(matter.mine), team, on=on),
    }
    words = _("**%(who)s settled what %(names)s wrote: %(now)s.** Your answer was %(yours)s.")
    return Due(
        Group.FINISH,
        "settled",
        record.client,
        settled.id if settled else record.id,
        matter.name or _("Client"),
        because=pieces(words, said),
        what=matter.asked,
        answers=(Answer("decide", _("Look at it")), Answer("read", _("Read"))),
        icon="git-merge",
        tone="neutral",
        order=(-1, -(settled or record).recorded_at),
    )


def _all(count: int) -> Due:
    """Return how many questions of the casebook are open, in words."""
    words = ngettext(
        "**%(n)s question** in the casebook was answered twice and is open",
        "**%(n)s questions** in the casebook were answered twice and are open",
        count,
    )
    number = number_in_words(count)
    return Due(
        Group.FINISH,
        "twice_all",
        b"",
        b"",
        _("Written twice"),
        because=pieces(words, {"n": number[:1].upper() + number[1:]}),
        answers=(Answer("decide", ngettext("Look at it", "Look at them", count)),),
        icon="git-merge",
        tone="warn",
        order=(-1, 0),
    )
