# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The case forum: its agenda, which builds itself and on which everybody stands once.

Rules, each with a test:

* Everybody who is nominated, on the programme, supported, or was eligible and not included is on
  the agenda, once, under the first heading that holds for them (R53: everybody is discussed).
* Before it somebody can be scored, their day of release planned, an action agreed and whoever
  stands by them asked, in their row.
* Headings go from what cannot wait to everyone else; each row says because of what.
* Who has been recorded, or skipped with a reason, at this forum is done; the others are not.
* A forum can be closed only when nobody is left.
* Only what is for all partners brings somebody onto the agenda or says why: a room sees it, and it
  is the same on every laptop.
* Pressure belongs here when what two agencies agreed has lapsed or is about to, and when one asked
  and another said no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from desktop_app.casework.audience import PARTNERS
from desktop_app.casework.board import Board, Known
from desktop_app.casework.boundary import boundary_now
from desktop_app.casework.chain import chain_now
from desktop_app.casework.choosing import FORMS as CHOOSING
from desktop_app.casework.choosing import Nomination, choosing
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_short
from desktop_app.casework.due import (
    Answer,
    CaseFile,
    Due,
    Group,
    Look,
    Piece,
    ask_them,
    open_file,
    pieces,
)
from desktop_app.casework.posture import lapsing, posture_now
from desktop_app.casework.posture_evidence import MARKED, OPEN
from desktop_app.casework.posture_rows import fall_words, level_words
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.removal import candidates
from desktop_app.casework.targeting import NOT_INCLUDED, places, places_on, support_on, supports
from desktop_app.casework.whereabouts import days_to_release, release_words, setting_on
from desktop_app.casework.words import _, ngettext

AHEAD = 14
"""Days ahead a release or the end of a posture is talked about: until the next forum."""
NAME, KIND = "forum", "forum"
_FORMS = frozenset(
    {
        *CHOOSING,
        *("action", "appointment", "arrest", "assignment", "chain_step", "forum_entry", "need"),
        *("score", "setting", "support", "treatment", "treatment_step", "visit", "posture"),
        *OPEN,
        *MARKED,
    }
)
"""The forms the agenda and the cards are made from; some of them may be evidence for pressure."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What these rules need of what a forum recorded of a client."""

    form: ClassVar[str] = "forum_entry"
    record: Record
    forum: bytes | None
    at: datetime | None
    segment: str
    skipped: str
    course: str
    supersedes: bytes | None


@dataclass(frozen=True, slots=True)
class Item:
    """Somebody on the agenda: under which heading, and because of what."""

    segment: str
    because: tuple[Piece, ...]
    order: int = 0


def forms_read() -> frozenset[str]:
    """Return the forms the agenda and the cards are made from."""
    return _FORMS


