# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Clocks: what runs for a client, whoever looks, and which of it news would start.

The rules are those of Today; here nobody is asked whose row it would be. Rules, each with a test:

* A clock that ran before in the same way is not started again; one that now runs to another day is.
* A clock runs from the day a thing happened, not from the day it was heard of: one may start late.
* Of somebody who has died none runs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from desktop_app.casework.alerts import live_alerts
from desktop_app.casework.due import CaseFile, Look
from desktop_app.casework.due_chain import chain_of
from desktop_app.casework.due_needs import Need
from desktop_app.casework.due_planned import Booked, planned_visits
from desktop_app.casework.due_visits import NextStep, unseen
from desktop_app.casework.readings import read_all
from desktop_app.casework.records import RecordId
from desktop_app.casework.treatment import episode_now, waiting
from desktop_app.casework.whereabouts import days_to_release, has_died, setting_on
from desktop_app.casework.words import _, ngettext

FORMS = frozenset(
    {
        *("alert", "appointment", "assignment", "chain_step", "decision", "need", "setting"),
        *("treatment", "treatment_step", "visit"),
    }
)
"""The forms any clock is read from."""


class Kind(StrEnum):
    """What kind of clock it is, in the order in which it is told."""

    ALERT = "alert"
    MISSED = "missed"
    RELEASE = "release"
    UNSEEN = "unseen"
    WAIT = "wait"
    STEP = "step"
    NEED = "need"
    BOOKED = "booked"

    @property
    def rank(self) -> int:
        """Return its place in that order."""
        return list(Kind).index(self)

    @property
    def called(self) -> str:
        """Return what one of it is called."""
        return {
            Kind.ALERT: _("Safety alert to look at again"),
            Kind.RELEASE: _("Release date"),
            Kind.MISSED: _("Missed appointments"),
            Kind.BOOKED: _("Visit or appointment"),
            Kind.UNSEEN: _("Limit for the next visit"),
            Kind.WAIT: _("Waits for treatment"),
            Kind.STEP: _("Next step"),
            Kind.NEED: _("Need"),
        }[self]

    def words(self, count: int) -> str:
        """Return so many of it in words: "3 release dates"."""
        said = {
            Kind.ALERT: ngettext(
                "%(n)d safety alert to look at again",
                "%(n)d safety alerts to look at again",
                count,
            ),
            Kind.RELEASE: ngettext("%(n)d release date", "%(n)d release dates", count),
            Kind.MISSED: ngettext(
                "%(n)d client who missed appointments",
                "%(n)d clients who missed appointments",
                count,
            ),
            Kind.BOOKED: ngettext(
                "%(n)d visit or appointment to come",
                "%(n)d visits or appointments to come",
                count,
            ),
            Kind.UNSEEN: ngettext(
                "%(n)d limit for the next visit", "%(n)d limits for the next visit", count
            ),
            Kind.WAIT: ngettext("%(n)d wait for treatment", "%(n)d waits for treatment", count),
            Kind.STEP: ngettext("%(n)d next step", "%(n)d next steps", count),
            Kind.NEED: ngettext("%(n)d need with a day", "%(n)d needs with a day", count),
        }
        return said[self] % {"n": count}


class Clock(NamedTuple):
    """One clock that runs.

    Attributes:
        kind: what kind.
        client: whose.
        record: what it is about; empty for the client as a whole.
        on: the day it runs to, or, of a wait, from.
        late: whether that day has passed; a wait is never late.
    """

    kind: Kind
    client: RecordId
    record: RecordId
    on: date
    late: bool


def clocks(file: CaseFile, look: Look) -> list[Clock]:
    """Return what runs for a client on a day.

    Args:
        file: the client's case file.
        look: when, and the limits; whose Today it is does not matter.
    """
    if has_died(file.records, look.day):
        return []
    client, day = file.client.id, look.day
    return [
        Clock(kind, client, record, on, kind is not Kind.WAIT and on < day)
        for kind, record, on in _running(file, look)
    ]


def started(before: CaseFile | None, after: CaseFile, look: Look) -> list[Clock]:
    """Return the clocks that run after some news and did not before.

    Args:
        before: the client's case file as it is; None when nothing is held.
        after: the same with the news.
        look: when, and the limits.
    """
    ran = set(clocks(before, look)) if before is not None else set()
    return [one for one in clocks(after, look) if one not in ran]


def counted(some: Iterable[Clock]) -> Mapping[Kind, int]:
    """Return how many there are of each kind, in the order of the kinds."""
    of = Counter(one.kind for one in some)
    return {kind: of[kind] for kind in Kind if of[kind]}


def _running(file: CaseFile, look: Look) -> Iterator[tuple[Kind, RecordId, date]]:
    yield from _of_the_client(file, look)
    yield from _planned(file)
    yield from _promised(file, look.day)


def _of_the_client(file: CaseFile, look: Look) -> Iterator[tuple[Kind, RecordId, date]]:
    """Yield what runs because of where a client is and how long it is since anybody saw them."""
    records, day = file.records, look.day
    setting = setting_on(records, day)
    left = days_to_release(setting, day)
    if setting is not None and left is not None:
        yield Kind.RELEASE, setting.record.id, day + timedelta(days=left)
    chain = chain_of(file, look)
    if chain is not None and not chain.paused_because:
        yield Kind.MISSED, b"", chain.last_on
    not_seen = unseen(file, look)
    if not_seen is not None:
        yield Kind.UNSEEN, b"", day + timedelta(days=not_seen.left)
    episode = episode_now(records, day)
    wait = waiting(episode, records, day) if episode is not None else None
    if episode is not None and wait is not None:
        yield Kind.WAIT, episode.record.id, wait.since


def _planned(file: CaseFile) -> Iterator[tuple[Kind, RecordId, date]]:
    for visit in planned_visits(file):
        if visit.at is not None:
            yield Kind.BOOKED, visit.record.id, visit.at.date()
    for booked in read_all(Booked, file.records):
        if booked.state == "booked" and booked.booked_for is not None:
            yield Kind.BOOKED, booked.record.id, booked.booked_for.date()


def _promised(file: CaseFile, day: date) -> Iterator[tuple[Kind, RecordId, date]]:
    """Yield what somebody said they would see to by a day."""
    records = file.records
    for alert in live_alerts(records, day):
        if alert.review_on is not None:
            yield Kind.ALERT, alert.record.id, alert.review_on
    for step in read_all(NextStep, records):
        if step.next_step and step.next_step_on and step.next_step_done_on is None:
            yield Kind.STEP, step.record.id, step.next_step_on
    for need in read_all(Need, records):
        if need.due_on is not None and need.done_on is None and not need.outcome:
            yield Kind.NEED, need.record.id, need.due_on
