# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""On whose Today a client may stand, and from which day: who stands by them, and who is named.

A coarse rule (see `board`): it may name somebody too early, never too late. Rules, each with a
test:

* Who stands by a client, or will, has them from that day on.
* Who is down for a visit or an appointment has the client two weeks ahead, for their week, and
  four weeks after while nobody has said what became of it.
* Who agreed to an action has the client until it is done.
* Whose missed appointments may come to the forum are the coordinator's too, who chairs it.
* Whoever took a client over whom somebody else took over too has them, and so has the coordinator.
* Who promised a next step, sees to a need, set an alert, is written to, or recorded one visit with
  somebody else has the client when that comes due, whether or not they stand by them.
* A note of half a year ago no longer comes to somebody who does not stand by the client.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from desktop_app.casework import due_chain, posture_rows, taken_twice
from desktop_app.casework.actions import Action, open_actions
from desktop_app.casework.alerts import Alert, live_alerts
from desktop_app.casework.assignments import Assignment, turns
from desktop_app.casework.board import Known
from desktop_app.casework.care_plan import Assessment as NeedsAssessment
from desktop_app.casework.care_plan import Goal, Review
from desktop_app.casework.chain_runs import Decided, Step
from desktop_app.casework.due import CaseFile
from desktop_app.casework.due_first import Note
from desktop_app.casework.due_needs import Need
from desktop_app.casework.due_planned import Booked, Planned, planned_visits
from desktop_app.casework.due_visits import NextStep
from desktop_app.casework.elapsed import A_DAY_MS
from desktop_app.casework.handover import Offer, Reply, named
from desktop_app.casework.one_visit import pairs
from desktop_app.casework.outcomes import Filled
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import Record
from desktop_app.casework.release_day import DayPlan, owners
from desktop_app.casework.targeting import Support
from desktop_app.casework.treatment import Episode
from desktop_app.casework.whereabouts import Setting

TODAY = "today"
AHEAD, BACK, NOTED = 14, 28, 180
"""Days ahead for the week, days for which something unanswered is asked about, and days in which a
note, an alert or a need of somebody else's client still comes to this person."""
FORMS = frozenset(
    one.form
    for one in (
        *(Action, Alert, Assignment, Booked, Decided, Need, NextStep, Note, Planned, Setting, Step),
        *(Goal, NeedsAssessment, Review, Support, Episode, Filled),
        *(DayPlan, Offer, Reply),
    )
).union(posture_rows.FORMS)
"""The forms Today is worked out from."""

Claim = tuple[str, date]


def whose(file: CaseFile, known: Known) -> Mapping[str, date]:
    """Return the person ids of who may have a client on Today, each with the first day."""
    found: dict[str, date] = {}
    for person, day in _claims(file, known):
        if person:
            found[person] = min(found.get(person, day), day)
    return found


def _claims(file: CaseFile, known: Known) -> Iterator[Claim]:
    yield from _standing_by(file, known)
    yield from _down_for(file, known)
    yield from _promised(file, known)
    yield from _named(file, known)
    for action in open_actions(file.records):
        yield action.owner, date.min
    if due_chain.may_be_for_forum(file, known):
        for person in known.team.coordinators[:1]:
            yield person, date.min


def _standing_by(file: CaseFile, known: Known) -> Iterator[Claim]:
    for person, since, until in turns(file.records):
        if since and not (until and until <= known.day):
            yield person, since
    for found in taken_twice.twice(file.records):
        for person in taken_twice.asked(found, known.team):
            yield person, date.min


def _down_for(file: CaseFile, known: Known) -> Iterator[Claim]:
    first = known.day - timedelta(days=BACK)
    for visit in planned_visits(file):
        if visit.at and visit.at.date() >= first:
            for person in visit.people:
                yield person, visit.at.date() - timedelta(days=AHEAD)
    for one in read_all(Booked, file.records):
        if one.booked_for and one.state == "booked" and one.booked_for.date() >= first:
            for person in (one.with_person, *one.company):
                yield person, one.booked_for.date() - timedelta(days=AHEAD)


def _promised(file: CaseFile, known: Known) -> Iterator[Claim]:
    soon = timedelta(days=known.limits.days.need_due)
    yield from _days_of_release(file, known)
    promised = [one for one in file.records if one.answers.get("next_step")]
    for step in read_all(NextStep, promised):
        if step.next_step_on and step.next_step_done_on is None:
            for person in step.next_step_with:
                yield person, step.next_step_on - soon
    for need in read_all(Need, file.records):
        if need.owner and need.due_on and need.done_on is None and not need.outcome:
            yield need.owner, need.due_on - soon


def _days_of_release(file: CaseFile, known: Known) -> Iterator[Claim]:
    """Yield who sees to a part of a release that somebody waits for, now or later."""
    if not any(one.form == DayPlan.form for one in file.records):
        return
    begin = (one.from_on for one in read_all(Setting, file.records))
    for day in (known.day, *(one for one in begin if one and one > known.day)):
        for person in owners(file.records, day):
            yield person, date.min


def _named(file: CaseFile, known: Known) -> Iterator[Claim]:
    lately = known.day - timedelta(days=NOTED)
    soon = timedelta(days=known.limits.days.alert_review)
    for alert in live_alerts(file.records, known.day):
        if alert.review_on:
            yield alert.record.author, alert.review_on - soon
    for note in read_all(Note, file.records):
        if _is_since(note.record, lately):
            for person in note.for_people:
                yield person, date.min
    if any(one.form == Offer.form for one in file.records):
        for person in named(file.records):
            yield person, date.min
    since = known.day - timedelta(days=known.limits.twice.visit_days)
    for pair in pairs(file.records, known.limits, since=since):
        for person in pair.authors:
            yield person, date.min


def _is_since(note: Record, day: date) -> bool:
    """Say whether a note was made or is dated since a day."""
    return max(note.text("happened_at"), _made_on(note)) >= day.isoformat()


def _made_on(record: Record) -> str:
    return date.fromordinal(_EPOCH + record.recorded_at // A_DAY_MS).isoformat()


_EPOCH = date(1970, 1, 1).toordinal()
