# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A day of appointments in rows: your own first, each with the letters that mark it.

Pure: records in, rows out. Rules, each with a test:

* Whoever opens the page sees what is booked with them first, then their clients, then the rest.
* What is marked keeps its place and says what was marked; the count is of marks, not of guesses.
* Whoever does not write appointments is offered no mark, and is not asked why.
* The next booking is a suggestion from how often they came before; nothing is booked by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop_app.casework.audience import may_write
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_moment, say_moment, say_short
from desktop_app.casework.due import CaseFile, Facts, Look
from desktop_app.casework.due_chain import chain_chip, chain_of
from desktop_app.casework.forms import form
from desktop_app.casework.people import Person, Team
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.treatment import episode_now, waiting
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from ui.kit.chip import ChipText
from ui.kit.labels import Part
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowSection
from ui.pages.today_answers import Answered
from ui.pages.today_words import MORE, UNDO
from ui.theme import SEMI

USUAL_DAYS, LONGEST_DAYS = 14, 56
BOOK, AGAIN, STEP, OURS, REBOOK = "book", "again", "step", "ours", "rearranged"
MARKED = ("attended", "not_attended", "cancelled_by_us", "cancelled_by_client", "rearranged")
REASONS = 2
"""Reasons offered in the row itself; the others stand behind "More"."""


