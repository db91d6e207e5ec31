# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Missed appointments on Today and on the board: whose turn it is, by when, and why.

Rules, each with a test:

* Whoever owns a link that is due has a row: the nurse to tell, key worker and police to say they
  have heard, the key worker to go there and to say what came of it, the coordinator to bring it to
  the forum.
* A key worker who can see the misses has the row before anybody told them: being seen ends it.
* The board shows everybody's, also what is paused, with the reason, and what is for the forum.
  There it is paused by hand, goes on, or is said to have been no miss.
* Whoever is shown for this is not shown for not being seen as well: one row, both chips.
* Why it stands here says how many were missed and when the last was, never what they were for.
"""

from datetime import date

from desktop_app.casework.assignments import KEY_WORKER, NURSE, Assignment
from desktop_app.casework.board import Board, Known
from desktop_app.casework.chain import Chain, Part, chain_now
from desktop_app.casework.chain_misses import Kept
from desktop_app.casework.chain_runs import PAUSED, Decided, Step, first_after, runs
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
    pieces,
    seen_answers,
)
from desktop_app.casework.due_visits import over_chip, unseen
from desktop_app.casework.last_seen import Attended, Met
from desktop_app.casework.people import Role
from desktop_app.casework.whereabouts import Setting
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, inside, ngettext

FORMS = frozenset(one.form for one in (Kept, Met, Attended, Setting, Assignment, Step, Decided))
"""The forms these rules read."""
_FAR = date.max.toordinal()
PAUSE, RESUME, NO_MISS = "chain_pause", "chain_resume", "chain_mistake"
MOST = 4
"""Answers that fit into a row."""


def chain_of(file: CaseFile, look: Look) -> Chain | None:
    """Return what followed a client's missed appointments; None when nothing has to."""
    return chain_now(file.records, look.team, look.now, look.limits)


