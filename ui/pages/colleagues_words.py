# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What colleagues wrote, in rows: one line a record under its client, with why it is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.due import pieces
from desktop_app.casework.people import Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.wording import told
from desktop_app.casework.words import _, ngettext
from storage.from_others import Arrived, FromOthers
from ui.authors import newest_of
from ui.clock import local
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowSection
from ui.pages.today_words import parts

OPEN, ASK = "open", "ask"
LATE = timedelta(days=1)
"""So much later than it was written something has come, that it is said when it did."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees it.

    Attributes:
        me: person id.
        team: whose names are said.
        today: days of another year are said with it.
        may_ask: whether they may ask a colleague.
        authors: the person id behind every feed.
    """

    me: str
    team: Team
    today: date
    may_ask: bool = False
    authors: Mapping[int, str] = field(default_factory=dict)


def sections(found: FromOthers, names: Mapping[RecordId, str], seen: Seen) -> list[RowSection]:
    """Return what was found under its clients.

    Args:
        found: what colleagues wrote.
        names: of the clients.
        seen: who sees it.
    """
    rows: dict[RecordId, list[RowItem]] = {}
    for one in found.arrived:
        rows.setdefault(one.client, []).append(_row(one, seen))
    nobody = _("A client who is not on this laptop")
    return [RowSection(names.get(client, nobody), tuple(some)) for client, some in rows.items()]


def how_many(clients: int) -> str:
    """Return of how many clients there is something new."""
    words = ngettext("New about %(n)s client", "New about %(n)s clients", clients)
    return words % {"n": f"{clients:,}"} if clients else _("Nothing new from colleagues")


def since_words(since: str, today: date, *, anything: bool) -> str:
    """Return since when it is told, and whether anything is."""
    if not since and anything:
        return _("Everything that arrived within the last week.")
    if not since:
        return _("Nothing has arrived within the last week.")
    words = _("Everything that arrived since %(when)s.")
    if not anything:
        words = _("Nothing has arrived since %(when)s.")
    return words % {"when": say_moment(since[:16], today)}


def _row(one: Arrived, seen: Seen) -> RowItem:
    said = told(one.record, seen.team, on=seen.today)
    ask = (RowAnswer(ASK, _("Ask a colleague"), "A"),) if seen.may_ask else ()
    first = one.record.form == "client"
    chips = [ChipText(_("New"), "info", "circle-dot")] if one.new else []
    chips += [ChipText(*chip) for chip in said.chips if chip.text != said.title]
    return RowItem(
        key=one.record.id.hex(),
        lead=Lead(said.icon, said.tone if one.new else "neutral"),
        name=_("Put on the casebook") if first else said.title,
        chips=tuple(chips),
        because=_because(one, seen),
        answers=(*ask, RowAnswer(OPEN, _("Open"))),
    )


def _because(one: Arrived, seen: Seen) -> tuple[Part, ...]:
    team, today = seen.team, seen.today
    written = local(one.record.recorded_at)
    came = local(one.came_ms) if one.came_ms is not None else written
    late = came - written > LATE
    said = {
        "who": team.name_of(one.record.author),
        "when": _moment(written.isoformat(), today),
        "came": _moment(came.isoformat(), today),
        "looked": _moment(one.looked, today),
    }
    if one.record.author == seen.me:
        words, who = _answered(one.record, seen)
        said["who"] = who
    elif late:
        words = _("because **%(who)s** wrote it %(when)s; it came only **%(came)s**")
    else:
        words = _("because **%(who)s** wrote it **%(when)s**")
    line = pieces(words, said)
    if one.new and one.looked:
        line += pieces(_(" and you had not looked since %(looked)s"), said)
    elif not one.new:
        line += pieces(_("; you have looked since, %(looked)s"), said)
    return parts(line)


def _answered(action: Record, seen: Seen) -> tuple[str, str]:
    """Return what became of what one asked, and whose answer it is."""
    for answer, words in (
        ("done_on", _("because **%(who)s** has done what you asked")),
        ("heard_on", _("because **%(who)s** has heard what you asked")),
    ):
        if action.answers.get(answer):
            live = newest_of(action, answer)
            person = seen.authors.get(live.feed, "") if live is not None else ""
            return words, seen.team.name_of(person)
    return _("because **%(who)s** altered what you asked"), seen.team.name_of(action.text("owner"))


def _moment(iso: str, today: date) -> str:
    return say_moment(iso[:16], today)
