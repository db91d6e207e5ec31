# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What is said of a question answered twice: the answers, who gave them, what they knew."""

from collections.abc import Iterable, Mapping
from datetime import date

from desktop_app.casework.dates import say_moment, say_short
from desktop_app.casework.forms import forms
from desktop_app.casework.people import Team
from desktop_app.casework.records import WITHDRAWN, Answers, Dot, Json, Live, Record
from desktop_app.casework.settling import BOTH, COMBINED, KEPT, both_form, newest_given, objections
from desktop_app.casework.twice import Given, Question
from desktop_app.casework.wording import answer_in_words, listed
from desktop_app.casework.words import _
from sync.knowing import Wrote
from ui.clock import local
from ui.pages import recorded_words
from ui.pages.twice_facts import Matter, Whole
from ui.session import Session

SHORT = 32
"""Letters of an answer that stand on a button."""


def says(question: Question, answers: Answers, session: Session) -> list[tuple[str, str]]:
    """Return what is answered in the fields that differ: each question with its answer."""
    record, team, on = question.record, session.team, session.today()
    return [
        (_label(record, name), value_words(record, name, answers, team, on=on))
        for name in question.differ
    ]


def in_short(question: Question, answers: Answers, session: Session) -> str:
    """Return an answer as a button or a line says it."""
    return short_words(question.record, question.differ, answers, session.team, on=session.today())


def short_words(
    record: Record, differ: Iterable[str], answers: Answers, team: Team, *, on: date
) -> str:
    """Return an answer to some fields on part of a line."""
    said = [value_words(record, name, answers, team, on=on) for name in differ]
    whole = " ".join(", ".join(one for one in said if one).split()) or _("nothing")
    return whole if len(whole) <= SHORT else whole[: SHORT - 1].rstrip() + "…"


def who(given: Given, whole: Whole, session: Session) -> str:
    """Return who gave an answer; whoever only settled it is not among them."""
    apart = [live for live in given.by if _apart_from(live, whole)]
    return listed(_names((_person(live, whole) for live in apart or given.by), session))


def when(given: Given, session: Session) -> str:
    """Return when an answer was written, by the clock of who wrote it."""
    return _moment(given.by[0].at, session)


def arrived(given: Given, whole: Whole, session: Session) -> str:
    """Return when an answer arrived here; empty where it is not known."""
    wrote = _wrote(given.by[0], whole.wrote)
    if wrote is None or wrote.person == session.me.id:
        return ""
    return _moment(wrote.arrived_ms, session) if wrote.arrived_ms is not None else ""


def recorded(given: Given, whole: Whole, session: Session) -> str:
    """Return between which times an answer was recorded, where its own clock was wrong."""
    wrote = _wrote(given.by[0], whole.wrote)
    return recorded_words.in_short(wrote.window, session) if wrote is not None else ""


def had_seen(given: Given, whole: Whole, session: Session) -> str:
    """Return what somebody had in front of them when they wrote, and what not.

    What all of them had seen is said once, above them (`both_had_seen`).
    """
    wrote = _wrote(given.by[0], whole.wrote)
    if wrote is None or wrote.unseen is None or wrote.before is None:
        return ""
    others = [live for live in _apart_from(given.by[0], whole) if live not in given.by]
    had = "" if both_had_seen(whole, session) else _values(whole, wrote.before, session)
    people = (_person(live, whole) for live in others)
    said = {"value": had, "names": listed(_names(people, session))}
    if not others:
        return _("Had seen all of it")
    if had:
        return _("%(value)s stood here. Had not seen what %(names)s wrote") % said
    if not both_had_seen(whole, session):
        return _("Nothing stood here. Had not seen what %(names)s wrote") % said
    return _("Had not seen what %(names)s wrote") % said


def both_had_seen(whole: Whole, session: Session) -> str:
    """Return what everybody had seen who answered, where it was the same; empty else."""
    question = whole.question
    before = [
        wrote.before
        for given in question.given
        for live in given.by
        if (wrote := _wrote(live, whole.wrote)) is not None
    ]
    if len(before) < 2 or not before[0] or any(one != before[0] for one in before):
        return ""
    return _values(whole, before[0], session)


def none_had_seen(whole: Whole) -> str:
    """Return the sentence that takes the blame out of it."""
    if len(whole.question.given) > 2:
        return _("None of them had seen the others. All stay in the history, whatever you choose.")
    return _("Neither had seen the other. Both stay in the history, whatever you choose.")


