# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Forms on the last four weeks: when one is due, and how the answers go over the months.

Rules, each with a test:

* One is filled in at the start of treatment, every three months after the last, and at its end
  (`limits.toml`). One filled in shortly before somebody was accepted is the start's.
* A start that was missed for three months is a start no more: what is filled in then is a review.
* After the end it is asked for as long as the four weeks can still be of treatment; then no more.
* In custody the four weeks before it are asked about.
* It is the nurse's to see to, and of whoever else the team lets hold health; nobody else's laptop
  knows, so nobody else is shown that one is due.
* A wrong form is corrected by another one (see `corrections`): the correction counts in its place.
* Not asked, declined and not known are three answers and none of them is a nought. A trend has a
  gap there.
* What somebody says of themselves never counts as offending (Luty and others 2009): questions
  about it have no trend, and no other rule reads this form. A test holds the whole of Tandem to it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop_app.casework.assignments import NURSE, workers_on
from desktop_app.casework.audience import HEALTH
from desktop_app.casework.board import Board, Known
from desktop_app.casework.codes import codes
from desktop_app.casework.corrections import in_force
from desktop_app.casework.dates import say_date, say_short
from desktop_app.casework.due import Answer, CaseFile, Due, Group, Look, open_file, pieces
from desktop_app.casework.due_visits import over_chip
from desktop_app.casework.limits import Limits
from desktop_app.casework.outcome_pack_file import LOOK_BACK, YES_NO, Item, Pack
from desktop_app.casework.outcome_packs import Packs, right, unknown_pack, value_words
from desktop_app.casework.people import Role
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Json, Record
from desktop_app.casework.treatment import Episode, episodes
from desktop_app.casework.whereabouts import CUSTODY, has_died, setting_on
from desktop_app.casework.words import _, ngettext

FORM = "outcome_form"
START, REVIEW, END, AFTER = "start", "review", "end", "after"
BEFORE_CUSTODY, LAST_WEEKS = "before_custody", "last_weeks"


@dataclass(frozen=True, slots=True)
class Filled:
    """What these rules need of a form that was filled in."""

    form: ClassVar[str] = FORM
    record: Record
    filled_on: date | None
    stage: str
    look_back: str
    pack: str
    version: str
    corrects: bytes | None

    @property
    def supersedes(self) -> bytes | None:
        """Return the form it corrects."""
        return self.corrects

    def value(self, item: Item) -> Json:
        """Return its answer to a question; None for one that is no answer to it."""
        held = self.record.answers.get("answers")
        value = held.get(item.name) if isinstance(held, dict) else None
        return value if value is not None and right(item, value) else None


@dataclass(frozen=True, slots=True)
class FormDue:
    """A form that is to be filled in: at which stage, by when, and since when it counts."""

    stage: str
    due_on: date
    since: date


@dataclass(frozen=True, slots=True)
class Point:
    """One answer of a trend; `value` is None where there is no number."""

    on: date
    value: int | None
    said: str
    look_back: str = LAST_WEEKS


@dataclass(frozen=True, slots=True)
class Trend:
    """The answers to one question over the months, earliest first."""

    item: Item
    points: tuple[Point, ...]

    @property
    def answered(self) -> tuple[Point, ...]:
        """Return the points that have a number."""
        return tuple(one for one in self.points if one.value is not None)


def forms_of(records: Iterable[Record]) -> list[Filled]:
    """Return a client's forms, earliest first; of one that was corrected, the correction."""
    found = [one for one in in_force(read_all(Filled, records)) if one.filled_on]
    return sorted(found, key=lambda one: (one.filled_on or date.min, one.record.id))


def form_due(records: Sequence[Record], on: date, limits: Limits) -> FormDue | None:
    """Return the form that is to be filled in next, whenever that is; None when none is."""
    return None if has_died(records, on) else _next_form(records, on, limits)


