# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Postures as rows: what is asked for and not agreed, what lapses soon, and what has lapsed.

Rules, each with a test:

* What one agency asks for stands on the board until another agrees, it is taken back, or its day
  is over. Somebody of another agency answers it where it stands; nobody answers their own.
* On Today it is asked of whoever stands by the client and works for another agency that has said
  neither yes nor no.
* What lapses within days, or no longer holds, stands on the board until two agencies turn it anew;
  on Today it is shown to the same people a few days before, and two weeks after. Whoever was on a
  list and is on none any more stands on the board for it no longer.
* What is only proposed stands on the board and never on Today, until somebody asks for it or puts
  it aside.
"""

from datetime import date, timedelta

from desktop_app.casework import posture_proposed
from desktop_app.casework.audience import may_write
from desktop_app.casework.board import Board, Known
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
from desktop_app.casework.forms import form
from desktop_app.casework.people import Person, Team
from desktop_app.casework.posture import Asked, Posture, posture_now
from desktop_app.casework.posture_evidence import MARKED, OPEN
from desktop_app.casework.posture_proposals import FORMS as PROPOSING
from desktop_app.casework.posture_proposals import may_propose
from desktop_app.casework.posture_turns import LONGEST, Act, Fall, Turn, agency_of, plain
from desktop_app.casework.targeting import places, places_on
from desktop_app.casework.wording import Chip
from desktop_app.casework.words import _, inside

FORMS = frozenset({Act.form}) | OPEN | MARKED
"""What the posture of a client is read from."""
WITH_PROPOSALS = FORMS | PROPOSING
"""The same, and what may be asked for besides."""
ASKED, LAPSE = "posture_asked", "posture"
AGREE, SAY_NO, TURN = "posture_agree", "posture_no", "posture_turn"
TAKE_BACK = "posture_back"
STILL_TOLD = 14
"""Days for which Today still tells of what no longer holds; the board does until it is turned."""


def board() -> Board:
    """Return the board."""
    return Board(
        "posture",
        _("Posture"),
        _("Asked for, lapsing, lapsed or proposed: nothing turns unless two agencies turn it."),
        _("Nothing is asked for or proposed, and nothing that was agreed lapses soon."),
        "sliders-horizontal",
        WITH_PROPOSALS,
        from_day,
        rows,
        section=_section,
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return the day from which a client may have a row."""
    days = [_turned_from(file, known), may_propose(file.records, known.day)]
    return min((one for one in days if one), default=None)


def _turned_from(file: CaseFile, known: Known) -> date | None:
    signed = [one for one in file.records if one.form == Act.form and one.withdrawn is None]
    if not signed:
        return None
    now = posture_now(file.records, known.team, known.day)
    to_come = any(one.text("acted_on") > known.day.isoformat() for one in signed)
    if to_come or now.asked or now.for_forum:
        return known.day
    ahead = timedelta(days=known.limits.days.posture_lapsing)
    return now.until - ahead if now.until else None