def board() -> Board:
    """Return the agenda as a board."""
    return Board(
        NAME,
        _("Case forum"),
        _("Who is talked about at the next forum: everybody on the programme, once, and why."),
        _("Nobody is nominated, on the programme or supported yet."),
        "gavel",
        forms_read(),
        from_day,
        rows,
        section=heading,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client may be on the agenda."""
    days: list[date | None] = [
        date.min for one in read_all(Nomination, file.records) if one.nominated_on
    ]
    days += [
        spell.started_on
        for spell in places(file.records)
        if not (spell.ended_on and spell.ended_on <= known.day)
    ]
    days += [
        spell.started_on
        for spell in supports(file.records)
        if not (spell.ended_on and spell.ended_on <= known.day)
    ]
    return min((day for day in days if day), default=None)


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's place on the agenda as a row."""
    item = item_of(file, look)
    if item is None:
        return []
    return [
        Due(
            Group.NEEDS,
            KIND,
            file.client.id,
            b"",
            file.name,
            because=item.because,
            answers=_answers(item),
            icon="gavel",
            order=(rank(item.segment), item.order),
        )
    ]


def _answers(item: Item) -> tuple[Answer, ...]:
    """Return what can be seen to before the forum; what it decides is decided there."""
    first = {
        "nominated": (Answer("score", _("Score"), "C"),),
        "out": (Answer("plan_day", _("Plan the day"), "P"),),
    }.get(item.segment, ())
    action = Answer("agree_action", _("Action"), "N")
    return (*first, action, ask_them(), open_file())


def heading(due: Due) -> str:
    """Return the heading somebody stands under."""
    return _(codes("forum_segment").code[due.order[0]].label)


def rank(segment: str) -> int:
    """Return the place of a heading."""
    return [one.code for one in codes("forum_segment").code].index(segment)


def open_to_all(file: CaseFile) -> CaseFile:
    """Return a case file with what is for all partners, and nothing else."""
    open_ones = tuple(one for one in file.records if one.audience == PARTNERS)
    return file if len(open_ones) == len(file.records) else CaseFile(file.client, open_ones)


def item_of(whole: CaseFile, look: Look) -> Item | None:
    """Return under which heading somebody stands at a forum held now; None when under none."""
    file, day = open_to_all(whole), look.day
    for rule in (_nominated, _review, _chain, _out, _posture, _removal):
        if (found := rule(file, look)) is not None:
            return found
    now = places_on(file.records, day)
    aside = [one for one in now if one.cohort == NOT_INCLUDED]
    targeted = [one for one in now if one.cohort != NOT_INCLUDED]
    if aside and not targeted:
        words = pieces(
            _("because they were **eligible and not included** on %(day)s"),
            {"day": _day(aside[-1].started_on, day)},
        )
        return Item("not_included", words)
    if targeted or support_on(file.records, day):
        return Item("everyone", pieces(_("because **everybody is talked about** at every forum")))
    return None


def entries_at(file: CaseFile, forum: RecordId) -> list[Entry]:
    """Return what one forum recorded of a client, earliest first."""
    return [one for one in entries(file.records) if one.forum == forum]


def entries(records: Iterable[Record]) -> list[Entry]:
    """Return what forums recorded of a client, earliest first."""
    found = read_all(Entry, records)
    return sorted(found, key=lambda one: (one.record.text("at"), one.record.id))


def _nominated(file: CaseFile, look: Look) -> Item | None:
    chosen = choosing(file.records, look.day)
    if not chosen.nominations:
        return None
    first = chosen.nominations[0]
    said = {"by": first.agency or look.team.name_of(first.nominated_by)}
    words = pieces(_("because **%(by)s nominated them**"), said)
    if chosen.scoring is not None:
        words += pieces(_("; score %(score)s"), {"score": chosen.scoring.words})
    else:
        words += pieces(_("; **not scored yet**"))
    return Item("nominated", words, -(chosen.scoring.total or 0) if chosen.scoring else 0)


def _review(file: CaseFile, look: Look) -> Item | None:
    """Return that a decision, or a boundary decision, is to be looked at again."""
    if not _still(file, look.day):
        return None
    held = boundary_now(file.records, look.day)
    if held is not None and held.review_on is not None and held.review_on <= look.day:
        said = _("because the boundary decision was to be **looked at again by %(day)s**")
        words = pieces(said, {"day": _day(held.review_on, look.day)})
        return Item("review", words, held.review_on.toordinal())
    chosen = choosing(file.records, look.day)
    asked = [one.review_on for one in (chosen.decision, chosen.course) if one and one.review_on]
    due = [day for day in asked if day <= look.day]
    if not due:
        return None
    words = pieces(
        _("because the forum said to **look again by %(day)s**"), {"day": _day(min(due), look.day)}
    )
    return Item("review", words, min(due).toordinal())


def _chain(file: CaseFile, look: Look) -> Item | None:
    chain = chain_now(file.records, look.team, look.now, look.limits)
    if chain is None or not chain.for_forum or not _still(file, look.day):
        return None
    words = ngettext(
        "because **%(n)d appointment was missed** and what followed is for the forum",
        "because **%(n)d appointments were missed** and what followed is for the forum",
        chain.missed,
    )
    return Item("chain", pieces(words, {"n": chain.missed}), chain.opened_on.toordinal())


def _out(file: CaseFile, look: Look) -> Item | None:
    setting = setting_on(file.records, look.day)
    days = days_to_release(setting, look.day)
    if setting is None or days is None or days > AHEAD or not _still(file, look.day):
        return None
    words = pieces(_("because **%(out)s**"), {"out": release_words(setting, look.day)})
    return Item("out", words, days)


def _posture(file: CaseFile, look: Look) -> Item | None:
    """Return pressure the forum has to look at: about to lapse, lapsed, or asked and said no to."""
    if not _still(file, look.day):
        return None
    near = lapsing(file.records, look.team, look.day, within=AHEAD)
    if near is not None and near.turn is not None:
        words = fall_words(near, near.turn, look.day)
        return Item("posture", words, near.turn.until.toordinal())
    asked = posture_now(file.records, look.team, look.day).asked
    for one in asked:
        if one.noes:
            values = {
                "agency": one.act.agency,
                "level": level_words(one.act.level),
                "who": one.noes[0].agency,
            }
            said = _("because %(agency)s asked for **%(level)s** and **%(who)s said no**")
            return Item("posture", pieces(said, values), look.day.toordinal())
    return None


def _removal(file: CaseFile, look: Look) -> Item | None:
    found = candidates(file, look.day, look.limits)
    return Item("removal", found[0].because, found[0].since.toordinal()) if found else None


def _still(file: CaseFile, day: date) -> bool:
    """Say whether somebody has any place or support that runs."""
    return bool(places_on(file.records, day)) or support_on(file.records, day) is not None


def _day(day: date | None, on: date) -> str:
    return say_short(day.isoformat(), on) if day else _("a day not known")