def settled_words(whole: Whole, session: Session) -> str:
    """Return who settled a question, how and why; empty when nobody has."""
    settled = whole.matter.settled
    if settled is None:
        return ""
    said = {
        "who": session.team.name_of(settled.author),
        "when": say_short(settled.text("settled_on"), session.today()),
        "why": settled.text("why"),
    }
    words = {
        KEPT: _("%(who)s settled this on %(when)s and kept one of the answers."),
        COMBINED: _("%(who)s settled this on %(when)s and put the answers together."),
        BOTH: _("%(who)s settled this on %(when)s and let both stand, each with its date."),
    }.get(settled.text("how"), _("%(who)s settled this on %(when)s with another answer."))
    because = _(" “%(why)s”") if said["why"] else ""
    return (words + because) % said


def objected_words(whole: Whole, session: Session) -> list[str]:
    """Return who objects to what was settled, and why."""
    return [
        _("%(who)s objects: “%(why)s”")
        % {
            "who": session.team.name_of(whole.authors.get(live.feed, "")),
            "why": str(live.answers["objection"]).strip(),
        }
        for one in whole.open_still
        for live in objections(one)
    ]


def to_tell(whole: Whole, answers: Answers, session: Session) -> list[str]:
    """Return the names of who is told, when a record is to say something: who said otherwise."""
    question = whole.question
    people = [
        _person(live, whole)
        for given in question.given
        if any(given.answers.get(name) != answers.get(name) for name in question.differ)
        for live in given.by
    ]
    return _names((one for one in people if one not in ("", session.me.id)), session)


def standing_both(question: Question, session: Session) -> list[tuple[str, str]]:
    """Return what will stand when all answers do: each with the day it is from."""
    also, newest = both_form(question), newest_given(question)
    found: list[tuple[str, str]] = []
    for given in question.given:
        day = given.answers.get(also.happened) if also else None
        if not isinstance(day, str):
            day = local(given.by[-1].at).date().isoformat()
        values = (value for _asked, value in says(question, given.answers, session))
        said = ", ".join(one for one in values if one)
        where = _("on the file") if given is newest else _("beside it")
        words = _("%(where)s, from %(day)s")
        quiet = words % {"where": where, "day": say_short(day, session.today())}
        found.insert(0 if given is newest else len(found), (said, quiet))
    return found


def stands_now(given: Given, whole: Whole) -> bool:
    """Say whether an answer is what the record says now."""
    shown = whole.matter.record.answers
    return all(given.answers.get(name) == shown.get(name) for name in whole.question.differ)


def people_words(matter: Matter, session: Session) -> str:
    """Return who answered, yourself first."""
    people = sorted(matter.people, key=lambda one: one != session.me.id)
    return listed(_names(people, session, you=True))


def _names(people: Iterable[str], session: Session, *, you: bool = False) -> list[str]:
    mine = session.me.id if you else ""
    return list(
        dict.fromkeys(
            _("you") if mine and one == mine else session.team.name_of(one) for one in people
        )
    )


def _person(live: Live, whole: Whole) -> str:
    wrote = _wrote(live, whole.wrote)
    return (wrote.person if wrote else "") or whole.authors.get(live.feed, "")


def _wrote(live: Live, wrote: Mapping[Dot, Wrote]) -> Wrote | None:
    return wrote.get(_dot(live))


def _dot(live: Live) -> Dot:
    return Dot(live.feed, live.seq, live.idx)


def value_words(record: Record, name: str, answers: Answers, team: Team, *, on: date) -> str:
    """Return one answer in words; empty for none."""
    value = answers.get(name)
    if name == WITHDRAWN:
        return _("Withdrawn: %(why)s") % {"why": value} if value else _("It stands")
    shipped = forms().get(record.form)
    field = shipped.fields.get(name) if shipped else None
    return answer_in_words(field, value, team, on=on) if field else _plain(value)


def _values(whole: Whole, answers: Answers, session: Session) -> str:
    """Return what some fields said, in full; empty where nothing was answered."""
    said = (value for _asked, value in says(whole.question, answers, session))
    return ", ".join(one for one in said if one)


def _apart_from(live: Live, whole: Whole) -> list[Live]:
    """Return the answers beside which one was written: neither had seen the other."""
    here = _wrote(live, whole.wrote)
    found = []
    for given in whole.question.given:
        for other in given.by:
            there = _wrote(other, whole.wrote)
            if here is None or there is None or here.unseen is None or there.unseen is None:
                continue
            if _dot(other) in here.unseen and _dot(live) in there.unseen:
                found.append(other)
    return found


def _label(record: Record, name: str) -> str:
    shipped = forms().get(record.form)
    field = shipped.fields.get(name) if shipped else None
    return _(field.label) if field else ""


def _plain(value: Json) -> str:
    return str(value) if isinstance(value, str | int | float) else ""


def _moment(ms: int, session: Session) -> str:
    at = local(ms).isoformat(timespec="minutes")[:16]
    return say_moment(at, session.today())