def _next_form(records: Sequence[Record], on: date, limits: Limits) -> FormDue | None:
    begun = [one for one in episodes(records) if one.accepted_on and one.accepted_on <= on]
    if not begun:
        return None
    episode, clocks = begun[-1], limits.outcome
    accepted = episode.accepted_on or on
    filled = [one for one in forms_of(records) if one.filled_on and one.filled_on <= on]
    if episode.status == "ended":
        return _at_the_end(episode, filled, on, limits)
    mine = [one.filled_on for one in filled if one.filled_on and one.filled_on >= accepted - _WEEKS]
    if mine:
        return FormDue(REVIEW, mine[-1] + timedelta(days=clocks.every), mine[-1])
    late = (on - accepted).days > clocks.every
    stage = REVIEW if late else START
    return FormDue(stage, accepted + timedelta(days=clocks.start_within), accepted)


_WEEKS = timedelta(days=LOOK_BACK)


def _at_the_end(
    episode: Episode, filled: Sequence[Filled], on: date, limits: Limits
) -> FormDue | None:
    ended = episode.ended_on
    if ended is None or ended > on:
        return None
    window = timedelta(days=limits.outcome.end_window)
    told = any(
        one.stage == END and one.filled_on and one.filled_on >= ended - window for one in filled
    )
    return None if told or on > ended + window else FormDue(END, ended, ended)


def look_back_on(records: Iterable[Record], on: date) -> str:
    """Return which four weeks are asked about on a day: in custody, those before it."""
    setting = setting_on(records, on)
    return BEFORE_CUSTODY if setting is not None and setting.setting in CUSTODY else LAST_WEEKS


def board() -> Board:
    """Return the board: the nurse's alone, for only health knows what was filled in."""
    return Board(
        "last_weeks",
        _("Last four weeks"),
        _("Whose form on the last four weeks is near or late: start, every three months, end."),
        _("No form on the last four weeks is near or late."),
        "chart-column",
        frozenset({FORM, Episode.form}),
        from_day,
        form_rows,
        section=lambda due: due.what,
        roles=frozenset({Role.NURSE}),
    )


def from_day(file: CaseFile, known: Known) -> date | None:
    """Return from which day a form may be near or late, whoever looks."""
    ahead = timedelta(days=known.limits.outcome.ahead)
    due = _next_form(file.records, known.day, known.limits)
    days = [] if due is None else [due.due_on - ahead]
    for one in episodes(file.records):
        # What has not begun or ended yet will, without anything being recorded.
        days += [day for day in (one.accepted_on, one.ended_on) if day and day > known.day]
    return min(days, default=None)


def forms_due(file: CaseFile, look: Look) -> list[Due]:
    """Return the row of a form for the Today of whoever sees to it: one that is near, or late.

    One that has been late for longer than its four weeks stays on the board: a Today that begins
    with what cannot be made good is not read to its end.
    """
    if HEALTH not in look.me.audiences:
        return []
    nurses = workers_on(file.records, NURSE, look.day)
    mine = look.me.id in nurses if nurses else Role.NURSE in look.me.roles
    near = look.limits.days.need_due
    rows = form_rows(file, look) if mine else []
    return [one for one in rows if -LOOK_BACK <= one.order[0] <= near]


def form_rows(file: CaseFile, look: Look) -> list[Due]:
    """Return the row of a form that is near or late: for a laptop that holds health.

    On one that does not, every form seems to be missing; nothing asks for it there.
    """
    due = form_due(file.records, look.day, look.limits)
    if due is None or (due.due_on - look.day).days > look.limits.outcome.ahead:
        return []
    left = (due.due_on - look.day).days
    said = {
        "day": say_short(due.due_on.isoformat(), look.day),
        "since": say_short(due.since.isoformat(), look.day),
    }
    chip = over_chip(left)
    return [
        Due(
            Group.NEEDS,
            FORM,
            file.client.id,
            b"",
            file.name,
            because=pieces(_why(due.stage, late=left < 0), said),
            what=_("The last four weeks: %(stage)s")
            % {"stage": codes("outcome_stage").label(due.stage).lower()},
            chips=(chip,) if chip else (),
            answers=(Answer(FORM, _("Fill in"), "S"), open_file()),
            icon="chart-column",
            late=left < 0,
            order=(left,),
        )
    ]