@dataclass(frozen=True, slots=True)
class Day:
    """What the page shows.

    Attributes:
        on: the day.
        appointments: booked for it, earliest first, marked ones too.
        visits: planned for it.
        files: the case files of everybody in it.
    """

    on: date
    appointments: tuple[Record, ...] = ()
    visits: tuple[Record, ...] = ()
    files: Mapping[RecordId, CaseFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked since the page was opened.

    Attributes:
        answered: by the appointment's id.
        booked: the next appointment that was booked from a row, by the old one's id.
    """

    answered: Mapping[RecordId, Answered]
    booked: Mapping[RecordId, str]


def sections(day: Day, marks: Marks, *, me: Person, team: Team, now: datetime) -> list[RowSection]:
    """Return the rows under their headings."""
    look = Look(Facts((), team), me, now)
    groups: dict[str, list[Record]] = {}
    for one in day.appointments:
        groups.setdefault(_group(one, day, look), []).append(one)
    rest = _("Everybody else") if groups.keys() - {_REST} else _("Everybody")
    headings = ((_MINE, _("With you")), (_THEIRS, _("Your clients")), (_REST, rest))
    found = []
    for code, heading in headings:
        rows = tuple(appointment_row(one, day, marks, look) for one in groups.get(code, ()))
        if rows:
            found.append(RowSection(heading, rows))
    visits = tuple(visit_row(one, day, look) for one in day.visits)
    if visits:
        found.append(RowSection(_("Visits planned"), visits))
    return found


def summary(day: Day, me: Person) -> str:
    """Return the count of the day in one sentence."""
    mine = [one for one in day.appointments if one.text("with_person") == me.id]
    among = mine or list(day.appointments)
    if not among:
        planned = len(day.visits)
        if planned:
            return ngettext("%(n)d visit planned.", "%(n)d visits planned.", planned) % {
                "n": planned
            }
        return _("Nothing is booked.")
    states = [one.text("state") for one in among]
    came, missed_ = states.count("attended"), states.count("not_attended")
    to_go = states.count("booked")
    off = len(states) - came - missed_ - to_go
    said = [
        ngettext("%(n)d attended", "%(n)d attended", came) % {"n": came} if came else "",
        ngettext("%(n)d did not attend", "%(n)d did not attend", missed_) % {"n": missed_}
        if missed_
        else "",
        ngettext("%(n)d called off", "%(n)d called off", off) % {"n": off} if off else "",
        _still(to_go, me) if to_go else "",
    ]
    whose = _("With you: %(count)s.") if mine else _("Booked: %(count)s.")
    return whose % {"count": listed([one for one in said if one])}


def _still(count: int, me: Person) -> str:
    """Return how many are not marked; to mark they are for whoever may."""
    words = ngettext("%(n)d not marked yet", "%(n)d not marked yet", count)
    if may_write(form("appointment"), me.roles):
        words = ngettext("%(n)d to mark", "%(n)d to mark", count)
    return words % {"n": count}


def appointment_row(one: Record, day: Day, marks: Marks, look: Look) -> RowItem:
    """Return one appointment."""
    file = day.files.get(one.client)
    state = one.text("state")
    choice = codes("appointment_state").find(state)
    chips = []
    if state in MARKED and choice is not None:
        chips.append(ChipText(_(choice.short or choice.label), choice.tone, choice.icon))
        if one.text("reason"):
            chips.append(ChipText(codes("appointment_reason").label(one.text("reason"))))
    elif file is not None:
        chips += _worries(file, look)
    return RowItem(
        key=f"appointment:{one.id.hex()}",
        lead=Lead(text=one.text("booked_for")[11:16]),
        name=file.name if file else _("Not on this laptop"),
        what=codes("appointment_kind").label(one.text("kind")),
        chips=tuple(chips),
        because=_because(one, marks, look),
        answers=tuple(_answers(one, day, marks, look)),
    )


def visit_row(one: Record, day: Day, look: Look) -> RowItem:
    """Return one planned visit."""
    file = day.files.get(one.client)
    people = one.answers.get("people")
    names = [look.team.name_of(str(each)) for each in people] if isinstance(people, list) else []
    with_whom = _("with %(names)s") % {"names": listed(names)} if names else ""
    parts = [with_whom, one.text("purpose"), one.text("place")]
    return RowItem(
        key=f"visit:{one.id.hex()}",
        lead=Lead(text=one.text("at")[11:16]),
        name=file.name if file else _("Not on this laptop"),
        what=codes("visit_kind").label(one.text("kind")),
        because=(Part(" · ".join(part for part in parts if part), "muted"),),
        answers=(RowAnswer("open", _("Open")),),
    )


def next_time(one: Record, file: CaseFile | None, *, now: datetime) -> datetime | None:
    """Return when the next appointment of the kind might be: as far ahead as they used to be.

    Args:
        one: the appointment that has just been marked.
        file: the client's case file.
        now: local time; the suggestion is never in the past.
    """
    at = as_moment(one.text("booked_for"))
    if at is None:
        return None
    before = [
        earlier
        for other in (file.records if file else ())
        if other.form == "appointment"
        and other.text("kind") == one.text("kind")
        and (earlier := as_moment(other.text("booked_for"))) is not None
        and earlier < at
    ]
    days = (at.date() - max(before).date()).days if before else USUAL_DAYS
    weeks = max(1, round(min(days, LONGEST_DAYS) / 7))
    then = at + timedelta(weeks=weeks)
    while then <= now:
        then += timedelta(weeks=weeks)
    return then


_MINE, _THEIRS, _REST = "mine", "theirs", "rest"


def _group(one: Record, day: Day, look: Look) -> str:
    company = one.answers.get("company")
    with_me = one.text("with_person") == look.me.id
    if with_me or (isinstance(company, list) and look.me.id in company):
        return _MINE
    file = day.files.get(one.client)
    return _THEIRS if file is not None and look.duties(file) else _REST


def _worries(file: CaseFile, look: Look) -> list[ChipText]:
    """Return what whoever sees them today should know: misses that add up, a long wait."""
    found = []
    chain = chain_of(file, look)
    if chain is not None:
        found.append(ChipText(*chain_chip(chain)))
    episode = episode_now(file.records, look.day)
    wait = waiting(episode, file.records, look.day) if episode else None
    if episode is not None and episode.status == "waiting" and wait is not None:
        words = wait.words
        found.append(ChipText(words[:1].upper() + words[1:], "warn", "hourglass"))
    return found


def _because(one: Record, marks: Marks, look: Look) -> tuple[Part, ...]:
    person = look.team.name_of(one.text("with_person")) if one.text("with_person") else ""
    parts = [person, one.text("with_whom"), one.text("place"), one.text("what")]
    said = [Part(" · ".join(part for part in parts if part), "muted")]
    if one.id in marks.booked:
        when = say_moment(marks.booked[one.id], look.day)
        said += [Part(_("  Next: "), "muted"), Part(when, weight=SEMI)]
    elif _asks_why(one) and may_write(form("appointment"), look.me.roles):
        said.append(Part(_("  Why?"), weight=SEMI))
    return tuple(said)


def _asks_why(one: Record) -> bool:
    return one.text("state") in MARKED[1:4] and not one.text("reason")


def _answers(one: Record, day: Day, marks: Marks, look: Look) -> list[RowAnswer]:
    if not may_write(form("appointment"), look.me.roles):
        return []
    state = one.text("state")
    if state == "booked":
        ahead = one.text("booked_for")[:10] > look.day.isoformat()
        cancel = RowAnswer("cancelled_by_client", _("Cancelled"), "C")
        if ahead:
            return [RowAnswer(REBOOK, _("Rebook"), "R"), cancel]
        return [
            RowAnswer("attended", _("Attended"), "A"),
            RowAnswer("not_attended", _("Did not attend"), "D"),
            cancel,
        ]
    if state == "rearranged":
        return []
    offered = _why_answers(one) if _asks_why(one) else _next_answers(one, day, marks, look)
    return [*offered, RowAnswer(UNDO, _("Undo"), "U")]


def _why_answers(one: Record) -> list[RowAnswer]:
    choices = codes("appointment_reason").code
    offered = [RowAnswer(f"why:{choice.code}", _(choice.label)) for choice in choices[:REASONS]]
    if one.text("state") == "cancelled_by_client":
        offered.insert(0, RowAnswer(OURS, _("It was us")))
    return [*offered, RowAnswer(MORE, _("More"))]


def _next_answers(one: Record, day: Day, marks: Marks, look: Look) -> list[RowAnswer]:
    if one.id in marks.booked:
        return []
    then = next_time(one, day.files.get(one.client), now=look.now)
    offered = []
    if then is not None:
        when = f"{say_short(then.date().isoformat(), look.day)}, {then:%H:%M}"
        offered.append(RowAnswer(AGAIN, _("Book %(when)s") % {"when": when}))
    return [*offered, RowAnswer(BOOK, _("Another time"), "B")]