def missed_appointments(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's missed appointments where it is this person's turn."""
    chain = chain_of(file, look)
    if chain is None:
        return []
    answers = _offered(chain, file, look)
    return [_due(chain, file, look, answers)] if answers else []


def board() -> Board:
    """Return the board of everybody whose appointments were missed, until it is known what came."""
    return Board(
        "missed",
        _("Missed appointments"),
        _("Missed appointments that add up, until somebody says what came of it."),
        _("Nobody's missed appointments add up, or it is known what came of them."),
        "calendar-x",
        FORMS,
        from_day,
        _on_board,
        section=_section,
    )


def _on_board(file: CaseFile, look: Look) -> list[Due]:
    chain = chain_of(file, look)
    if chain is None:
        return []
    found = _offered(chain, file, look) or _anybodys(chain, look) or _asking(chain)
    return [_due(chain, file, look, (*found, *_besides(chain))[:MOST])]


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client's missed appointments may add up."""
    found = runs(file.records, known.team, known.now, known.limits)
    if found and found[-1].ended is None:
        return known.day
    return first_after(file.records, known.now)


def may_be_for_forum(file: CaseFile, known: Known) -> bool:
    """Say whether a client's missed appointments may come to the forum if nothing more is said."""
    if not any(one.form == Step.form for one in file.records):
        return False
    found = runs(file.records, known.team, known.now, known.limits)
    begun = bool(found) and found[-1].ended is None
    return begun or first_after(file.records, known.now) is not None


def chain_because(chain: Chain, look: Look) -> tuple[Piece, ...]:
    """Return why somebody is shown: how many were missed, and what has to happen next."""
    missed = ngettext("%(n)d appointment", "%(n)d appointments", chain.missed) % {"n": chain.missed}
    values = {"missed": missed, "last": _day(chain.last_on, look)}
    tail = pieces(_("; **%(missed)s missed**, the last on %(last)s"), values)
    return (Piece(_("because ")), *_next(chain, look), *tail)


def chain_chip(chain: Chain) -> Chip:
    """Return the chip of missed appointments."""
    words = ngettext("%(n)d missed", "%(n)d missed", chain.missed) % {"n": chain.missed}
    return Chip(words, "custody" if chain.paused_because else "warn", "calendar-x")


def paused_words(chain: Chain) -> str:
    """Return why no clock runs, in words; empty while one does."""
    because = chain.paused_because
    if because == PAUSED:
        return _("by hand")
    setting = codes("setting").find(because)
    return _(setting.label).lower() if setting else because


def _next(chain: Chain, look: Look) -> tuple[Piece, ...]:
    if chain.paused_because:
        return pieces(_("it is paused: **%(why)s**"), {"why": paused_words(chain)})
    waits = [one for one in chain.to_do if one.part not in (Part.WORKER, Part.POLICE)]
    first = waits[-1 if chain.for_forum else 0] if waits else None
    if first is None:
        return pieces(_("nobody has said what came of it"))
    if first.part is Part.FORUM and first.due_on is None:
        return pieces(_("**the forum is to talk about it**"))
    said = {
        Part.FORUM: _("**the forum is to talk about it** by %(day)s"),
        Part.TELL: _("**key worker and police are to be told** by %(day)s"),
        Part.VISIT: _("**a visit is due** by %(day)s"),
        Part.OUTCOME: _("**what came of it** is to be said by %(day)s, visited, %(seen)s"),
    }
    seen = _("seen") if chain.seen else _("not seen")
    day = _day(first.due_on, look) if first.due_on else ""
    return pieces(said[first.part], {"day": day, "seen": seen})


def _due(chain: Chain, file: CaseFile, look: Look, answers: tuple[Answer, ...]) -> Due:
    overdue = unseen(file, look)
    over = _unseen_chip(overdue.left) if overdue else None
    due_on = min((one.due_on for one in chain.to_do if one.due_on), default=None)
    late = max((one.late(look.day) for one in chain.to_do), default=0)
    chips = (chain_chip(chain), _late_chip(late), over)
    return Due(
        Group.MISSED,
        "missed",
        file.client.id,
        b"",
        file.name,
        because=chain_because(chain, look),
        chips=tuple(chip for chip in chips if chip),
        answers=answers,
        icon="calendar-x",
        tone="warn",
        late=late > 0 or (overdue is not None and overdue.left < 0),
        chain=chain,
        order=(_stage(chain), due_on.toordinal() if due_on else _FAR, chain.last_on.toordinal()),
    )


def _offered(chain: Chain, file: CaseFile, look: Look) -> tuple[Answer, ...]:
    """Return what this person can answer: their own links, and what their duty brings with it."""
    found: list[Answer] = []
    duties = look.duties(file)
    for one in chain.to_do:
        mine = one.owner == look.me.id or (one.part is Part.TELL and NURSE in duties)
        if one.part is Part.TELL and KEY_WORKER in duties:
            found += seen_answers()
        if mine:
            found += seen_answers() if one.part is Part.VISIT else _own(one.part)
    return tuple(dict.fromkeys(found))


def _anybodys(chain: Chain, look: Look) -> tuple[Answer, ...]:
    """Return what whoever does that work can answer for somebody who is nobody's, or away."""
    found: list[Answer] = []
    for one in chain.to_do:
        if one.part in (Part.TELL, Part.VISIT) and Role.KEY_WORKER in look.me.roles:
            found += seen_answers()
        if one.part is Part.TELL and Role.NURSE in look.me.roles:
            found += _own(Part.TELL)
    return tuple(dict.fromkeys(found))


def _asking(chain: Chain) -> tuple[Answer, ...]:
    """Return what whoever waits for somebody else can do: ask them."""
    return (ask_them(),) if any(one.owner for one in chain.to_do) else ()


def _besides(chain: Chain) -> tuple[Answer, ...]:
    """Return what can be said of the whole of it, once it is told, besides the link that is due."""
    if not chain.told:
        return ()
    if chain.paused_because:
        away = codes("setting").find(chain.paused_because) is not None
        return () if away else (Answer(RESUME, _("Goes on"), "G"),)
    return (Answer(PAUSE, _("Pause"), "P"), Answer(NO_MISS, _("No miss"), "M"))


def _own(part: Part) -> tuple[Answer, ...]:
    if part is Part.TELL:
        return (Answer("tell", _("Tell them"), "T"),)
    if part in (Part.WORKER, Part.POLICE):
        return (Answer("heard", _("I have heard"), "H"),)
    if part is Part.OUTCOME:
        return (
            Answer("back", _("Back with us"), "B"),
            Answer("to_forum", _("To the forum"), "F"),
        )
    if part is Part.FORUM:
        return (Answer("to_decide", _("Decide"), "D"), Answer("hold_forum", _("Case forum"), "F"))
    return ()


_STAGES = {Part.TELL: 0, Part.VISIT: 1, Part.OUTCOME: 2}


def _stage(chain: Chain) -> int:
    if chain.paused_because:
        return 4
    if chain.for_forum:
        return 3
    waits = (one.part for one in chain.links if one.done_at is None and one.part in _STAGES)
    return _STAGES[next(waits, Part.OUTCOME)]


def _section(due: Due) -> str:
    titles = (
        *(_("To be told"), _("To be visited"), _("What came of it?")),
        *(_("For the forum"), _("Paused")),
    )
    return titles[due.order[0]]


def _unseen_chip(left: int) -> Chip | None:
    """Return how long they have not been seen for: the days of the chain are others."""
    over = over_chip(left)
    if over is None:
        return None
    return over._replace(text=_("Not seen: %(over)s") % {"over": inside(over.text)})


def _late_chip(days: int) -> Chip | None:
    if not days:
        return None
    words = ngettext("%(n)d day late", "%(n)d days late", days)
    return Chip(words % {"n": days}, "bad", "clock")


def _day(day: date, look: Look) -> str:
    return say_short(day.isoformat(), look.day)