def _why(stage: str, *, late: bool) -> str:
    if stage == START:
        if late:
            return _("because treatment was agreed on %(since)s: the start was due by **%(day)s**")
        return _("because treatment was agreed on %(since)s: the start is due by %(day)s")
    if stage == END:
        return _(
            "because treatment ended on **%(since)s**: for a while it can still be asked about"
        )
    if late:
        return _("because the last one was on %(since)s: the next was due by **%(day)s**")
    return _("because the last one was on %(since)s: the next is due by %(day)s")


def trends(records: Iterable[Record], known: Packs) -> list[Trend]:
    """Return the answers over the months, a trend for each question, those in use first.

    Answers to a question of the same name, kind and range are one trend, whatever the version of
    the pack. Questions about offending have none; nor has a form whose pack has not come.
    """
    filled = [one for one in forms_of(records) if known.of(one.pack, one.version)]
    held: dict[tuple[str, str, tuple[int, int]], tuple[Item, list[Point]]] = {}
    in_order = [known.in_use, *(pack_of(one, known) for one in reversed(filled))]
    for item in (item for pack in in_order for item in pack.item if not item.offending):
        held.setdefault((item.name, item.type, item.span), (item, []))
    for one in filled:
        for item in pack_of(one, known).item:
            if not item.offending and one.filled_on:
                said = held[item.name, item.type, item.span][1]
                said.append(_point(one, item, one.filled_on))
    return [Trend(item, tuple(points)) for item, points in held.values() if points]


def pack_of(one: Filled, known: Packs) -> Pack:
    """Return the pack a form was filled in with; a stand-in where it has not come."""
    held = one.record.answers.get("answers")
    names = held if isinstance(held, dict) else {}
    return known.of(one.pack, one.version) or unknown_pack(one.pack, one.version, names)


def _point(one: Filled, item: Item, on: date) -> Point:
    value = one.value(item)
    number = {"yes": 1, "no": 0}.get(value) if isinstance(value, str) else value
    whole = number if isinstance(number, int) else None
    return Point(on, whole, value_words(item, value), one.look_back or LAST_WEEKS)


def trend_words(trend: Trend, on: date) -> str:
    """Return a trend as one sentence: from where it came, where it is, and by how much."""
    known = trend.answered
    if not known:
        last = trend.points[-1]
        return _("%(said)s on %(day)s.") % {"said": last.said, "day": _day(last.on, on)}
    first, last = known[0], known[-1]
    if len(known) == 1:
        return _("%(said)s on %(day)s.") % {"said": first.said, "day": _day(first.on, on)}
    said = {
        "first": first.said,
        "then": _day(first.on, on),
        "last": last.said,
        "now": _day(last.on, on),
        "change": _change((last.value or 0) - (first.value or 0)),
    }
    if trend.item.type == YES_NO:
        return _("%(first)s on %(then)s, %(last)s on %(now)s.") % said
    return _("%(first)s on %(then)s, %(last)s on %(now)s: %(change)s.") % said


def is_better(trend: Trend) -> bool | None:
    """Say whether the last answer is better than the first; None where it is not ours to say."""
    known = trend.answered
    if len(known) < 2 or not trend.item.better or known[0].value == known[-1].value:
        return None
    less = (known[-1].value or 0) < (known[0].value or 0)
    return less if trend.item.better == "less" else not less


def _change(by: int) -> str:
    if by == 0:
        return _("the same")
    if by < 0:
        return ngettext("%(n)d less", "%(n)d less", -by) % {"n": -by}
    return ngettext("%(n)d more", "%(n)d more", by) % {"n": by}


def _day(day: date, on: date) -> str:
    same = day.year == on.year
    return say_short(day.isoformat(), on) if same else say_date(day.isoformat())