def rows(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's rows."""
    now = posture_now(file.records, look.team, look.day)
    found = [asked_row(one, file, look) for one in now.asked]
    near = look.limits.days.posture_lapsing
    if now.turn is not None and _left(now, look.day) <= near and not _gone(file, look.day):
        found.append(_lapse(now, now.turn, file, look))
    return [*found, *posture_proposed.rows(file, look)]


def on_today(file: CaseFile, look: Look) -> list[Due]:
    """Return a client's rows for the Today of somebody who stands by them."""
    if not look.duties(file):
        return []
    now = posture_now(file.records, look.team, look.day)
    mine = [one for one in now.asked if may_answer(one, look.me, look.team)]
    found = [asked_row(one, file, look) for one in mine]
    soon = look.limits.days.need_due
    if now.turn is not None and -STILL_TOLD <= _left(now, look.day) <= soon:
        found.append(_lapse(now, now.turn, file, look))
    return found


def may_answer(asked: Asked, me: Person, team: Team) -> bool:
    """Say whether somebody may agree to what is asked for, or say no to it."""
    mine = agency_of(me.id, team)
    said = {plain(asked.act.agency), agency_of(asked.act.author, team)}
    said |= {plain(one.agency) for one in asked.noes}
    return may_write(form(Act.form), me.roles) and bool(mine) and mine not in said


def to_take_back(now: Posture, me: Person, team: Team) -> Act | None:
    """Return what somebody's agency asked for or agreed to, and may take back; None for nothing.

    An open asking comes before what counts. What was agreed then no longer holds: it falls to the
    least of what it said, what stood before it, and standard, and never rises by it.
    """
    mine = agency_of(me.id, team)
    if not mine:
        return None
    own = [one.act for one in now.asked if plain(one.act.agency) == mine]
    if own:
        return own[-1]
    turn = now.turn
    if turn is None or not turn.holds:
        return None
    both = {plain(one.agency) for one in (turn.ask, turn.agree)}
    return turn.agree if mine in both else None


def level_chip(level: str) -> Chip:
    """Return a level as a chip."""
    of = codes("posture_level").find(level)
    return Chip(_(of.label), of.tone, of.icon) if of else Chip(level)


def level_words(level: str) -> str:
    """Return a level as it stands in a sentence."""
    words = codes("posture_level").label(level)
    return inside(words)


def fall_words(now: Posture, turn: Turn, day: date) -> tuple[Piece, ...]:
    """Return that what was agreed lapses, or why it no longer holds, and what counts until then."""
    values = {
        "level": level_words(turn.level),
        "day": say_short(turn.until.isoformat(), day),
        "now": level_words(now.level),
    }
    if turn.because is None:
        return pieces(_("because **%(level)s** lapses after **%(day)s**"), values)
    said = {
        Fall.LAPSED: _("because **%(level)s** lapsed after **%(day)s**"),
        Fall.TAKEN_BACK: _("because one agency **took back** its word for %(level)s"),
        Fall.AGENCIES: _("because the two who agreed to %(level)s **no longer stand for two**"),
        Fall.EVIDENCE: _("because %(level)s rests on **nothing that may count** any more"),
    }[turn.because]
    after = _("; it stands at %(now)s until two agencies turn it anew")
    return (*pieces(said, values), *pieces(after, values))


def asked_row(asked: Asked, file: CaseFile, look: Look) -> Due:
    """Return the row of what one agency asks for."""
    act = asked.act
    values = {
        "who": look.team.name_of(act.author),
        "agency": act.agency,
        "level": level_words(act.level),
        "day": say_short(act.until.isoformat(), look.day) if act.until else "",
        "why": act.reason,
    }
    said = _("because %(who)s (%(agency)s) asks for **%(level)s until %(day)s**: %(why)s")
    because = pieces(said, values)
    for one in asked.noes:
        no = {"who": look.team.name_of(one.author), "words": one.words or one.reason}
        because += pieces(_(". **%(who)s says no**: %(words)s"), no)
    mine = may_answer(asked, look.me, look.team)
    answers: tuple[Answer, ...] = (ask_them(),)
    if mine:
        answers = (Answer(AGREE, _("Agree"), "A"), Answer(SAY_NO, _("Say no"), "N"))
    elif plain(act.agency) == agency_of(look.me.id, look.team) != "":
        answers = (Answer(TAKE_BACK, _("Take back"), "T"),)
    return Due(
        Group.FIRST,
        ASKED,
        file.client.id,
        act.id,
        file.name,
        because=because,
        what=_("do you agree?") if mine else _("not agreed yet"),
        chips=(level_chip(act.level),),
        answers=(*answers, Answer("open", _("Open"), "O")),
        icon="sliders-horizontal",
        order=(3 if asked.noes else 2, (act.until or look.day).toordinal()),
    )


def _lapse(now: Posture, turn: Turn, file: CaseFile, look: Look) -> Due:
    left = _left(now, look.day)
    return Due(
        Group.NEEDS,
        LAPSE,
        file.client.id,
        turn.ask.id,
        file.name,
        because=fall_words(now, turn, look.day),
        what=_("Posture"),
        chips=(level_chip(now.level),),
        answers=(Answer(TURN, _("Turn it anew"), "S"), open_file()),
        icon="sliders-horizontal",
        tone="warn" if now.for_forum else "info",
        late=now.for_forum,
        order=(0 if now.for_forum else 1, left),
    )


def _gone(file: CaseFile, day: date) -> bool:
    """Say whether somebody was on a list and is on none any more."""
    return bool(places(file.records)) and not places_on(file.records, day)


def _left(now: Posture, day: date) -> int:
    """Return the days what was agreed holds still; below 0 once it no longer does."""
    turn = now.turn
    if turn is None:
        return LONGEST
    left = (turn.until - day).days
    return left if turn.holds else min(left, -1)


def _section(due: Due) -> str:
    if due.kind == ASKED:
        return _("Said no to: for the forum") if due.order[0] == 3 else _("Asked for")
    if due.kind.startswith(posture_proposed.PROPOSED):
        return _("Proposed by what was recorded; nobody has asked")
    return _("Lapsed: for the forum") if due.late else _("Lapses soon")
